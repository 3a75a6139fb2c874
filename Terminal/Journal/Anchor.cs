namespace Terminal.Journal;

/// <summary>What the oldest kept entry follows: the newest entry that was dropped.</summary>
/// <param name="Sequence">0: nothing was dropped.</param>
/// <param name="Hash">Of that entry, 32 bytes; all zero for 0.</param>
public sealed record Anchor(long Sequence, byte[] Hash)
{
    public static readonly Anchor Start = new(0, Chain.Origin.ToArray());

    /// <summary>As stores keep it: <c>42:</c> and the hash in lower-case hex.</summary>
    public override string ToString() => $"{Sequence}:{Convert.ToHexStringLower(Hash)}";

    /// <summary>Null for anything that <see cref="ToString"/> does not write.</summary>
    public static Anchor? Parse(string text)
    {
        var hash = new byte[Chain.HashLength];
        return text.Split(':') is [var number, { Length: 2 * Chain.HashLength } hex]
            && long.TryParse(number, out var sequence)
            && Convert.FromHexString(hex, hash, out _, out _) == System.Buffers.OperationStatus.Done
            && new Anchor(sequence, hash) is var anchor && anchor.ToString() == text && sequence >= 0
            ? anchor
            : null;
    }
}
