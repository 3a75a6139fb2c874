using Terminal.Journal.Books;
using Terminal.Journal.Log;
using Terminal.Payments;

namespace Terminal.Journal;

/// <summary>
/// Finds payments: those that stand in memory, and older ones in the books, or in the log while the books are not
/// there.
/// </summary>
sealed class JournalMemory
{
    readonly JournalLog log;
    readonly Standing standing;

    // Whatever is not in memory any more is as it was with this entry.
    long trimmed;

    /// <summary>What stood when the segment began, and what was written since.</summary>
    public JournalMemory(JournalLog log, Segment active)
    {
        this.log = log;
        (standing, _, var totals) = StandingReader.Read(active.Beginning);
        LastTotals = totals.Length == 0 ? null : (active.After, totals);
        trimmed = active.After;
        foreach (var record in log.Read(active.After + 1, int.MaxValue))
        {
            standing.Take(record);
        }
    }

    public (long Sequence, byte[] Bytes)? LastTotals { get; }

    /// <summary>Null: the log answers what is not in memory any more, which takes long.</summary>
    public Bookkeeper? Books { get; set; }

    /// <summary>From the payment that began here on nothing is missing.</summary>
    public long Remembered => standing.Forgotten + 1;

    public IEnumerable<Head> Open => standing.Open.Select(c => c.Head);

    public IEnumerable<Head> NewestFirst => standing.Courses.Reverse().Select(c => c.Head);

    /// <summary>Of what is kept in memory; the newest end-of-day is needed for its number alone.</summary>
    public long OldestNeeded => standing.Courses.FirstOrDefault(
        c => c.Head.Open || c.Head.Fingerprint != Instruction.EndOfDay.Mark)?.Head.FirstSequence ?? 0;

    public void Take(LogRecord record) => standing.Take(record);

    /// <summary>For the next segment; what nobody asks for any more is forgotten.</summary>
    public StandingWriter State(byte[] totals)
    {
        trimmed = log.Last;
        standing.Trim((standing.FindByFingerprint(Instruction.EndOfDay.Mark)?.Head.FirstSequence + 1) ?? 1);
        foreach (var course in standing.Open)
        {
            course.Entries ??= LogWalk.Back(log, course.Head);
        }
        return new(standing, log.Hash, totals);
    }

    public Head? Find(string payment) => standing.Find(payment)?.Head ??
        Older(0, b => [b.Find(payment)], h => h.PaymentId == payment).MaxBy(h => h.FirstSequence);

    public Head? FindByFingerprint(string fingerprint, long from) =>
        standing.FindByFingerprint(fingerprint)?.Head ??
        Older(from, b => [b.FindByFingerprint(fingerprint)], h => h.Fingerprint == fingerprint)
            .MaxBy(h => h.FirstSequence);

    public IReadOnlyList<Head> FindByReceipt(int receipt, long from) =>
    [
        .. standing.FindByReceipt(receipt).Select(c => c.Head)
            .UnionBy(
                Older(from, b => b.FindByReceipt(receipt, from, int.MaxValue), h => h.Receipt == receipt),
                h => h.FirstSequence)
            .Where(h => h.FirstSequence >= from).OrderByDescending(h => h.FirstSequence),
    ];

    public IReadOnlyList<Entry> Entries(Head head)
    {
        var entries = standing.Find(head.PaymentId)?.Entries ??
            (LogWalk.IsEnd(log, head) ? LogWalk.Back(log, head)
            : Find(head.PaymentId) is { } now ? LogWalk.Back(log, now) : []);
        return [.. entries.Where(e => e.Sequence >= head.FirstSequence && e.Sequence <= head.LastSequence)];
    }

    /// <summary>Of what was forgotten: each payment's newest head.</summary>
    IEnumerable<Head> Older(long from, Func<BooksFile, IEnumerable<Head?>> ask, Func<Head, bool> fits)
    {
        if (from > standing.Forgotten)
        {
            return [];
        }
        var found = Books is { } books && books.TryAsk(trimmed, ask, out var heads) ? heads!.OfType<Head>()
            : LogWalk.Heads(log, from, fits);
        return found.Where(h => h.FirstSequence > log.Bound.Begins.Sequence);
    }
}
