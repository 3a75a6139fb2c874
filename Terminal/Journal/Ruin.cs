namespace Terminal.Journal;

/// <summary>
/// A journal that may be damaged, read as far as it goes: a store stays failed after one bad page, so it is opened
/// again behind it. Nothing that was altered is ever handed out.
/// </summary>
sealed class Ruin : IDisposable
{
    const int Page = 500;

    /// <summary>Failed reads until the rest is given up: each opens the store again.</summary>
    const int MostFailures = 1000;

    readonly Func<IJournal> open;
    readonly List<Damage> damaged = [];
    readonly HashSet<long> altered = [];
    readonly Anchor anchor = Anchor.Start;
    readonly long last;
    IJournal? journal;
    int failures;

    public Ruin(Func<IJournal> open)
    {
        this.open = open;
        if (Ask(j => j) is { } opened)
        {
            (Epoch, Acknowledged, anchor) = (opened.Epoch, opened.Acknowledged, opened.Anchor);
            last = opened.Last?.Sequence ?? 0;
        }
    }

    public string Epoch { get; private set; } = "";

    public long Acknowledged { get; private set; }

    public IReadOnlyList<Damage> Damaged => damaged;

    /// <summary>Every entry that is there and as it was written, in order; the others are noted.</summary>
    public IEnumerable<Entry> Walk()
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
            if (page is not [var first, ..])
            {
                Lost(next++, "unreadable");
                previous = [];
                continue;
            }
            for (; next < first.Sequence; next++)
            {
                Lost(next, "missing");
                previous = [];
            }
            foreach (var entry in page.TakeWhile(e => e.Sequence == next))
            {
                next++;
                var isChained = previous.Length > 0 && Chain.Holds(previous, Epoch, entry);
                if (isChained)
                {
                    yield return entry;
                }
                else
                {
                    Lost(entry.Sequence, previous.Length > 0 ? "altered" : "not proved: the entry before is lost");
                }
                // What follows an altered entry is proved by the hash that it carries, if that is not what was altered.
                previous = entry.Hash;
            }
        }
        if (failures >= MostFailures)
        {
            Note(0, "too much is damaged to read on");
        }
    }

    /// <summary>Those of a payment that <see cref="Walk"/> handed out.</summary>
    public IEnumerable<Entry> ReadPayment(string id, long first, long last)
    {
        var head = new Head(id, 0, "", false, first, last);
        var all = Ask(j => j.ReadPayment(head)) ?? [.. ReadOneByOne(id, first, last)];
        return all.Where(e => !altered.Contains(e.Sequence));
    }

    /// <summary>False only if its head can be read and says that it is closed.</summary>
    public bool MayBeOpen(string id) => Ask(j => j.Find(id)) is not { Open: false };

    public bool IsDamagedFrom(long sequence) => damaged.Exists(d => d.Sequence == 0 || d.Sequence >= sequence);

    public void Note(long sequence, string verdict) => damaged.Add(new(sequence, verdict));

    /// <summary>Null if the entry cannot follow.</summary>
    public static Known? Replay(Known? known, Entry entry)
    {
        try
        {
            return Known.After(known, FactCodec.Decode(entry), entry.Sequence);
        }
        catch (JournalFailedException)
        {
            return null;
        }
    }

    public void Dispose() => journal?.Dispose();

    IEnumerable<Entry> ReadOneByOne(string id, long first, long last)
    {
        for (var at = first; at <= last && failures < MostFailures; at++)
        {
            if (!altered.Contains(at) && Ask(j => j.Read(at, 1)) is [var entry]
                && entry.Sequence == at && entry.PaymentId == id)
            {
                yield return entry;
            }
        }
    }

    void Lost(long sequence, string verdict)
    {
        altered.Add(sequence);
        Note(sequence, verdict);
    }

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
                Note(0, e.Message);
            }
            failures++;
            journal?.Dispose();
            journal = null;
            return default;
        }
    }
}
