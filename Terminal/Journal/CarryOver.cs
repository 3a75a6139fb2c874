using Terminal.Payments;

namespace Terminal.Journal;

/// <summary>
/// What of an old journal goes on in a new epoch, as far as the old one can be read: every payment that is open, that
/// may be asked for again by its code (M7), that is of the open business period, or that the
/// head office does not have whole (M8). Their entries are written again as they were, with new numbers and hashes;
/// what is damaged leaves a note per entry.
/// </summary>
public sealed class CarryOver
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

    readonly Dictionary<string, Span> spans = [];
    readonly List<Entry> entries = [];
    readonly List<string> doubtful = [];
    IReadOnlyList<Damage> damaged = [];

    CarryOver()
    {
    }

    /// <summary>Of the old journal; empty if not even that could be read.</summary>
    public string Epoch { get; private set; } = "";

    /// <summary>The newest entry that could be read; sequence 0 if none could.</summary>
    public Anchor Last { get; private set; } = Anchor.Start;

    /// <summary>Entries up to here were known to be at the head office.</summary>
    public long Acknowledged { get; private set; }

    /// <param name="open">
    /// Opens the old journal; again after each failure, because a store stays failed. It is only read.
    /// </param>
    /// <param name="damage">Of all of it, known before; null: none is.</param>
    public static CarryOver From(Func<IJournal> open, string? damage = null)
    {
        var found = new CarryOver();
        using var ruin = new Ruin(open);
        if (damage is not null)
        {
            ruin.Note(0, damage);
        }
        found.Read(ruin);
        found.damaged = ruin.Damaged;
        return found;
    }

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
            writer.Note(EpochNotes.Carried(some.Select(e => e.Sequence)));
            foreach (var entry in some)
            {
                writer.Repeat(entry);
            }
        }
        foreach (var payment in doubtful)
        {
            writer.Doubt(payment);
        }
        writer.Flush();
    }

    public override string ToString() =>
        $"{entries.Count} entries carried over, {damaged.Count} damaged, {doubtful.Count} payments need a person";

    void Read(Ruin ruin)
    {
        long newest = 0;
        long? end = null;
        foreach (var entry in ruin.Walk())
        {
            newest = Math.Max(newest, entry.UnixMilliseconds);
            end = entry.Kind == FactCodec.Closing ? entry.Sequence : end;
            Last = new(entry.Sequence, entry.Hash);
            if (entry.PaymentId.Length > 0)
            {
                var span = spans.GetValueOrDefault(entry.PaymentId, new(entry.Sequence, 0, entry.UnixMilliseconds));
                spans[entry.PaymentId] = span with { Last = entry.Sequence };
            }
            else if (entry.Sequence > ruin.Acknowledged)
            {
                entries.Add(entry);
            }
        }
        (Epoch, Acknowledged) = (ruin.Epoch, ruin.Acknowledged);
        var recent = newest - (long)Recent.TotalMilliseconds;
        var order = spans.OrderBy(s => s.Value.First).ToArray();
        var period = end ?? (order.Length > MostUnclosed ? order[^MostUnclosed].Value.First : 0);
        for (var i = 0; i < order.Length; i++)
        {
            var (id, span) = order[i];
            var isRecent = i >= order.Length - NewestPayments || span.UnixMilliseconds >= recent;
            if (isRecent || span.First >= period || span.Last > Acknowledged || ruin.MayBeOpen(id))
            {
                Take(ruin, id, span);
            }
        }
        entries.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
    }

    /// <summary>
    /// A payment whose request is lost cannot go on; its entries then are evidence only. One that is open while an
    /// entry after its first is damaged may have ended there: a person decides, not this program.
    /// </summary>
    void Take(Ruin ruin, string id, Span span)
    {
        Known? known = null;
        var taken = new List<Entry>();
        foreach (var entry in ruin.ReadPayment(id, span.First, span.Last))
        {
            var next = Ruin.Replay(known, entry);
            if (next is null)
            {
                ruin.Note(entry.Sequence, "does not follow from what is left of its payment");
                continue;
            }
            known = next;
            taken.Add(entry);
        }
        entries.AddRange(taken);
        if (known is { Transaction.IsClosed: false } && ruin.IsDamagedFrom(span.First))
        {
            doubtful.Add(id);
        }
    }

    readonly record struct Span(long First, long Last, long UnixMilliseconds);
}
