namespace Terminal.Journal;

/// <summary>The same journal in another store: entries byte for byte, heads, anchor and cursor.</summary>
static class JournalCopy
{
    // Entries in one transaction.
    const int Page = 200;

    /// <returns>How many entries were copied.</returns>
    /// <exception cref="JournalFailedException">The source is damaged: that wants a new epoch, not a copy.</exception>
    public static long Copy(IJournal source, IJournal copy)
    {
        if (new Audit(source).Everything() is [var finding, ..])
        {
            throw new JournalFailedException(
                $"the journal is damaged, so it is not converted: {finding}; next step: terminal journal new-epoch");
        }
        long entries = 0;
        foreach (var page in Pages(source))
        {
            var (first, last) = (page[0].Sequence, page[^1].Sequence);
            copy.Append(page, [.. source.ReadHeads(first, Page).Where(h => h.FirstSequence <= last)]);
            entries += page.Count;
        }
        copy.Acknowledge(source.Acknowledged);
        return entries;
    }

    /// <exception cref="JournalFailedException">They differ, so the copy is of no use.</exception>
    public static void Compare(IJournal source, IJournal copy)
    {
        Demand(copy.Epoch == source.Epoch, "epoch");
        Demand(copy.Anchor.ToString() == source.Anchor.ToString(), "anchor");
        Demand(copy.Acknowledged == source.Acknowledged, "cursor");
        Demand(copy.Last?.Sequence == source.Last?.Sequence, "length");
        foreach (var page in Pages(source))
        {
            var same = copy.Read(page[0].Sequence, page.Count);
            Demand(same.Count == page.Count && page.Zip(same).All(p => IsSame(p.First, p.Second)), "entry");
            var heads = source.ReadHeads(page[0].Sequence, Page);
            Demand(heads.SequenceEqual(copy.ReadHeads(page[0].Sequence, Page)), "head");
        }
        Demand(source.OpenHeads().SequenceEqual(copy.OpenHeads()), "open payment");
        Demand(new Audit(copy).Everything() is [], "chain");
    }

    static IEnumerable<IReadOnlyList<Entry>> Pages(IJournal journal)
    {
        for (var from = journal.Anchor.Sequence + 1; journal.Read(from, Page) is { Count: > 0 } page;
            from = page[^1].Sequence + 1)
        {
            yield return page;
        }
    }

    static bool IsSame(Entry a, Entry b) => a.Body.AsSpan().SequenceEqual(b.Body)
        && a.Hash.AsSpan().SequenceEqual(b.Hash) && a == b with { Body = a.Body, Hash = a.Hash };

    static void Demand(bool isSame, string what)
    {
        if (!isSame)
        {
            throw new JournalFailedException($"the copy has another {what}; the journal is as it was");
        }
    }
}
