namespace Terminal.Journal;

/// <summary>
/// Where the journal is stored. Synchronous; from any thread, one call at a time inside, because the checkout writes
/// while the sync to the head office reads. Every failure throws <see cref="JournalFailedException"/>;
/// after one the store stays failed: an I/O error is never retried, the process ends and verifies at its next start.
/// </summary>
public interface IJournal : IDisposable
{
    /// <summary>Random, made when the journal was created; 16 hex digits.</summary>
    string Epoch { get; }

    /// <summary>The newest entry, or null in a new journal.</summary>
    Entry? Last { get; }

    /// <summary>What the oldest entry follows; sequence 0 until something was dropped.</summary>
    Anchor Anchor { get; }

    /// <summary>
    /// Writes entries and heads in one transaction; returns only when they are on disk. The entries must continue the
    /// sequence without a gap, and every payment among them has its head in <paramref name="heads"/>.
    /// </summary>
    void Append(IReadOnlyList<Entry> entries, IReadOnlyList<Head> heads);

    /// <summary>Entries in order, from <paramref name="from"/> on, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<Entry> Read(long from, int limit);

    /// <summary>The entries of one payment, in order; those that its head spans.</summary>
    IReadOnlyList<Entry> ReadPayment(Head head);

    /// <summary>Heads by first entry, from <paramref name="from"/> on, no more than <paramref name="limit"/>.</summary>
    IReadOnlyList<Head> ReadHeads(long from, int limit);

    /// <summary>Heads of the payments that are open, oldest first.</summary>
    IReadOnlyList<Head> OpenHeads();

    /// <summary>The newest head of one payment.</summary>
    Head? Find(string paymentId);

    /// <summary>The newest head with this fingerprint.</summary>
    Head? FindByFingerprint(string fingerprint);

    /// <summary>
    /// Every head with this receipt number whose first entry is <paramref name="from"/> or later, newest first: the
    /// numbers wrap.
    /// </summary>
    IReadOnlyList<Head> FindByReceipt(int receipt, long from);

    /// <summary>The head that was created last.</summary>
    Head? NewestHead();

    /// <summary>
    /// Entries up to here are known to be stored at the head office. After a power cut it may come back lower.
    /// </summary>
    long Acknowledged { get; }

    /// <summary>Moves <see cref="Acknowledged"/> forward, never back; need not be durable at once.</summary>
    void Acknowledge(long upto);

    /// <summary>
    /// Drops every entry up to the anchor, in one transaction, with the heads that begin there. Only whole payments,
    /// none of them open, and nothing beyond <see cref="Acknowledged"/>.
    /// </summary>
    void Drop(Anchor upto);

    /// <summary>
    /// For when nobody waits: moves the store's log into its data if about <paramref name="least"/> bytes or more are
    /// in the log alone, so that no commit has to. Returns how many are so still.
    /// </summary>
    long Checkpoint(long least);

    /// <summary>
    /// What the store's own check finds wrong with its file, one line each; reads all of it. Nothing, if the store has
    /// no such check.
    /// </summary>
    IReadOnlyList<string> Inspect() => [];

    /// <summary>
    /// Copies all of it into an empty file, a slice with each step, and with it what is appended in between; how far it
    /// is. Null: the store cannot. <see cref="BackupFailedException"/> is the copy's failure and leaves the store as it
    /// was.
    /// </summary>
    IEnumerable<Copied>? Backup(string path) => null;
}
