namespace Terminal.Journal;

/// <summary>One entry as it lies on disk: the bytes that were hashed, never re-serialised.</summary>
/// <param name="Sequence">From 1, without gaps, per epoch.</param>
/// <param name="PaymentId">26 characters; empty for entries about the terminal itself.</param>
/// <param name="Body">UTF-8 JSON, at most 4 KiB.</param>
/// <param name="Hash">SHA-256 over the previous entry's hash and this entry's canonical bytes.</param>
public sealed record Entry(
    long Sequence, string PaymentId, string Kind, long UnixMilliseconds, byte[] Body, byte[] Hash);

/// <summary>
/// The newest knowledge of one payment, for finding it without reading its entries; derivable from them.
/// </summary>
/// <param name="Fingerprint">Of the payment code.</param>
/// <param name="Open">Somebody still works on it.</param>
public sealed record Head(string PaymentId, int Receipt, string Fingerprint, bool Open, long LastSequence);

/// <summary>
/// Where the journal is stored. Synchronous, one thread at a time. Every failure throws <see
/// cref="JournalFailedException"/>;
/// after one the store stays failed: an I/O error is never retried, the process ends and verifies at its next start.
/// </summary>
public interface IJournal : IDisposable
{
    /// <summary>Random, made when the journal was created; 16 hex digits.</summary>
    string Epoch { get; }

    /// <summary>The newest entry, or null in a new journal.</summary>
    Entry? Last { get; }

    /// <summary>Writes entries and heads in one transaction; returns only when they are on disk.</summary>
    void Append(IReadOnlyList<Entry> entries, IReadOnlyList<Head> heads);

    /// <summary>Entries in order, from <paramref name="from"/> on, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<Entry> Read(long from, int limit);

    /// <summary>All entries of one payment, in order.</summary>
    IReadOnlyList<Entry> ReadPayment(string paymentId);

    /// <summary>Heads of the payments that are open, oldest first.</summary>
    IReadOnlyList<Head> OpenHeads();

    /// <summary>The newest head with this fingerprint.</summary>
    Head? FindByFingerprint(string fingerprint);

    /// <summary>The head that was created last.</summary>
    Head? NewestHead();
}

/// <summary>
/// The journal could not be read or written. Of a commit it says nothing: it may or may not be on disk.
/// </summary>
public sealed class JournalFailedException(string message, Exception? inner = null) : Exception(message, inner);
