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
sealed class Standing
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

    readonly List<Course> order = [];
    readonly Dictionary<string, Course> byId = [];
    readonly Dictionary<string, Course> byFingerprint = [];
    readonly Dictionary<int, Course> byReceipt = [];
    readonly SortedDictionary<long, Course> open = [];

    /// <summary>The newest payment that was forgotten began here; behind it nothing is missing.</summary>
    public long Forgotten { get; set; }

    /// <summary>Time that certainly passed since the epoch began, in milliseconds.</summary>
    public long Passed { get; set; }

    /// <summary>Stamp of the newest entry.</summary>
    public long Stamp { get; set; }

    /// <summary>In the order in which they began.</summary>
    public IReadOnlyList<Course> Courses => order;

    public IEnumerable<Course> Open => open.Values;

    public Course? Newest => order is [.., var newest] ? newest : null;

    public Course? Find(string payment) => byId.GetValueOrDefault(payment);

    public Course? FindByFingerprint(string fingerprint) => byFingerprint.GetValueOrDefault(fingerprint);

    /// <summary>Newest first.</summary>
    public IEnumerable<Course> FindByReceipt(int receipt)
    {
        for (var course = byReceipt.GetValueOrDefault(receipt); course is not null; course = course.SameReceipt)
        {
            yield return course;
        }
    }

    /// <summary>One record more.</summary>
    public void Take(LogRecord record)
    {
        Pass(record.Entry.UnixMilliseconds);
        var course = Find(record.Entry.PaymentId);
        if (course?.Entries is { } entries)
        {
            entries.Add(record.Entry);
        }
        if (record.Head is not { } head)
        {
            if (record.Previous == 0 && record.Entry.PaymentId.Length > 0)
            {
                waiting[record.Entry.PaymentId] = [record.Entry];
            }
            else if (waiting.TryGetValue(record.Entry.PaymentId, out var begun))
            {
                begun.Add(record.Entry);
            }
            return;
        }
        if (course is null)
        {
            Add(course = new(head, Passed) { Entries = Begun(record) });
        }
        Put(course, head);
    }

    /// <summary>As it was kept with a segment.</summary>
    public void Add(Course course)
    {
        var before = Newest;
        var at = order.Count;
        while (at > 0 && order[at - 1].Head.FirstSequence > course.Head.FirstSequence)
        {
            at--; // One that was forgotten and goes on, or one of several that began in the same commit.
        }
        order.Insert(at, course);
        Index(course);
        if (before is { Head.Open: false } && before != Newest)
        {
            before.Entries = null;
        }
    }

    /// <summary>Forgets what nobody asks for any more.</summary>
    /// <param name="period">First entry of the open business period.</param>
    public void Trim(long period)
    {
        var count = order.Count;
        var kept = new List<Course>(count);
        for (var i = 0; i < count; i++)
        {
            var (course, younger) = (order[i], count - i);
            var first = course.Head.FirstSequence;
            if (course.Head.Open || younger <= Fewest || first == period - 1 ||
                (younger <= MostOfPeriod && first >= period) ||
                (younger <= MostRecent && Passed - course.BeganAt < (long)Recent.TotalMilliseconds))
            {
                kept.Add(course);
            }
            else
            {
                Forgotten = Math.Max(Forgotten, first);
            }
        }
        if (kept.Count == count)
        {
            return;
        }
        order.Clear();
        order.AddRange(kept);
        byId.Clear();
        byFingerprint.Clear();
        byReceipt.Clear();
        open.Clear();
        kept.ForEach(Index);
    }

    /// <summary>Entries of payments whose head comes with a later record of the same commit.</summary>
    readonly Dictionary<string, List<Entry>> waiting = [];

    List<Entry>? Begun(LogRecord record)
    {
        if (waiting.Remove(record.Entry.PaymentId, out var begun))
        {
            begun.Add(record.Entry);
            return begun;
        }
        return record.Previous == 0 ? [record.Entry] : null;
    }

    void Index(Course course)
    {
        var head = course.Head;
        byId[head.PaymentId] = course;
        if (!byFingerprint.TryGetValue(head.Fingerprint, out var same) || same.Head.FirstSequence < head.FirstSequence)
        {
            byFingerprint[head.Fingerprint] = course;
        }
        course.SameReceipt = byReceipt.GetValueOrDefault(head.Receipt);
        byReceipt[head.Receipt] = course;
        if (course.SameReceipt is { } newer && newer.Head.FirstSequence > head.FirstSequence)
        {
            byReceipt[head.Receipt] = newer;
            while (newer.SameReceipt is { } next && next.Head.FirstSequence > head.FirstSequence)
            {
                newer = next;
            }
            (course.SameReceipt, newer.SameReceipt) = (newer.SameReceipt, course);
        }
        if (head.Open)
        {
            open[head.FirstSequence] = course;
        }
    }

    void Put(Course course, Head head)
    {
        if (course.Head.Fingerprint != head.Fingerprint)
        {
            byFingerprint[head.Fingerprint] = course; // An order that waited has got its code.
        }
        course.Head = head;
        if (head.Open)
        {
            open[head.FirstSequence] = course;
        }
        else
        {
            open.Remove(head.FirstSequence);
            course.Entries = course == Newest ? course.Entries : null;
        }
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

/// <summary>One payment, return or end-of-day as far as it is kept in memory.</summary>
sealed class Course(Head head, long beganAt)
{
    public Head Head { get; set; } = head;

    /// <summary>When it began, in time that certainly passed.</summary>
    public long BeganAt => beganAt;

    /// <summary>All of them, of one that is open or the newest; null: to be read.</summary>
    public List<Entry>? Entries { get; set; }

    /// <summary>The one before it with the same receipt number.</summary>
    public Course? SameReceipt { get; set; }
}
