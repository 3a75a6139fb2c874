namespace Sandbox.Acquirer;

/// <summary>What a terminal asked the gateway to take.</summary>
public sealed record PayOrder(string Id, long Minor, string Currency, string Code, DateTimeOffset? Expires)
{
    /// <summary>Prints the order without the code.</summary>
    public override string ToString() => $"{Id} {Currency} {Minor}";
}
