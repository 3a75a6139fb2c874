namespace Terminal.Journal.Log;

/// <summary>
/// What the journal knows without reading: each payment that is open, that began in the open business period or so
/// recently that its code or number may come again, and the newest. It follows from the records alone, and each segment
/// begins with it, so that a start reads one segment.
/// </summary>
/// <remarks>
/// The box has no battery clock, so the time of an entry may be years off. What counts is the time that certainly
/// passed: from one entry to the next it is what their stamps differ by, but at most an hour. Shops thus keep more
/// than two days; nothing is forgotten because a clock was set.
/// </remarks>
sealed class RecentPayments
{
    /// <summary>Kept however old they are.</summary>
    public const int Fewest = 1000;

    /// <summary>Of the open period: then receipt numbers go round.</summary>
    public const int MostOfPeriod = 9999;

    /// <summary>Of those that are young: one every 17 s, day and night. Older ones are looked for in the books.
    /// </summary>
    public const int MostRecent = 10_000;

    /// <summary>Payments that began so long ago may be forgotten; M7 asks for 24 hours.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromHours(48);

    static readonly TimeSpan Step = TimeSpan.FromHours(1);

    readonly HeadTable heads = new();
    readonly SortedDictionary<long, Head> open = [];

    // All of them, of each payment that is open and of the newest; of what began before the segment if it has them.
    readonly Dictionary<string, List<Entry>> entries = [];

    /// <summary>The newest payment that was forgotten began here; behind it nothing is missing.</summary>
    public long Forgotten { get; set; }

    /// <summary>Time that certainly passed since the epoch began, in milliseconds.</summary>
    public long Passed { get; set; }

    /// <summary>Stamp of the newest entry.</summary>
    public long Stamp { get; set; }

    /// <summary>In the order in which they began.</summary>
    public HeadTable Heads => heads;

    /// <summary>Oldest first.</summary>
    public IEnumerable<Head> Open => open.Values;

    public Head? Newest { get; private set; }

    public Head? Find(string payment) => FirstOf(heads.WithPayment(payment));

    public Head? FindByFingerprint(string fingerprint) => FirstOf(heads.WithFingerprint(fingerprint));

    /// <summary>Newest first.</summary>
    public IEnumerable<Head> FindByReceipt(int receipt) => heads.WithReceipt(receipt).Select(at => heads[at]);

    /// <summary>All of one payment that is open, or of the newest; null: to be read.</summary>
    public List<Entry>? EntriesOf(string payment) => entries.GetValueOrDefault(payment);

    /// <summary>Every entry that is kept.</summary>
    public IEnumerable<Entry> Entries => entries.Values.SelectMany(e => e);

    /// <summary>One record more.</summary>
    public void Take(LogRecord record)
    {
        var entry = record.Entry;
        Pass(entry.UnixMilliseconds);
        if (record.Previous == 0 && entry.PaymentId.Length > 0)
        {
            entries[entry.PaymentId] = [entry];
        }
        else
        {
            EntriesOf(entry.PaymentId)?.Add(entry);
        }
        if (record.Head is { } head)
        {
            heads.Put(head, Passed);
            Put(head);
        }
    }

    /// <summary>As they were kept with a segment.</summary>
    /// <exception cref="FormatException">They were never written like that.</exception>
    public void Read(ref ReadOnlySpan<byte> rest, int count)
    {
        heads.Reserve(count);
        for (var left = count; left > 0; left--)
        {
            var (at, hasEntries) = heads.Read(ref rest);
            if (hasEntries)
            {
                Keep(heads[at], LogState.ReadEntries(ref rest));
            }
            if (heads.RowAt(at) is { IsOpen: true, First: var first })
            {
                open[first] = heads[at];
            }
        }
        Newest = heads.Count > 0 ? heads[heads.Count - 1] : null;
    }

    /// <summary>These are all of an open payment.</summary>
    public void Keep(Head head, List<Entry> all) => entries[head.PaymentId] = all;

    /// <summary>Forgets what nobody asks for any more.</summary>
    /// <param name="period">First entry of the open business period.</param>
    public void Trim(long period)
    {
        var count = heads.Count;
        heads.Keep(at =>
        {
            var (payment, younger) = (heads.RowAt(at), count - at);
            var isKept = payment.IsOpen || younger <= Fewest || payment.First == period - 1 ||
                (younger <= MostOfPeriod && payment.First >= period) ||
                (younger <= MostRecent && Passed - payment.Began < (long)Recent.TotalMilliseconds);
            Forgotten = isKept ? Forgotten : Math.Max(Forgotten, payment.First);
            return isKept;
        });
    }

    /// <summary>What is newest of a payment that is in its place.</summary>
    void Put(Head head)
    {
        if (head.Open)
        {
            open[head.FirstSequence] = head;
        }
        else
        {
            open.Remove(head.FirstSequence);
        }
        var before = Newest;
        if (before is null || head.FirstSequence >= before.FirstSequence)
        {
            Newest = head;
        }
        Release(before);
        Release(head);
    }

    void Release(Head? head)
    {
        if (head is { Open: false } && head.FirstSequence != Newest!.FirstSequence)
        {
            entries.Remove(head.PaymentId);
        }
    }

    Head? FirstOf(IEnumerable<int> found)
    {
        foreach (var at in found)
        {
            return heads[at];
        }
        return null;
    }

    void Pass(long stamp)
    {
        if (Passed == 0 && Stamp == 0)
        {
            Stamp = stamp;
        }
        if (stamp > Stamp)
        {
            Passed += (long)Int128.Min((Int128)stamp - Stamp, (Int128)Step.TotalMilliseconds);
        }
        Stamp = stamp;
    }
}
