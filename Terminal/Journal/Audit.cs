namespace Terminal.Journal;

/// <summary>Reads the journal back and says what is not as it was written.</summary>
public sealed class Audit(IJournal journal)
{
    const int Page = 1000;

    /// <summary>An answer that people can read; the rest of a ruin adds nothing.</summary>
    const int MaxFindings = 1000;

    const string Unchained = "its hash does not follow from the entry before";

    readonly List<Finding> findings = [];

    /// <summary>For start-up: the newest entries, their payments, and every open payment.</summary>
    public IReadOnlyList<Finding> Recent()
    {
        var from = Math.Max(journal.Anchor.Sequence + 1, (journal.Last?.Sequence ?? 0) - Page + 1);
        var seen = new Dictionary<string, long>();
        foreach (var entry in Walk(from).Where(e => e.PaymentId.Length > 0))
        {
            seen.TryAdd(entry.PaymentId, entry.Sequence);
        }
        var recent = journal.ReadHeads(from, Page);
        CheckOpen(recent.Where(h => h.Open), from);
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
            var ofPayments = Walk(journal.Anchor.Sequence + 1).LongCount(e => e.PaymentId.Length > 0);
            var ofHeads = CheckHeads();
            if (ofHeads != ofPayments)
            {
                Note(0, $"{ofPayments} entries are of payments, but the heads lead to {ofHeads}");
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

    /// <summary>All entries from one on, in order, with every break of sequence or chain noted.</summary>
    IEnumerable<Entry> Walk(long from)
    {
        var hash = HashBefore(from);
        var expected = from;
        while (journal.Read(expected, Page) is { Count: > 0 } page && findings.Count < MaxFindings)
        {
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
                yield return entry;
            }
        }
    }

    long CheckHeads()
    {
        long entries = 0;
        var from = long.MinValue;
        var open = new List<Head>();
        while (journal.ReadHeads(from, Page) is { Count: > 0 } page && findings.Count < MaxFindings)
        {
            foreach (var head in page)
            {
                entries += Check(head).Count;
                if (head.Open)
                {
                    open.Add(head);
                }
            }
            from = page[^1].FirstSequence + 1;
        }
        CheckOpen(open, long.MinValue);
        return entries;
    }

    /// <summary>A store has an index of open payments; one that is missing there would be forgotten.</summary>
    void CheckOpen(IEnumerable<Head> open, long from)
    {
        if (!open.SequenceEqual(journal.OpenHeads().Where(h => h.FirstSequence >= from)))
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

    /// <summary>Reversals go by it. Numbers wrap, and the store shows the newest two that have one.</summary>
    bool IsFoundByReceipt(Head head)
    {
        var found = journal.FindByReceipt(head.Receipt);
        return found.All(h => h.Receipt == head.Receipt) &&
            (found.Contains(head) || found is [_, var before] && before.FirstSequence > head.FirstSequence);
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
