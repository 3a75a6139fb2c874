namespace Terminal.Journal;

/// <summary>
/// Where the journal is stored. Synchronous; from any thread, one call at a time inside, because the checkout writes
/// while the sync to the head office reads. Every failure throws <see cref="JournalFailedException"/>;
/// after one the store stays failed: an I/O error is never retried, the process ends and verifies at its next start.
/// </summary>
interface IJournal : IDisposable
{
    /// <summary>Random, made when the journal was created; 16 hex digits.</summary>
    string Epoch { get; }

    /// <summary>The newest entry, or null in a new journal.</summary>
    Entry? Last { get; }

    /// <summary>What the oldest entry follows; sequence 0 until something was dropped.</summary>
    Anchor Anchor { get; }

    /// <summary>What the entries follow that are at hand and need no reading: a start checks those.</summary>
    Anchor Recent => Anchor;

    /// <summary>
    /// Writes entries and heads in one transaction; returns only when they are on disk. The entries must continue the
    /// sequence without a gap, and every payment among them has its head in <paramref name="heads"/>.
    /// </summary>
    void Append(IReadOnlyList<Entry> entries, IReadOnlyList<Head> heads);

    /// <summary>Entries in order, from <paramref name="from"/> on, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<Entry> Read(long from, int limit);

    /// <summary>The entries of one payment, in order; those that its head spans.</summary>
    IReadOnlyList<Entry> ReadPayment(Head head);

    /// <summary>
    /// The heads that were written with the entries from one to another; of each payment the newest of them.
    /// </summary>
    IReadOnlyList<Head> ReadHeads(long from, long upto);

    /// <summary>Heads of the payments that are open, oldest first.</summary>
    IReadOnlyList<Head> OpenHeads();

    /// <summary>The newest head of one payment.</summary>
    Head? Find(string paymentId);

    /// <summary>From the payment that began here on, heads are found in memory: all that was used of late.</summary>
    long Remembered => 1;

    /// <summary>
    /// The newest head with this fingerprint, if it began with this entry or later; an older one may be found, too.
    /// </summary>
    Head? FindByFingerprint(string fingerprint, long from);

    /// <summary>
    /// Every head with this receipt number whose first entry is <paramref name="from"/> or later, newest first: the
    /// numbers wrap.
    /// </summary>
    IReadOnlyList<Head> FindByReceipt(int receipt, long from);

    /// <summary>The heads that were created last, newest first; at most so many, and some hundred are there.</summary>
    IReadOnlyList<Head> NewestHeads(int limit);

    /// <summary>
    /// What the ledger adds up over many entries, asked for now and then and kept, so that a start need not read them.
    /// </summary>
    Func<byte[]>? Totals { get => null; set { } }

    /// <summary>What it was, and up to which entry, at the latest time that it was kept.</summary>
    (long Sequence, byte[] Bytes)? LastTotals => null;

    /// <summary>
    /// Entries up to here are known to be stored at the head office. After a power cut it may come back lower.
    /// </summary>
    long Acknowledged { get; }

    /// <summary>Moves <see cref="Acknowledged"/> forward, never back; need not be durable at once.</summary>
    void Acknowledge(long upto);

    /// <summary>Where the oldest part ends that can be dropped; nothing less can. Null: there is none.</summary>
    Anchor? NextCut { get; }

    /// <summary>
    /// Drops that part. Nothing in it may be of an open payment, or beyond <see cref="Acknowledged"/>.
    /// </summary>
    void Drop(Anchor upto);

    /// <summary>
    /// For when nobody waits: goes on with what makes later commits and look-ups shorter, on a thread of its own.
    /// </summary>
    /// <returns>True: there is more to do.</returns>
    bool Tend() => false;
}
