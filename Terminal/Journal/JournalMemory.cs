using Terminal.Journal.Books;
using Terminal.Journal.Log;

namespace Terminal.Journal;

/// <summary>
/// Finds payments: recent ones in memory, older ones in the books, or in the log while there are no books.
/// </summary>
sealed class JournalMemory
{
    readonly JournalLog log;
    readonly RecentPayments payments;

    // A payment that is no longer in memory has not changed since this entry.
    long trimmed;

    /// <summary>The heads when the segment began, and those written since.</summary>
    public JournalMemory(JournalLog log, LogStart start)
    {
        this.log = log;
        payments = start.State.Payments;
        LastTotals = start.State.Totals is { Length: > 0 } totals ? (start.Active.After, totals) : null;
        trimmed = start.Active.After;
        foreach (var record in start.Active.Records)
        {
            payments.Take(record);
        }
    }

    public (long Sequence, byte[] Bytes)? LastTotals { get; }

    /// <summary>Null: the log answers for payments no longer in memory, which takes long.</summary>
    public Bookkeeper? Books { get; set; }

    /// <summary>From the payment that began here on, memory is complete.</summary>
    public long Remembered => payments.Forgotten + 1;

    public IEnumerable<Head> Open => payments.Open;

    public IEnumerable<Head> NewestFirst
    {
        get
        {
            for (var at = payments.Heads.Count - 1; at >= 0; at--)
            {
                yield return payments.Heads[at];
            }
        }
    }

    /// <summary>
    /// The first entry of the oldest payment that memory must keep. A closed end-of-day does not count: only its number
    /// is needed.
    /// </summary>
    public long OldestNeeded => Enumerable.Range(0, payments.Heads.Count).Select(at => payments.Heads[at])
        .FirstOrDefault(h => h.Open || h.Fingerprint != Head.EndOfDay)?.FirstSequence ?? 0;

    public void Take(LogRecord record) => payments.Take(record);

    /// <summary>For the next segment; drops heads that nobody asks for any more.</summary>
    public LogState State(byte[] totals)
    {
        trimmed = log.Last;
        payments.Trim((payments.FindByFingerprint(Head.EndOfDay)?.FirstSequence + 1) ?? 1);
        foreach (var head in payments.Open.Where(h => payments.EntriesOf(h.PaymentId) is null))
        {
            payments.Keep(head, LogWalk.Back(log, head));
        }
        return new(payments, log.Hash, totals);
    }

    public Head? Find(string payment) => payments.Find(payment) ??
        Older(0, b => [b.Find(payment)], h => h.PaymentId == payment).MaxBy(h => h.FirstSequence);

    public Head? FindByFingerprint(string fingerprint, long from) =>
        payments.FindByFingerprint(fingerprint) ??
        Older(from, b => [b.FindByFingerprint(fingerprint)], h => h.Fingerprint == fingerprint)
            .MaxBy(h => h.FirstSequence);

    public IReadOnlyList<Head> FindByReceipt(int receipt, long from) =>
    [
        .. payments.FindByReceipt(receipt)
            .UnionBy(
                Older(from, b => b.FindByReceipt(receipt, from, int.MaxValue), h => h.Receipt == receipt),
                h => h.FirstSequence)
            .Where(h => h.FirstSequence >= from).OrderByDescending(h => h.FirstSequence),
    ];

    public IReadOnlyList<Entry> Entries(Head head)
    {
        var entries = payments.EntriesOf(head.PaymentId) ??
            (LogWalk.IsEnd(log, head) ? LogWalk.Back(log, head)
            : Find(head.PaymentId) is { } now ? LogWalk.Back(log, now) : []);
        return [.. entries.Where(e => e.Sequence >= head.FirstSequence && e.Sequence <= head.LastSequence)];
    }

    /// <summary>The newest head of each payment that was dropped from memory.</summary>
    IEnumerable<Head> Older(long from, Func<BooksFile, IEnumerable<Head?>> ask, Func<Head, bool> fits)
    {
        if (from > payments.Forgotten)
        {
            return [];
        }
        var found = Books is { } books && books.TryAsk(trimmed, ask, out var heads) ? heads!.OfType<Head>()
            : LogWalk.Heads(log, from, fits);
        return found.Where(h => h.FirstSequence > log.Bound.Begins.Sequence);
    }
}
