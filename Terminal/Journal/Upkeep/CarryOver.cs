using Terminal.Journal.Log;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Periods;

namespace Terminal.Journal.Upkeep;

/// <summary>
/// Chooses what goes on in a new epoch, as far as the old journal can be read: every payment that is open, may be asked
/// for again by its code (M7), belongs to the open business period, or is not completely at the head office (M8). Their
/// entries are written again as they were, except for new numbers and hashes. Damaged entries leave notes.
/// </summary>
/// <remarks>
/// Memory: some 200 bytes for each payment in the old journal, 8 for each entry, and what <see cref="EntryWriter"/>
/// keeps of each payment that goes on. Time: each entry is read once, and once more if it goes on.
/// </remarks>
sealed class CarryOver
{
    /// <summary>How many of the newest payments are kept however old they seem: the box has no battery clock.</summary>
    public const int NewestPayments = 1000;

    /// <summary>
    /// How many payments are kept of a period that began with the journal, with no end-of-day before it. After so many,
    /// receipt numbers repeat, so an older payment could not be named for certain.
    /// </summary>
    public const int MostUnclosed = 9999;

    /// <summary>M7 asks for 24 h; times are those of the entries.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromHours(48);

    /// <summary>A gap of more entries than this leaves one note.</summary>
    const int LongGap = 1000;

    readonly Salvage? ruin;
    readonly Dictionary<string, Course> courses = [];
    readonly List<long> notes = [];
    readonly List<long> entries = [];
    readonly List<string> doubtful = [];
    readonly List<Damage> damaged = [];
    long newest;
    long? end;

    /// <param name="ruin">The old journal, read here and again by <see cref="WriteTo"/>; null if there is none.</param>
    /// <param name="onlyOpen">Leaves closed payments behind, even those that may be asked for again.</param>
    public CarryOver(Salvage? ruin, bool onlyOpen = false)
    {
        this.ruin = ruin;
        Walk();
        Acknowledged = ruin?.Acknowledged(Last.Sequence) ?? 0;
        damaged.AddRange((ruin?.Problems ?? ["it is gone"]).Select(problem => new Damage(0, problem)));
        Choose(onlyOpen);
    }

    /// <summary>Epoch of the old journal; empty if even that cannot be read.</summary>
    public string Epoch => ruin?.Epoch ?? "";

    /// <summary>The newest entry that could be read; sequence 0 if none could.</summary>
    public Anchor Last { get; private set; } = Anchor.Start;

    /// <summary>Entries up to here were known to be at the head office.</summary>
    public long Acknowledged { get; }

    /// <summary>Writes to a new journal, in this order: what happened, what is damaged, what is carried over.</summary>
    public void WriteTo(IJournal fresh, string before, Stamp at)
    {
        var writer = new EntryWriter(fresh, at);
        writer.Note(EpochNotes.Began(before, this, entries.Count));
        foreach (var damage in damaged)
        {
            writer.Note(EpochNotes.Evidence(damage));
        }
        foreach (var some in entries.Chunk(EpochNotes.MostCarried))
        {
            writer.Note(EpochNotes.Carried(some));
            foreach (var sequence in some)
            {
                writer.Repeat(ruin!.Read(sequence)
                    ?? throw new JournalFailedException($"entry {sequence} of the journal before was read, then not"));
            }
        }
        foreach (var payment in doubtful)
        {
            writer.Doubt(payment);
        }
        writer.Flush();
    }

    public override string ToString() =>
        $"{entries.Count} entries carried over, {damaged.Count} damaged, " +
        (doubtful.Count == 1 ? "1 payment needs a person" : $"{doubtful.Count} payments need a person");

    void Walk()
    {
        foreach (var (sequence, upto, verdict, entry) in ruin?.Entries() ?? [])
        {
            if (entry is null || verdict is SalvageVerdict.Missing or SalvageVerdict.Damaged)
            {
                Lost(sequence, upto, verdict);
                continue;
            }
            Last = new(sequence, entry.Hash);
            if (entry.PaymentId.Length > 0)
            {
                Follow(entry);
            }
            else
            {
                notes.Add(sequence);
            }
        }
    }

    void Lost(long sequence, long upto, SalvageVerdict verdict)
    {
        var what = verdict == SalvageVerdict.Missing ? "missing" : "altered";
        if (upto - sequence >= LongGap)
        {
            damaged.Add(new(upto, $"{what}, and all before it from {sequence} on"));
            return;
        }
        for (; sequence <= upto; sequence++)
        {
            damaged.Add(new(sequence, what));
        }
    }

    /// <summary>Replays the payment; keeps it in memory only while it is open.</summary>
    void Follow(Entry entry)
    {
        if (!courses.TryGetValue(entry.PaymentId, out var course))
        {
            courses.Add(entry.PaymentId, course = new(entry.UnixMilliseconds));
        }
        var account = course.Open ?? Replay(course.Sequences, (_, _) => { });
        var next = Replay(account, entry);
        course.IsWhole &= next is not null;
        course.Open = IsOpen(next ?? account) ? next ?? account : null;
        course.Sequences.Add(entry.Sequence);
        newest = Math.Max(newest, entry.UnixMilliseconds);
        end = entry.Kind == FactCodec.Closing ? entry.Sequence : end;
    }

    void Choose(bool onlyOpen)
    {
        entries.AddRange(notes.Where(sequence => sequence > Acknowledged && !onlyOpen));
        var recent = newest - (long)Recent.TotalMilliseconds;
        var order = courses.OrderBy(c => c.Value.Sequences[0]).ToArray();
        var period = end ?? (order.Length > MostUnclosed ? order[^MostUnclosed].Value.Sequences[0] : 0);
        for (var i = 0; i < order.Length; i++)
        {
            var (id, course) = order[i];
            var isRecent = i >= order.Length - NewestPayments || course.UnixMilliseconds >= recent;
            var isBehind = course.Sequences[0] < period && course.Sequences[^1] <= Acknowledged;
            if (course.Open is not null || (!onlyOpen && (isRecent || !isBehind || !course.IsWhole)))
            {
                Take(id, course);
            }
        }
        entries.Sort();
    }

    /// <summary>
    /// A payment whose request is lost cannot go on, so its entries are only evidence. An open payment may have ended
    /// in a damaged entry after its first, so a person decides, not this program.
    /// </summary>
    void Take(string id, Course course)
    {
        var account = Replay(course.Sequences, (sequence, follows) =>
        {
            if (follows)
            {
                entries.Add(sequence);
            }
            else
            {
                damaged.Add(new(sequence, "does not follow from what is left of its payment"));
            }
        });
        var first = course.Sequences[0];
        if (IsOpen(account) && !IsBeingCancelled(account!) &&
            damaged.Exists(d => d.Sequence == 0 || d.Sequence >= first))
        {
            doubtful.Add(id);
        }
    }

    /// <summary>
    /// From here on, no success approves the payment any more. So the till has not booked it, whatever was lost.
    /// </summary>
    static bool IsBeingCancelled(OrderAccount account) => account.Transaction.Payment is PaymentState.Interrupted
    {
        At: InterruptedAt.Cancelling or InterruptedAt.CancelAcknowledged,
    };

    /// <summary>
    /// A payment that was taken but not offered is open too. Both are one commit, so what the ECR was told is lost.
    /// </summary>
    static bool IsOpen(OrderAccount? account) => account?.Transaction is { } t &&
        (!t.IsClosed || t is { Payment: PaymentState.Paid, Delivery: DeliveryState.Told });

    OrderAccount? Replay(IEnumerable<long> sequences, Action<long, bool> found)
    {
        OrderAccount? account = null;
        foreach (var sequence in sequences)
        {
            var next = ruin!.Read(sequence) is { } entry ? Replay(account, entry) : null;
            account = next ?? account;
            found(sequence, next is not null);
        }
        return account;
    }

    /// <summary>Null if the entry cannot follow.</summary>
    static OrderAccount? Replay(OrderAccount? account, Entry entry)
    {
        try
        {
            return OrderAccount.After(account, FactCodec.Decode(entry), entry.Sequence);
        }
        catch (JournalFailedException)
        {
            return null;
        }
    }

    /// <summary>What was found of one payment.</summary>
    sealed class Course(long unixMilliseconds)
    {
        public long UnixMilliseconds => unixMilliseconds;

        public List<long> Sequences { get; } = [];

        /// <summary>Null if the payment is closed, or if no entry follows from a request.</summary>
        public OrderAccount? Open { get; set; }

        public bool IsWhole { get; set; } = true;
    }
}
