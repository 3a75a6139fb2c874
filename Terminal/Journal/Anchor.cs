namespace Terminal.Journal;

/// <summary>What the oldest kept entry follows: the newest entry that was dropped.</summary>
/// <param name="Sequence">0: nothing was dropped.</param>
/// <param name="Hash">Of that entry, 32 bytes; all zero for 0.</param>
sealed record Anchor(long Sequence, byte[] Hash)
{
    public static readonly Anchor Start = new(0, Chain.Origin.ToArray());
}
