namespace Sandbox.Fuzz;

/// <summary>What became of the inputs of one target.</summary>
sealed record FuzzTally(string Target)
{
    public long Inputs { get; init; }

    /// <summary>Inputs that got past the first checks.</summary>
    public long Deep { get; init; }

    /// <summary>The most that one input allocated.</summary>
    public long MostBytes { get; init; }

    public long Crashes { get; init; }

    public long OverMemory { get; init; }

    public long Stuck { get; init; }

    public FuzzFinding? First { get; init; }

    public long Harmful => Crashes + OverMemory + Stuck;

    public static FuzzTally operator +(FuzzTally a, FuzzTally b) => new(a.Target)
    {
        Inputs = a.Inputs + b.Inputs,
        Deep = a.Deep + b.Deep,
        MostBytes = Math.Max(a.MostBytes, b.MostBytes),
        Crashes = a.Crashes + b.Crashes,
        OverMemory = a.OverMemory + b.OverMemory,
        Stuck = a.Stuck + b.Stuck,
        First = (a.First, b.First) is ({ } one, { } other) ? one.Index < other.Index ? one : other : a.First ?? b.First,
    };

    public FuzzTally With(FuzzFinding finding) => this with
    {
        Crashes = Crashes + (finding.Harm == FuzzHarm.Crash ? 1 : 0),
        OverMemory = OverMemory + (finding.Harm == FuzzHarm.Memory ? 1 : 0),
        Stuck = Stuck + (finding.Harm == FuzzHarm.Stuck ? 1 : 0),
        First = First ?? finding,
    };
}
