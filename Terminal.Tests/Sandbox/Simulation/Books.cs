using Terminal.Journal;

namespace Sandbox.Simulation;

/// <summary>The promise that was broken, and how.</summary>
sealed record Violation(string Promise, string What);

/// <summary>
/// The independent model: three books (what the till believes, what the gateway holds, what the journal says), written
/// from the promises and sharing nothing with the product's core. Every promise that speaks of a moment is judged at
/// that moment; <see cref="Verdict"/> judges the rest at the end.
/// </summary>
sealed class Books
{
    public static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(29.5);
    public static readonly TimeSpan LastProgress = TimeSpan.FromSeconds(23);

    /// <summary>The cancel is recorded by then if nothing final was heard; a tenth of a second for rounding.</summary>
    public static readonly TimeSpan DecisionLimit = TimeSpan.FromSeconds(25.3);

    const int MaxUnresolved = 5;

    readonly Agenda agenda;
    readonly Dictionary<string, PaymentPage> payments = [];
    readonly Dictionary<string, OrderPage> codes = [];
    readonly Dictionary<string, OrderPage> fingerprints = [];

    public List<OrderPage> Orders { get; } = [];

    public IReadOnlyCollection<PaymentPage> Payments => payments.Values;

    /// <summary>The payment that was submitted last.</summary>
    public PaymentPage? Submitted { get; private set; }

    public Violation? Violation { get; private set; }

    /// <summary>The journal of this process failed: only cancels and "not confirmed" may leave.</summary>
    public bool JournalFailed { get; set; }

    /// <summary>Since when box and line have both been up; -1 while one is down.</summary>
    public long ReachableSince { get; set; } = -1;

    public int Unresolved => payments.Values.Count(p => p.Standing is not Written.Nothing && !p.IsFinal);

    public OrderPage Open(OrderPage order)
    {
        Orders.Add(order);
        codes.Add(order.Code, order);
        fingerprints.Add(order.Fingerprint, order);
        return order;
    }

    public PaymentPage Page(string id) => payments[id];

    public void Break(string promise, string what) => Violation ??= new(promise, what);

    /// <summary>A fault that touches everything under way.</summary>
    public void DisturbAll()
    {
        foreach (var page in payments.Values.Where(p => !p.IsFinal || !p.Has(Written.Completed)))
        {
            page.Order.Disturbed = true;
        }
    }

    // The journal's book.

    public Books(Agenda agenda) => (this.agenda, Line) = (agenda, new(agenda, this));

    public LineBook Line { get; }

    /// <summary>Every entry that reached the disk, in order: what the head office must have in the end.</summary>
    public List<Entry> Journal { get; } = [];

    public string Epoch { get; private set; } = "";

    public void Wrote(string epoch, Entry entry)
    {
        Epoch = epoch;
        Journal.Add(entry);
        var (id, kind, body) = (entry.PaymentId, entry.Kind, entry.Body);
        Require(entry.Sequence == Journal.Count, "M8", null, $"entry {entry.Sequence} is the {Journal.Count}th");
        if (!payments.TryGetValue(id, out var page))
        {
            page = new(id, fingerprints[EntryText.Field(body, "fingerprint")]);
            payments.Add(id, page);
            page.Order.Payments.Add(page);
            if (kind == "requested")
            {
                Line.Numbered(entry, page);
            }
        }
        page.Write(EntryText.Read(kind));
        if (kind == "refund-started")
        {
            page.RefundsWritten.Add(EntryText.Field(body, "refundId"));
        }
        Require(kind != "acknowledged" || page.Order.AckSent, "M11", page, "acknowledged by nobody");
        Require(body.AsSpan().IndexOf(page.Order.CodeBytes) < 0, "M9", page, "the code is in the journal");
    }

    // The gateway's book.

    public PaymentPage ChargeLeaves(string id, string code, long minor)
    {
        if (!codes.TryGetValue(code, out var order))
        {
            Break("M1", "a code is submitted that nobody handed over");
            order = Orders[^1];
        }
        if (!payments.TryGetValue(id, out var page))
        {
            page = new(id, order);
            payments.Add(id, page);
            Require(false, "M4", page, "pay left before its entry was durable");
        }
        page.Charges++;
        Require(page.Has(Written.Requested), "M4", page, "pay left before its entry was durable");
        Require(!JournalFailed, "M4", page, "pay left after the journal failed");
        Require(page.Order == order, "ids", page, $"the id was used before, for {page.Order}");
        Require(minor == order.Minor, "M1", page, $"{minor} submitted, {order.Minor} ordered");
        Require(order.Payments.Count == 1, "M7", page, "the code was submitted before");
        if (page.Charges == 1)
        {
            page.T0 = agenda.Now;
            Submitted = page;
            RequireRoom(page);
        }
        else
        {
            Require(
                page is { Charges: 2, NotSentHeard: true } && agenda.Now - page.T0 < TimeSpan.TicksPerSecond * 5,
                "M7", page, "pay was sent again");
        }
        return page;
    }

    void RequireRoom(PaymentPage page)
    {
        foreach (var other in payments.Values.Where(p => p != page))
        {
            Require(
                !other.Approved || other.Standing != Written.Paid ||
                other.Has(Written.Acknowledged | Written.Withdrawn),
                "M1", page, $"began while the approval of {other} was neither acknowledged nor withdrawn");
        }
        Require(
            page.Order.OwnScanner || Unresolved - 1 < MaxUnresolved,
            "M7", page, $"began with {Unresolved - 1} unresolved");
    }

    public void CancelLeaves(string id)
    {
        var page = Page(id);
        page.CancelsSent++;
        Require(page.Has(Written.Requested), "M4", page, "a cancel left for a payment that is not durable");
        Require(JournalFailed || page.Has(Written.Cancelling), "M4", page, "a cancel left before it was durable");
        RequireReturnAllowed(page);
    }

    public void RefundLeaves(string id, string refund)
    {
        var page = Page(id);
        Require(page.RefundsWritten.Contains(refund), "M4", page, "a refund left before it was durable");
        Require(!JournalFailed, "M4", page, "a refund left after the journal failed");
        RequireReturnAllowed(page);
    }

    void RequireReturnAllowed(PaymentPage page) => Require(
        !page.Has(Written.Acknowledged) || page.OrderedBack > 0,
        "M11", page, "is taken back after its acknowledgement");

    public void Heard(string id, string echo, long minor, string currency)
    {
        var page = Page(id);
        page.SuccessHeard |= echo == id && minor == page.Order.Minor && currency == "EUR";
    }

    public void Captured(string id, long minor)
    {
        var page = Page(id);
        Require(page.Captured == 0, "M1", page, "captured twice");
        page.Captured += minor;
        page.CapturedAt = agenda.Now;
    }

    public void Returned(string id, long minor)
    {
        var page = Page(id);
        page.Returned += minor;
        Require(page.Returned <= page.Captured, "M12", page, $"{page.Returned} returned of {page.Captured} captured");
        Require(
            !page.Has(Written.Acknowledged) || page.Returned <= page.OrderedBack,
            "M12", page, $"{page.Returned} returned, {page.OrderedBack} ordered back");
    }

    // The till's book.

    public void Approves(string id, bool reached)
    {
        var page = Page(id);
        Require(page.SuccessHeard, "M2", page, "approved without a matching success");
        Require(page.Has(Written.Paid) && page.Has(Written.Offered), "M4", page, "approved before it was durable");
        Require(!JournalFailed, "M4", page, "approved after the journal failed");
        Require(!page.Has(Written.Withdrawn), "M6", page, "approved after its withdrawal");
        Require(!page.Has(Written.Cancelling), "M6", page, "approved after its cancel began");
        page.Approved = true;
        Offer(page, "approved", reached);
    }

    public void Tells(string id, string outcome, bool reached)
    {
        var page = Page(id);
        Require(!JournalFailed || outcome == "not confirmed", "M4", page, $"{outcome} left after the journal failed");
        page.ToldNotPaid = true;
        Offer(page, outcome, reached);
    }

    /// <summary>The till asked again: another answer than before may follow.</summary>
    public void AskedAgain()
    {
        Line.AskedAt = agenda.Now;
        foreach (var page in payments.Values)
        {
            page.LastOffer = "";
        }
    }

    void Offer(PaymentPage page, string outcome, bool reached)
    {
        Require(
            page.LastOffer.Length == 0 || page.LastOffer == outcome,
            "M5", page, $"{page.LastOffer}, then {outcome}");
        page.LastOffer = outcome;
        page.Answered |= reached;
    }

    public void Completes(string id)
    {
        var page = Page(id);
        Require(page.Has(Written.Acknowledged), "M4", page, "06 0F left before the acknowledgement was durable");
        Require(!JournalFailed, "M4", page, "06 0F left after the journal failed");
    }

    /// <param name="page">Null: asks for a code.</param>
    public void ShowsUntil(PaymentPage? page, long until)
    {
        if (page is not null)
        {
            Require(until <= page.T0 + LastProgress.Ticks, "M5", page, "04 FF may start after 23 s");
        }
        else
        {
            Require(Unresolved < MaxUnresolved, "M7", null, $"asks for a code with {Unresolved} unresolved");
        }
    }

    /// <summary>The terminal decides to refuse what was ordered.</summary>
    public void Refuses(string reason) => Require(
        reason != "TooManyUnresolved" || Unresolved >= MaxUnresolved,
        "M7", null, $"refused with {Unresolved} unresolved");

    /// <summary>The till hears that its order is refused.</summary>
    public void Refused(OrderPage order, string reason)
    {
        order.Refused = true;
        Require(
            order.Disturbed || JournalFailed || reason == "TooManyUnresolved",
            "M13", null, $"{order} refused: {reason}");
    }

    // Deadlines.

    public void AnswerDue(string id)
    {
        var page = Page(id);
        Require(!WasReachable(page) || page.Answered, "M5", page, "no answer by 29.5 s");
    }

    public void DecisionDue(string id)
    {
        var page = Page(id);
        Require(
            !WasReachable(page) || page.Standing != Written.Requested,
            "M6", page, "neither final nor cancelling at 25.3 s");
        Require(
            !WasReachable(page) || page.Standing != Written.Cancelling || page.CancelsSent > 0,
            "M6", page, "the cancel does not follow the last query");
    }

    bool WasReachable(PaymentPage page) => !JournalFailed && ReachableSince >= 0 && ReachableSince <= page.T0;

    void Require(bool holds, string promise, PaymentPage? page, string what)
    {
        if (!holds)
        {
            Break(promise, page is null ? what : $"payment {page} ({page.Order}): {what}");
        }
    }
}
