using Terminal.Journal.Log;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Periods;

namespace Terminal.Journal.Upkeep;

/// <summary>
/// What of an old journal goes on in a new epoch, as far as the old one can be read: every payment that is open, that
/// may be asked for again by its code (M7), that is of the open business period, or that the
/// head office does not have whole (M8). Their entries are written again as they were, with new numbers and hashes;
/// what is damaged leaves a note per entry.
/// </summary>
/// <remarks>
/// Memory: some 200 bytes for each payment in the old journal, 8 for each entry, and what <see cref="EntryWriter"/>
/// keeps of each payment that goes on. Time: each entry is read once, and once more if it goes on.
/// </remarks>
sealed class CarryOver
{
    /// <summary>Payments that are kept however old they seem: the box has no battery clock.</summary>
    public const int NewestPayments = 1000;

    /// <summary>
    /// Of a period without an end-of-day before it, which began with the journal, the newest so many are kept: receipt
    /// numbers go round then, so an older one could not be named for certain.
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

    /// <param name="ruin">Is read here, and again by <see cref="WriteTo"/>; null: nothing is there.</param>
    /// <param name="onlyOpen">What is closed stays behind, whoever may ask for it.</param>
    public CarryOver(Salvage? ruin, bool onlyOpen = false)
    {
        this.ruin = ruin;
        Walk();
        Acknowledged = ruin?.Acknowledged(Last.Sequence) ?? 0;
        damaged.AddRange((ruin?.Problems ?? ["it is gone"]).Select(problem => new Damage(0, problem)));
        Choose(onlyOpen);
    }

    /// <summary>Of the old journal; empty if not even that could be read.</summary>
    public string Epoch => ruin?.Epoch ?? "";

    /// <summary>The newest entry that could be read; sequence 0 if none could.</summary>
    public Anchor Last { get; private set; } = Anchor.Start;

    /// <summary>Entries up to here were known to be at the head office.</summary>
    public long Acknowledged { get; }

    /// <summary>Into a journal that is new, in one order: what happened, what is damaged, what is carried.</summary>
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

    /// <summary>Replays the payment as far as it is open; what is closed is not kept in memory.</summary>
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
    /// A payment whose request is lost cannot go on; its entries then are evidence only. One that is open while an
    /// entry after its first is damaged may have ended there: a person decides, not this program.
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

    /// <summary>From there on no success approves any more, so whatever is lost, the till has not booked it.</summary>
    static bool IsBeingCancelled(OrderAccount account) => account.Transaction.Payment is PaymentState.Interrupted
    {
        At: InterruptedAt.Cancelling or InterruptedAt.CancelAcknowledged,
    };

    /// <summary>Taken, but nothing offered: the two are one commit, so what the ECR was told is lost.</summary>
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

    /// <summary>What is there of one payment.</summary>
    sealed class Course(long unixMilliseconds)
    {
        public long UnixMilliseconds => unixMilliseconds;

        public List<long> Sequences { get; } = [];

        /// <summary>Null if it is closed, or nothing that follows from a request was found.</summary>
        public OrderAccount? Open { get; set; }

        public bool IsWhole { get; set; } = true;
    }
}
