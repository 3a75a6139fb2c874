namespace Terminal.Journal.Log;

/// <summary>
/// Finds in the log what is not in memory. It reads a range of entries, or goes back from a payment's newest entry.
/// </summary>
static class LogWalk
{
    const int Page = 1000;

    /// <summary>The entries of a payment in order, found by going back from the newest one.</summary>
    public static List<Entry> Back(JournalLog log, Head head)
    {
        var entries = new List<Entry>();
        for (var at = head.LastSequence; at > log.Bound.Begins.Sequence;)
        {
            if (log.Read(at, 1) is not [var record] || record.Entry.PaymentId != head.PaymentId ||
                record.Previous >= at)
            {
                throw LogFiles.Damaged($"entry {at} does not belong to payment {head.PaymentId}");
            }
            entries.Add(record.Entry);
            at = record.Previous;
        }
        entries.Reverse();
        return entries;
    }

    /// <summary>Whether the last entry of this head belongs to its payment.</summary>
    public static bool IsEnd(JournalLog log, Head head) =>
        log.Read(head.LastSequence, 1) is [var record] && record.Entry.PaymentId == head.PaymentId;

    /// <summary>Every head that was written with the entries of this range.</summary>
    public static IEnumerable<Head> Heads(JournalLog log, long from, long upto)
    {
        while (from <= upto && log.Read(from, (int)Math.Min(upto - from, Page - 1) + 1) is { Count: > 0 } page)
        {
            foreach (var record in page)
            {
                if (record.Head is { } head)
                {
                    yield return head;
                }
            }
            from = page[^1].Entry.Sequence + 1;
        }
    }

    /// <summary>Of each payment the newest head that fits.</summary>
    public static IEnumerable<Head> Heads(JournalLog log, long from, Func<Head, bool> fits)
    {
        var found = new Dictionary<long, Head>();
        foreach (var head in Heads(log, from, long.MaxValue - 1).Where(fits))
        {
            found[head.FirstSequence] = head;
        }
        return found.Values;
    }
}
