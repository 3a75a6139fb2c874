namespace Terminal.Journal;

/// <summary>
/// Where the journal is stored. Synchronous; any thread may call and one call runs at a time, because the checkout
/// writes while the sync to the head office reads. Every failure throws <see cref="JournalFailedException"/> and the
/// store stays failed: an I/O error is never retried, the process ends and its next start verifies.
/// </summary>
interface IJournal : IDisposable
{
    /// <summary>Random, chosen when the journal was created; 16 hex digits.</summary>
    string Epoch { get; }

    /// <summary>The newest entry, or null in a new journal.</summary>
    Entry? Last { get; }

    /// <summary>The entry that the oldest one follows; sequence 0 until an entry is dropped.</summary>
    Anchor Anchor { get; }

    /// <summary>The entry before those that are in memory and need no reading; a start checks these.</summary>
    Anchor Recent => Anchor;

    /// <summary>
    /// Writes entries and heads in one transaction; returns only when they are on disk. The entries must continue the
    /// sequence without a gap, and every payment among them has its head in <paramref name="heads"/>.
    /// </summary>
    void Append(IReadOnlyList<Entry> entries, IReadOnlyList<Head> heads);

    /// <summary>Entries in order, from <paramref name="from"/> on, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<Entry> Read(long from, int limit);

    /// <summary>The entries of one payment, in order, within the range of its head.</summary>
    IReadOnlyList<Entry> ReadPayment(Head head);

    /// <summary>The heads written with the entries of this range; of each payment only the newest.</summary>
    IReadOnlyList<Head> ReadHeads(long from, long upto);

    /// <summary>Heads of the payments that are open, oldest first.</summary>
    IReadOnlyList<Head> OpenHeads();

    /// <summary>The newest head of one payment.</summary>
    Head? Find(string paymentId);

    /// <summary>Heads are in memory from the payment that began here on, which covers all recent ones.</summary>
    long Remembered => 1;

    /// <summary>
    /// The newest head with this fingerprint, if it began at this entry or later; an older one may be returned too.
    /// </summary>
    Head? FindByFingerprint(string fingerprint, long from);

    /// <summary>
    /// Every head with this receipt number whose first entry is <paramref name="from"/> or later, newest first; there
    /// may be several, because numbers wrap.
    /// </summary>
    IReadOnlyList<Head> FindByReceipt(int receipt, long from);

    /// <summary>The heads created last, newest first, at most this many; several hundred are kept.</summary>
    IReadOnlyList<Head> NewestHeads(int limit);

    /// <summary>
    /// Asked now and then for the ledger's sums over many entries. They are stored, so that a start need not read the
    /// entries.
    /// </summary>
    Func<byte[]>? Totals { get => null; set { } }

    /// <summary>The sums stored last, and the entry that they reach to.</summary>
    (long Sequence, byte[] Bytes)? LastTotals => null;

    /// <summary>
    /// The head office is known to have the entries up to here. After a power cut the value may be lower.
    /// </summary>
    long Acknowledged { get; }

    /// <summary>Moves <see cref="Acknowledged"/> forward, never back; need not be durable at once.</summary>
    void Acknowledge(long upto);

    /// <summary>
    /// The end of the oldest part that can be dropped, which is the smallest unit; null if there is none.
    /// </summary>
    Anchor? NextCut { get; }

    /// <summary>
    /// Drops the oldest part. It must hold nothing of an open payment, and nothing beyond <see cref="Acknowledged"/>.
    /// </summary>
    void Drop(Anchor upto);

    /// <summary>
    /// Called when nobody waits: continues work that makes later commits and look-ups faster, on a thread of its own.
    /// </summary>
    /// <returns>True if there is more to do.</returns>
    bool Tend() => false;
}
