namespace Terminal.Journal;

/// <summary>The entry that the oldest kept entry follows: the newest one that was dropped.</summary>
/// <param name="Sequence">0: no entry was dropped.</param>
/// <param name="Hash">Hash of that entry, 32 bytes; all zero for 0.</param>
sealed record Anchor(long Sequence, byte[] Hash)
{
    public static readonly Anchor Start = new(0, Chain.Origin.ToArray());
}
