namespace Terminal.Journal;

/// <summary>Reads the journal back and says what is not as it was written.</summary>
public sealed class Audit(IJournal journal)
{
    const int Page = 1000;

    // Of one slice: some milliseconds.
    const int EntriesAtOnce = 100, HeadsAtOnce = 20;

    /// <summary>An answer that people can read; the rest of a ruin adds nothing.</summary>
    const int MaxFindings = 1000;

    const string Unchained = "its hash does not follow from the entry before";

    readonly List<Finding> findings = [];

    /// <summary>For start-up: the newest entries, their payments, and every open payment.</summary>
    public IReadOnlyList<Finding> Recent()
    {
        var from = Math.Max(journal.Anchor.Sequence + 1, (journal.Last?.Sequence ?? 0) - Page + 1);
        var seen = new Dictionary<string, long>();
        foreach (var entry in Pages(from, Page).SelectMany(p => p).Where(e => e.PaymentId.Length > 0))
        {
            seen.TryAdd(entry.PaymentId, entry.Sequence);
        }
        var recent = journal.ReadHeads(from, Page);
        CheckOpen(recent.Where(h => h.Open), from, long.MaxValue);
        foreach (var head in journal.OpenHeads().UnionBy(recent, h => h.PaymentId))
        {
            seen.Remove(head.PaymentId);
            foreach (var entry in Check(head).Where(e => e.Sequence < from))
            {
                CheckLink(entry);
            }
        }
        foreach (var (id, sequence) in seen)
        {
            if (journal.Find(id) is { } head)
            {
                Check(head);
            }
            else
            {
                Note(sequence, $"payment {id} has no head");
            }
        }
        return findings;
    }

    public IReadOnlyList<Finding> Everything()
    {
        try
        {
            foreach (var _ in Slices())
            {
            }
            // Last: a store that fails here answers nothing more.
            foreach (var problem in journal.Inspect())
            {
                Note(0, $"the store itself: {problem}");
            }
        }
        catch (JournalFailedException e)
        {
            Note(0, e.Message);
        }
        return findings;
    }

    /// <summary>
    /// Every entry, head and index, a few at a time, with what was found so far. In between the journal may be written
    /// and its beginning dropped, not while a slice is read.
    /// </summary>
    /// <exception cref="JournalFailedException">Something cannot be read at all.</exception>
    public IEnumerable<IReadOnlyList<Finding>> Slices()
    {
        foreach (var page in Pages(journal.Anchor.Sequence + 1, EntriesAtOnce))
        {
            CheckMembership(page);
            yield return findings;
        }
        for (var (from, isLast) = (long.MinValue, false); !isLast && findings.Count < MaxFindings;)
        {
            var page = journal.ReadHeads(from, HeadsAtOnce);
            isLast = page.Count < HeadsAtOnce; // What comes later is not waited for.
            var upto = isLast ? long.MaxValue : page[^1].FirstSequence;
            CheckOpen(page.Where(h => h.Open), from, upto);
            foreach (var head in page)
            {
                Check(head);
            }
            yield return findings;
            from = isLast ? from : upto + 1;
        }
    }

    /// <summary>All entries from one on, in order, with every break of sequence or chain noted.</summary>
    IEnumerable<IReadOnlyList<Entry>> Pages(long from, int atOnce)
    {
        var (expected, hash) = (from, HashBefore(from));
        for (var isLast = false; !isLast && findings.Count < MaxFindings;)
        {
            if (journal.Anchor.Sequence >= expected)
            {
                (expected, hash) = (journal.Anchor.Sequence + 1, journal.Anchor.Hash);
            }
            var page = journal.Read(expected, atOnce);
            isLast = page.Count < atOnce;
            foreach (var entry in page)
            {
                if (entry.Sequence != expected)
                {
                    Note(entry.Sequence, $"entry {expected} is missing before it");
                }
                if (!Chain.Holds(hash, journal.Epoch, entry))
                {
                    Note(entry.Sequence, Unchained);
                }
                hash = entry.Hash;
                expected = entry.Sequence + 1;
            }
            yield return page;
        }
    }

    /// <summary>An entry that no head leads to would be forgotten.</summary>
    void CheckMembership(IEnumerable<Entry> page)
    {
        foreach (var some in page.Where(e => e.PaymentId.Length > 0).GroupBy(e => e.PaymentId))
        {
            var (first, last) = (some.First().Sequence, some.Last().Sequence);
            if (journal.Find(some.Key) is not { } head)
            {
                Note(first, $"payment {some.Key} has no head");
            }
            else if (first < head.FirstSequence || last > head.LastSequence)
            {
                Note(first, $"the head of payment {some.Key} does not lead to it");
            }
        }
    }

    /// <summary>A store has an index of open payments; one that is missing there would be forgotten.</summary>
    void CheckOpen(IEnumerable<Head> open, long from, long upto)
    {
        var listed = journal.OpenHeads().Where(h => h.FirstSequence >= from && h.FirstSequence <= upto);
        if (!open.SequenceEqual(listed))
        {
            Note(0, "the list of open payments is not that of the heads");
        }
    }

    IReadOnlyList<Entry> Check(Head head)
    {
        var entries = journal.ReadPayment(head);
        try
        {
            if (Known.Replay(entries)?.Head != head)
            {
                Note(head.FirstSequence, $"the head of payment {head.PaymentId} does not follow from its entries");
            }
        }
        catch (JournalFailedException e)
        {
            Note(head.FirstSequence, e.Message);
        }
        if (journal.FindByFingerprint(head.Fingerprint) is not { } found || found.FirstSequence < head.FirstSequence)
        {
            Note(head.FirstSequence, $"payment {head.PaymentId} is not found by its code");
        }
        if (!IsFoundByReceipt(head))
        {
            Note(head.FirstSequence, $"payment {head.PaymentId} is not found by its receipt");
        }
        return entries;
    }

    /// <summary>Reversals go by it. Numbers wrap: newer payments may have the same one.</summary>
    bool IsFoundByReceipt(Head head)
    {
        var found = journal.FindByReceipt(head.Receipt, head.FirstSequence);
        return found.All(h => h.Receipt == head.Receipt) && found is [.., var oldest] && oldest == head;
    }

    void CheckLink(Entry entry)
    {
        if (!Chain.Holds(HashBefore(entry.Sequence), journal.Epoch, entry))
        {
            Note(entry.Sequence, Unchained);
        }
    }

    /// <summary>Empty, so that nothing follows from it, if the entry before is not there.</summary>
    byte[] HashBefore(long sequence) =>
        sequence == journal.Anchor.Sequence + 1 ? journal.Anchor.Hash :
        journal.Read(sequence - 1, 1) is [var before] && before.Sequence == sequence - 1 ? before.Hash :
        [];

    void Note(long sequence, string problem) => findings.Add(new(sequence, problem));
}
