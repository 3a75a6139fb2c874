namespace Sandbox.Fuzz;

/// <summary>The input that a thread is at.</summary>
sealed class Attempt
{
    public long Number { get; private set; }

    public string Target { get; private set; } = "";

    public byte[] Input { get; private set; } = [];

    long seen = -1;

    /// <summary>Nothing has begun since the last look, and something had.</summary>
    public bool IsAsBefore()
    {
        var isSame = Number > 0 && Number == seen;
        seen = Number;
        return isSame;
    }

    /// <summary>Between two runs there is nothing to be stuck in.</summary>
    public void End() => (seen, Number) = (-1, 0);

    public void Begin(string target, byte[] input) => (Number, Target, Input) = (Number + 1, target, input);
}
