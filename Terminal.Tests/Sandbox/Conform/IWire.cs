using Terminal.Ecr;

namespace Sandbox.Conform;

/// <summary>One byte that came.</summary>
/// <param name="At">On the clock of its wire, for differences.</param>
readonly record struct Octet(byte Value, TimeSpan At);

/// <summary>One end of a line, and the clock by which it is waited for bytes.</summary>
interface IWire : IDisposable
{
    /// <summary>Nothing will come any more.</summary>
    bool IsHungUp { get; }

    /// <summary>For differences.</summary>
    TimeSpan Now { get; }

    bool Write(ReadOnlySpan<byte> raw);

    /// <summary>Null: none came in time.</summary>
    Octet? Read(TimeSpan limit);
}

/// <summary>What came of reaching a terminal: a wire, or in words why there is none.</summary>
readonly record struct Reached(IWire? Wire, string Problem)
{
    public static Reached Over(Opened opened) => new(opened.Line is { } line ? new Wire(line) : null, opened.Problem);
}
