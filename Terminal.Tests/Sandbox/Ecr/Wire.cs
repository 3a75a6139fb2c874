using Terminal.Ecr.Blocks;

namespace Sandbox.Ecr;

/// <summary>One received byte.</summary>
/// <param name="At">Time on the clock of its wire, for differences.</param>
readonly record struct Octet(byte Value, TimeSpan At);

/// <summary>One end of a line, and the clock for waiting on it.</summary>
abstract class Wire : IDisposable
{
    /// <summary>Nothing will come any more.</summary>
    public abstract bool IsHungUp { get; }

    /// <summary>The time, for differences.</summary>
    public abstract TimeSpan Now { get; }

    public abstract bool Write(ReadOnlySpan<byte> raw);

    /// <summary>The next byte; null if none came in time.</summary>
    public abstract Octet? Read(TimeSpan limit);

    public abstract void Dispose();
}

/// <summary>The attempt to reach a terminal: a wire, or the reason why there is none.</summary>
readonly record struct Reached(Wire? Wire, string Problem)
{
    public static Reached Over(Opened opened) =>
        new(opened.Line is { } line ? new LineWire(line) : null, opened.Problem);
}
