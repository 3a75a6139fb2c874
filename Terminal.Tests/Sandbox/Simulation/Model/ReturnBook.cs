using System.Globalization;

namespace Sandbox.Simulation.Model;

/// <summary>The model's book of reversals and refunds: which may begin, and what may be told of them.</summary>
sealed class ReturnBook(Books books)
{
    /// <summary>The order that an entry says it is of; null if the till ordered nothing like it.</summary>
    public OrderPage? Ordered(byte[] body)
    {
        var (payment, kind) = (EntryText.Field(body, "ofPayment"), EntryText.Field(body, "kind"));
        var minor = EntryText.Number(body, "minor");
        return books.Errands.FindLast(o =>
            o.Of?.Id == payment && o.Minor == minor && o.Errand.ToString() == kind);
    }

    /// <summary>A return becomes durable.</summary>
    public void Begins(PaymentPage page)
    {
        var order = page.Order;
        // An end-of-day after which something else began or was told is not repeated: the next closes another period.
        var mayBegin = order.Errand == Errand.Sale ||
            order.Payments.TrueForAll(p => p.Has(Written.NotReturned)) ||
            (order.Errand == Errand.Close && (books.Newest != order.Payments[^1] || books.LastTold != books.Newest));
        Require(
            mayBegin,
            "M12", page, "the same order begins a second time");
        if (order.Of is not { } of)
        {
            return;
        }
        var rest = of.Captured - of.Undelivered - of.OrderedBack;
        Require(of.Approved, "M12", page, "returns what was never approved");
        Require(of.Lied || page.Minor <= rest, "M12", page, $"{page.Minor} begin to go back, {rest} are left");
        Require(
            order.Errand == Errand.Refund || page.Minor == of.Minor, "M12", page, "a reversal of another amount");
        Require(
            order.ByReference || of.Period == books.Period.Number,
            "M12", page, "goes by a receipt of a period that is closed");
        RequireOnly(page, of);
        of.Returns.Add(page);
    }

    /// <summary>More than one sale in reach has the number: unless the order names all of this one, no money moves.
    /// </summary>
    void RequireOnly(PaymentPage page, PaymentPage of) => Require(
        page.Order.ByReference || Sharing(of, of.Period) is [] ||
        (Names(page.Order, of) && !Sharing(of, of.Period).Exists(other => Names(page.Order, other))),
        "M12", page, $"receipt {of.Receipt} is of more than one sale");

    /// <summary>Receipt numbers wrap: other sales of a period with the number of this one.</summary>
    public List<PaymentPage> Sharing(PaymentPage of, int period) =>
    [
        .. books.Payments.Where(p => p != of && p.Receipt == of.Receipt && p.Period == period &&
            p.Has(Written.Offered) && p.Has(Written.Paid)),
    ];

    /// <summary>The amount of the order is all that this sale came to.</summary>
    public static bool Names(OrderPage order, PaymentPage sale) => order.NamesAmount && order.Minor == sale.Minor;

    /// <summary>While an earlier return may be unheard, the next one could be that one again.</summary>
    public static bool MayWait(OrderPage order, string reason) =>
        reason is "NotReturnable" or "ReturnUnderWay" or "B5" && order.Of is { } of &&
        (of.IsRestOpen || of.Returns.Exists(r => r.Order != order && r.Order.Disturbed));

    public void CancelLeaves(PaymentPage of)
    {
        Require(of.Delivered is null, "M12", of, "is cancelled, which returns more than was not delivered");
        Require(
            !of.Has(Written.Acknowledged) || of.IsGivenBack ||
            of.Returns.Exists(r => r.Order.Errand == Errand.Reversal),
            "M11", of, "is cancelled after its acknowledgement, and no reversal was ordered");
        Require(
            !of.Approved || of.Has(Written.Acknowledged | Written.Withdrawn),
            "M6", of, "is cancelled while the till may still acknowledge its approval");
    }

    /// <summary>The terminal says that a return was carried out, or that the period is closed.</summary>
    public void Approves(PaymentPage page)
    {
        // "Offered" decides nothing here: whatever the till answers, what was carried out stands.
        Require(page.Has(Written.Returned | Written.PeriodClosed), "M4", page, "told as done before it was durable");
        if (page.Order.Of is { Lied: false } of)
        {
            page.ToldReturned = true;
            var told = of.Returns.Sum(r => r.ToldReturned ? r.Minor : 0);
            var returned = of.Returned - of.Undelivered;
            Require(returned >= told, "M12", page, string.Create(
                CultureInfo.InvariantCulture, $"told as returned: {told}; the gateway has returned {returned}"));
        }
    }

    /// <summary>At the end: what the till was told of a return is what became of it.</summary>
    public void Judge(OrderPage order)
    {
        var isDone = order.Payments.Exists(p => p.Has(Written.Returned | Written.PeriodClosed));
        if (order.Belief == Belief.Paid && !isDone)
        {
            books.Break("M12", $"{order}: told as done, and it is not");
        }
        if (order.Belief == Belief.NotPaid && isDone)
        {
            books.Break("M12", $"{order}: told as not done, and it is");
        }
        if (!order.Disturbed && !order.Refused && !order.WasEmpty && order.Belief != Belief.Paid)
        {
            books.Break("M13", $"{order}: not carried out, without any fault");
        }
    }

    void Require(bool holds, string promise, PaymentPage page, string what)
    {
        if (!holds)
        {
            books.Break(promise, $"payment {page} ({page.Order}): {what}");
        }
    }
}
