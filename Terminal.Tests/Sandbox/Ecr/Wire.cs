using Terminal.Ecr.Blocks;

namespace Sandbox.Ecr;

/// <summary>One byte that came.</summary>
/// <param name="At">On the clock of its wire, for differences.</param>
readonly record struct Octet(byte Value, TimeSpan At);

/// <summary>One end of a line, and the clock by which it is waited for bytes.</summary>
abstract class Wire : IDisposable
{
    /// <summary>Nothing will come any more.</summary>
    public abstract bool IsHungUp { get; }

    /// <summary>For differences.</summary>
    public abstract TimeSpan Now { get; }

    public abstract bool Write(ReadOnlySpan<byte> raw);

    /// <summary>Null: none came in time.</summary>
    public abstract Octet? Read(TimeSpan limit);

    public abstract void Dispose();
}

/// <summary>What came of reaching a terminal: a wire, or in words why there is none.</summary>
readonly record struct Reached(Wire? Wire, string Problem)
{
    public static Reached Over(Opened opened) =>
        new(opened.Line is { } line ? new LineWire(line) : null, opened.Problem);
}
