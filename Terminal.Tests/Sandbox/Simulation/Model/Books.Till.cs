namespace Sandbox.Simulation.Model;

/// <summary>What the till is told, and by when.</summary>
sealed partial class Books
{
    /// <param name="minor">The amount that the till is told.</param>
    public void Approves(string id, long minor, bool reached)
    {
        var page = Page(id);
        if (page.IsSale)
        {
            Require(minor == page.Minor, "M2", page, $"told as {minor}, it is {page.Minor}");
            Require(page.SuccessHeard, "M2", page, "approved without a matching success");
            Require(page.Has(Written.Paid) && page.Has(Written.Offered), "M4", page, "approved before it was durable");
            Require(!page.Has(Written.Withdrawn), "M6", page, "approved after its withdrawal");
            Require(!page.Has(Written.Cancelling), "M6", page, "approved after its cancel began");
        }
        else
        {
            Returns.Approves(page);
        }
        Require(!JournalFailed, "M4", page, "approved after the journal failed");
        page.Approved = true;
        page.ApprovedAt = agenda.Now;
        Offer(page, "approved", reached);
    }

    public void Tells(string id, string outcome, bool reached)
    {
        var page = Page(id);
        Require(!JournalFailed || outcome == "not confirmed", "M4", page, $"{outcome} left after the journal failed");
        Require(
            page.ToldNotPaid || !page.IsSale || page.Has(Written.Requested) || page.Order.Disturbed || JournalFailed ||
            Unresolved >= MaxUnresolved,
            "M13", page, "ends before anything left, without any fault");
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
        LastTold = page;
        page.Answered |= reached;
    }

    public void Completes(string id)
    {
        var page = Page(id);
        // A return stands whatever the till answers.
        Require(
            !page.IsSale || page.Has(Written.Acknowledged),
            "M4", page, "06 0F left before the acknowledgement was durable");
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
            reason != "CodeUsed" || order.Number == 0 || !order.Payments.Exists(p => p.Number == order.Number),
            "numbers", null, $"{order} came again under its number, and its code is refused");
        // A probe that was taken for an order is under way behind the till's back.
        var isBusy = reason == "Busy" &&
            payments.Values.Any(p => p is { Order.IsProbe: true, Answered: false, IsFinal: false });
        Require(
            order.Disturbed || JournalFailed || isBusy || reason is "TooManyUnresolved" ||
            ReturnBook.MayWait(order, reason),
            "M13", null, $"{order} refused: {reason}");
    }

    /// <summary>The till hears that there was nothing to close.</summary>
    /// <param name="isCertain">It asked nothing else that this could answer.</param>
    public void ClosedBefore(OrderPage order, bool isCertain)
    {
        order.WasEmpty = true;
        order.Disturbed |= !isCertain;
        Require(order.Disturbed || Period.IsEmpty, "M13", null, $"{order}: told as closed before, and it was not");
    }

    /// <summary>Amounts tell orders apart; of one that nobody keeps a page of, a page of its own.</summary>
    OrderPage OrderOf(long minor) => Orders.FindLast(o => o.Minor == minor) ?? new(0, "none", minor, ownScanner: false)
    {
        Fingerprint = "none",
        IsProbe = true,
        Disturbed = true,
    };

    public bool IsAmountTaken(long minor) => Orders.Exists(o => o.Minor == minor);

    /// <summary>The till's line is lost, or it began anew: what waits for a code ends.</summary>
    public void TillGoes()
    {
        foreach (var page in payments.Values.Where(p => p.IsWaiting))
        {
            page.GoneAt ??= agenda.Now;
        }
    }

    /// <summary>When the till registered anew, and has neither asked nor ordered anything since; -1: it did not.
    /// </summary>
    public long StartedAt { get; set; } = -1;

    static readonly TimeSpan KeptAfterStart = TimeSpan.FromSeconds(179);

    /// <summary>As long as an order may be under way.</summary>
    const long Way = 5 * TimeSpan.TicksPerSecond;

    /// <summary>When the till started again last.</summary>
    public long ForgotAt { get; set; } = -Way;

    /// <param name="said">When it sent 06 00: the terminal can count from no earlier.</param>
    public void TillStartsAgain(long said) => StartedAt = said;

    /// <summary>After 06 00 only time, or what the till does next, takes back an approval that it did not answer.
    /// </summary>
    void Withdrawn(PaymentPage page)
    {
        Mirror.Withdrawn(page);
        var since = Math.Max(StartedAt, page.ApprovedAt);
        Require(
            StartedAt < 0 || page.IsRefused || page.ApprovedAt < 0 || agenda.Now - since >= KeptAfterStart.Ticks,
            "restart", page, "taken back by 06 00");
    }

    /// <summary>A return or end-of-day whose commit failed is told as "not confirmed", and has no page.</summary>
    public PaymentPage Page(string id) =>
        payments.TryGetValue(id, out var page) ? page :
        JournalFailed && Errands is [.., var lost] ? new(id, lost) :
        throw new KeyNotFoundException($"nobody made {id}");

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

    /// <summary>A till that forgot its order, or did before the order arrived, has to ask for the result.</summary>
    bool WasReachable(PaymentPage page) =>
        !JournalFailed && ReachableSince >= 0 && Math.Max(ReachableSince, ForgotAt + Way) <= page.T0;
}
