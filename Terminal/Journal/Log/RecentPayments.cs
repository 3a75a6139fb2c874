namespace Terminal.Journal.Log;

/// <summary>
/// The payments that the journal finds without reading: those that are open, that began in the open business period, or
/// that are so recent that their code or number may come again, and the newest. They follow from the records alone.
/// Each segment begins with them, so that a start reads only one segment.
/// </summary>
/// <remarks>
/// The box has no battery clock, so the time of an entry may be years off. What counts is the time that certainly
/// passed: from one entry to the next, the difference of their stamps, but at most an hour. Longer breaks count as an
/// hour, so shops keep more than two days. No payment is forgotten because a clock was set.
/// </remarks>
sealed class RecentPayments
{
    /// <summary>How many of the newest payments are kept however old they are.</summary>
    public const int Fewest = 1000;

    /// <summary>The most payments kept of the open period; after so many, receipt numbers repeat.</summary>
    public const int MostOfPeriod = 9999;

    /// <summary>
    /// How many payments of the last 48 hours are kept at most: one every 17 s, day and night. Older ones are looked
    /// for in the books.
    /// </summary>
    public const int MostRecent = 10_000;

    /// <summary>Payments that began longer ago may be forgotten; M7 asks for 24 hours.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromHours(48);

    static readonly TimeSpan Step = TimeSpan.FromHours(1);

    readonly HeadTable heads = new();
    readonly SortedDictionary<long, Head> open = [];

    // All entries of each open payment and of the newest. Those from before the segment are here only if it has them.
    readonly Dictionary<string, List<Entry>> entries = [];

    /// <summary>First entry of the newest payment that was forgotten; no later payment is missing.</summary>
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

    /// <summary>All entries of an open payment or of the newest; null if they must be read from the log.</summary>
    public List<Entry>? EntriesOf(string payment) => entries.GetValueOrDefault(payment);

    /// <summary>Every entry that is kept.</summary>
    public IEnumerable<Entry> Entries => entries.Values.SelectMany(e => e);

    /// <summary>Takes in one more record.</summary>
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

    /// <summary>Reads the payments that a segment begins with.</summary>
    /// <exception cref="FormatException">This program never wrote such bytes.</exception>
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

    /// <summary>Keeps these entries, which are all that the payment has.</summary>
    public void Keep(Head head, List<Entry> all) => entries[head.PaymentId] = all;

    /// <summary>Forgets payments that nobody asks for any more.</summary>
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

    /// <summary>Takes note of a head that is in the table already.</summary>
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
