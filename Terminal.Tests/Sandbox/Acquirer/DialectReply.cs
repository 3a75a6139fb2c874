namespace Sandbox.Acquirer;

/// <summary>A response body, and what to do to it on the wire.</summary>
/// <param name="Summary">For the log: status, result code, what was found.</param>
public sealed record DialectReply(byte[] Body, string Summary)
{
    public WireFault Fault { get; init; }

    public TimeSpan After { get; init; }

    public TimeSpan Skew { get; init; }

    /// <summary>The payment code of a pay call; to be masked.</summary>
    public string Code { get; init; } = "";

    public override string ToString() => Summary;
}
