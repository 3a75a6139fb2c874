namespace Terminal.Journal;

/// <summary>
/// A ruin read through its store, which stays failed after one bad page, so it is opened again behind it. For a store
/// that <see cref="Salvage"/> cannot read.
/// </summary>
sealed class StoreRuin : Ruin
{
    const int Page = 500;

    /// <summary>Failed reads until the rest is given up: each opens the store again.</summary>
    const int MostFailures = 1000;

    readonly Func<IJournal> open;
    readonly List<string> problems = [];
    readonly Anchor anchor = Anchor.Start;
    readonly long last, acknowledged;
    IJournal? journal;
    int failures;

    /// <param name="open">Again after each failure. The journal is only read.</param>
    public StoreRuin(Func<IJournal> open)
    {
        this.open = open;
        if (Ask(j => j) is { } opened)
        {
            (Epoch, acknowledged, anchor) = (opened.Epoch, opened.Acknowledged, opened.Anchor);
            last = opened.Last?.Sequence ?? 0;
        }
    }

    public override string Epoch { get; } = "";

    public override IReadOnlyList<string> Problems => problems;

    public override IEnumerable<Salvaged> Entries()
    {
        var previous = anchor.Hash;
        var size = Page;
        for (var next = anchor.Sequence + 1; next <= last && failures < MostFailures;)
        {
            var page = Ask(j => j.Read(next, size));
            if (page is null && size > 1)
            {
                size /= 2; // Somewhere in there.
                continue;
            }
            size = Math.Min(2 * size, Page);
            var first = page is [var some, ..] ? some.Sequence : next + 1;
            if (first > next)
            {
                yield return new(next, first - 1, SalvageVerdict.Missing, null);
                (next, previous) = (first, []);
            }
            foreach (var entry in (page ?? []).TakeWhile(e => e.Sequence == next))
            {
                next++;
                var verdict = previous.Length == 0 ? SalvageVerdict.Unchained :
                    Chain.Holds(previous, Epoch, entry) ? SalvageVerdict.Intact : SalvageVerdict.Damaged;
                yield return new(entry.Sequence, entry.Sequence, verdict, entry);
                // What follows an altered entry is proved by the hash that it carries, if that is not what was altered.
                previous = entry.Hash;
            }
        }
        if (failures >= MostFailures)
        {
            problems.Add("too much is damaged to read on");
        }
    }

    public override Entry? Read(long sequence) =>
        failures < MostFailures && Ask(j => j.Read(sequence, 1)) is [var entry] && entry.Sequence == sequence
        ? entry
        : null;

    public override long Acknowledged(long last) => acknowledged <= last ? acknowledged : 0;

    public override void Dispose() => journal?.Dispose();

    /// <summary>Default after a failure; the next question goes to the store opened anew.</summary>
    T? Ask<T>(Func<IJournal, T> question)
    {
        try
        {
            return question(journal ??= open());
        }
        catch (JournalFailedException e)
        {
            if (journal is null && failures == 0)
            {
                problems.Add(e.Message);
            }
            failures++;
            journal?.Dispose();
            journal = null;
            return default;
        }
    }
}
