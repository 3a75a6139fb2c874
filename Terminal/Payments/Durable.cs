namespace Terminal.Payments;

/// <summary>
/// Proof that an entry is on disk. Only a commit makes one, so a call that requires it cannot act too early (M4).
/// </summary>
abstract class Durable
{
    private protected Durable(long sequence) => Sequence = sequence;

    /// <summary>Sequence number of the newest entry that is proved durable.</summary>
    public long Sequence { get; }
}
