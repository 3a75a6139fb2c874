namespace Terminal.Journal.Upkeep;

/// <summary>Reads the journal back and says what is not as it was written.</summary>
sealed class Audit(IJournal journal)
{
    const int Page = 1000;

    // One slice, which takes some milliseconds.
    const int EntriesAtOnce = 100;

    /// <summary>Enough for people to read; more findings of a ruined journal add nothing.</summary>
    const int MaxFindings = 1000;

    const string Unchained = "its hash does not follow from the entry before";

    readonly List<Finding> findings = [];

    /// <summary>At a start: checks the entries in memory and every open payment.</summary>
    public IReadOnlyList<Finding> Recent()
    {
        foreach (var _ in Pages(journal.Recent, Page))
        {
        }
        foreach (var head in journal.OpenHeads())
        {
            CheckReplay(head);
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
        }
        catch (JournalFailedException e)
        {
            Note(0, e.Message);
        }
        return findings;
    }

    /// <summary>
    /// Checks every entry and head, a few at a time; each slice returns all findings so far. The journal may be written
    /// and its beginning dropped between slices, but not during one.
    /// </summary>
    /// <exception cref="JournalFailedException">Something cannot be read at all.</exception>
    public IEnumerable<IReadOnlyList<Finding>> Slices()
    {
        foreach (var page in Pages(journal.Anchor, EntriesAtOnce))
        {
            if (page.Count > 0)
            {
                foreach (var head in journal.ReadHeads(page[0].Sequence, page[^1].Sequence))
                {
                    Check(head);
                }
            }
            yield return findings;
        }
        foreach (var head in journal.OpenHeads())
        {
            Check(head);
        }
        yield return findings;
    }

    /// <summary>All entries after this one, in order; notes every break of the sequence or the chain.</summary>
    IEnumerable<IReadOnlyList<Entry>> Pages(Anchor after, int atOnce)
    {
        var (expected, hash) = (after.Sequence + 1, after.Hash);
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

    /// <summary>Looks up by id only recent payments, which are in memory; older ones would take too long.</summary>
    void Check(Head head)
    {
        if (head.FirstSequence <= journal.Anchor.Sequence)
        {
            return; // Its beginning was dropped.
        }
        CheckReplay(head);
        if (head.FirstSequence >= journal.Remembered &&
            (journal.Find(head.PaymentId) is not { } now || now.LastSequence < head.LastSequence))
        {
            Note(head.FirstSequence, $"payment {head.PaymentId} is not found by its id");
        }
    }

    void CheckReplay(Head head)
    {
        try
        {
            if (FactCodec.Replay(journal.ReadPayment(head)) is not { } account || Head.Of(account) != head)
            {
                Note(head.FirstSequence, $"the head of payment {head.PaymentId} does not follow from its entries");
            }
        }
        catch (JournalFailedException e) when (!e.IsDamage)
        {
            Note(head.FirstSequence, e.Message);
        }
    }

    void Note(long sequence, string problem) => findings.Add(new(sequence, problem));
}
