using Terminal.Journal;

namespace Sandbox.Simulation.Model;

/// <summary>
/// The independent model: three books (what the till believes, what the gateway holds, what the journal says), written
/// from the promises and sharing nothing with the product's core. Every promise that speaks of a moment is judged at
/// that moment; <see cref="WorldVerdict"/> judges the rest at the end.
/// </summary>
sealed partial class Books
{
    public static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(29.5);
    public static readonly TimeSpan LastProgress = TimeSpan.FromSeconds(23);

    /// <summary>The cancel is recorded by then if nothing final was heard; a tenth of a second for rounding.</summary>
    public static readonly TimeSpan DecisionLimit = TimeSpan.FromSeconds(25.3);

    const int MaxUnresolved = 5;

    /// <summary>From the end of the line to the loop, inside the box.</summary>
    static readonly TimeSpan Hops = TimeSpan.FromMilliseconds(2);

    readonly Agenda agenda;
    readonly Dictionary<string, PaymentPage> payments = [];
    readonly Dictionary<string, OrderPage> codes = [];
    readonly Dictionary<string, OrderPage> fingerprints = [];

    public List<OrderPage> Orders { get; } = [];

    /// <summary>Returns and end-of-days that the till ordered.</summary>
    public List<OrderPage> Errands { get; } = [];

    /// <summary>Payments, returns, end-of-days.</summary>
    public IReadOnlyCollection<PaymentPage> All => payments.Values;

    public IEnumerable<PaymentPage> Payments => payments.Values.Where(p => p.IsSale);

    /// <summary>The payment that was submitted last, or the return that began after it.</summary>
    public PaymentPage? Submitted { get; private set; }

    /// <summary>The instruction that began last.</summary>
    public PaymentPage? Newest { get; private set; }

    /// <summary>The instruction that the till was told of last, for the first time or again.</summary>
    public PaymentPage? LastTold { get; private set; }

    public Violation? Violation { get; private set; }

    /// <summary>The journal of this process failed: only cancels and "not confirmed" may leave.</summary>
    public bool JournalFailed { get; set; }

    /// <summary>Since when box and line have both been up; -1 while one is down.</summary>
    public long ReachableSince { get; set; } = -1;

    public int Unresolved => Payments.Count(p => p.Standing is not Written.Nothing && !p.IsFinal);

    public OrderPage Open(OrderPage order)
    {
        Orders.Add(order);
        codes.Add(order.Code, order);
        fingerprints.Add(order.Fingerprint, order);
        return order;
    }

    /// <summary>The customer of an order shows another code from now on, if the terminal reads it.</summary>
    public void Show(OrderPage order, string code, string fingerprint)
    {
        order.Show(code, fingerprint);
        codes.Add(code, order);
        fingerprints.Add(fingerprint, order);
    }

    public void Break(string promise, string what) => Violation ??= new(promise, what);

    /// <summary>A fault that touches everything under way.</summary>
    public void DisturbAll()
    {
        foreach (var page in payments.Values.Where(p => !p.IsFinal || !p.Has(Written.Completed)))
        {
            page.Order.Disturbed = true;
        }
        if (Errands is [.., { Belief: Belief.None } last])
        {
            last.Disturbed = true; // It may have no page yet.
        }
    }

    // The journal's book.

    public Books(Agenda agenda)
    {
        this.agenda = agenda;
        Line = new(agenda, this);
        Period = new(this);
        Returns = new(this);
        Mirror = new(this);
    }

    public LineBook Line { get; }
    public PeriodBook Period { get; }
    public ReturnBook Returns { get; }
    public MirrorBook Mirror { get; }

    /// <summary>Every entry that reached the disk, in order: what the head office must have in the end.</summary>
    public List<Entry> Journal { get; } = [];

    public string Epoch { get; private set; } = "";

    public void Wrote(string epoch, Entry entry)
    {
        Epoch = epoch;
        Journal.Add(entry);
        var (id, kind, body) = (entry.PaymentId, entry.Kind, entry.Body);
        Require(entry.Sequence == Journal.Count, "M8", null, $"entry {entry.Sequence} is the {Journal.Count}th");
        if (!payments.TryGetValue(id, out var page) && (page = Begin(entry)) is null)
        {
            return;
        }
        page.Write(EntryText.Read(kind));
        if (kind == "requested")
        {
            page.Fingerprint = EntryText.Field(body, "fingerprint");
            Require(fingerprints[page.Fingerprint] == page.Order, "M1", page, "the code is of another customer");
        }
        if (kind == "refund-started")
        {
            page.RefundsWritten.Add(EntryText.Field(body, "refundId"));
        }
        Parts(kind, page, body);
        Require(
            !page.Order.CodeBytes.Exists(code => body.AsSpan().IndexOf(code) >= 0),
            "M9", page, "the code is in the journal");
        if (kind == "withdrawn")
        {
            Withdrawn(page);
        }
        Period.Wrote(kind, page, body);
    }

    /// <summary>The page of an instruction that becomes durable; null if nobody ordered it.</summary>
    PaymentPage? Begin(Entry entry)
    {
        var (id, body) = (entry.PaymentId, entry.Body);
        var order = entry.Kind switch
        {
            "return-requested" => Returns.Ordered(body),
            "period-closed" => Errands.FindLast(o => o.Errand == Errand.Close),
            "ordered" => OrderOf(EntryText.Number(body, "minor")),
            _ => fingerprints[EntryText.Field(body, "fingerprint")],
        };
        if (order is null)
        {
            Break("M12", $"{entry.Kind}: nobody ordered it");
            return null;
        }
        var page = new PaymentPage(id, order)
        {
            Receipt = EntryText.Number(body, "receipt"),
            Fingerprint = null,
            Period = Period.Number,
            T0 = order.Errand == Errand.Sale ? -1 : agenda.Now,
        };
        payments.Add(id, page);
        Returns.Begins(page);
        Newest = page;
        order.Payments.Add(page);
        Line.Numbered(entry, page);
        if (page.IsSale)
        {
            Require(
                page.Number == 0 || order.Payments.Count(p => p.Number == page.Number) == 1,
                "numbers", page, "a second payment under the number of its order");
            Mirror.Begins(page);
        }
        else
        {
            Submitted = page;
            agenda.After(AnswerLimit, () => AnswerDue(id));
        }
        return page;
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
        Require(
            page.Charges > 1 || page.GoneAt is not { } gone || agenda.Now - gone < Hops.Ticks,
            "line", page, "pay left for a till that was gone before the code came");
        Require(!JournalFailed, "M4", page, "pay left after the journal failed");
        Require(page.Order == order, "ids", page, $"the id was used before, for {page.Order}");
        Require(minor == order.Minor, "M1", page, $"{minor} submitted, {order.Minor} ordered");
        Require(order.Payments.Count(p => p.Code == code) == 1, "M7", page, "the code was submitted before");
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
        foreach (var other in Payments.Where(p => p != page))
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
        Returns.CancelLeaves(page);
    }

    public void RefundLeaves(string id, string refund)
    {
        var page = Page(id);
        Require(page.RefundsWritten.Contains(refund), "M4", page, "a refund left before it was durable");
        Require(!JournalFailed, "M4", page, "a refund left after the journal failed");
        RequireReturnAllowed(page);
    }

    /// <summary>An inquiry about what the journal says was declined: the check that is promised.</summary>
    public static bool InquiryLeaves(PaymentPage page)
    {
        var isCheck = page.Standing == Written.Failed;
        page.CheckHeard = isCheck ? false : page.CheckHeard;
        return isCheck;
    }

    void RequireReturnAllowed(PaymentPage page) => Require(
        !page.Has(Written.Acknowledged) || page.OrderedBack + page.Undelivered > 0 || page.IsGivenBack,
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
            !page.Has(Written.Acknowledged) || page.IsGivenBack || page.Returned <= page.OrderedBack + page.Undelivered,
            "M12", page, $"{page.Returned} returned, {page.OrderedBack} ordered back");
    }

    void Require(bool holds, string promise, PaymentPage? page, string what)
    {
        if (!holds)
        {
            Break(promise, page is null ? what : $"payment {page} ({page.Order}): {what}");
        }
    }
}
