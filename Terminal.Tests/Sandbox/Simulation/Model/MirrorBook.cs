namespace Sandbox.Simulation.Model;

/// <summary>
/// The model's book of a till that mirrors receipt numbers: silence gives no approval up, the number that comes with
/// the next order decides.
/// </summary>
sealed class MirrorBook(Books books)
{
    PaymentPage? newest;

    /// <summary>An order leaves the till with the number that it holds.</summary>
    public void Tells(OrderPage order, int? receipt)
    {
        (order.IsMirrored, order.Mirrored) = (true, receipt);
        foreach (var page in books.Payments.Where(p => p.Receipt != receipt && p.Order.Belief != Belief.Paid))
        {
            page.IsDisowned = true;
        }
    }

    public void Begins(PaymentPage page)
    {
        if (page.Order is { IsMirrored: true, Mirrored: { } receipt } && newest is { } before)
        {
            Require(
                receipt == before.Receipt || IsSettled(before) || SaysNothing(receipt, before),
                before, $"{page.Order} tells {receipt}, and it stays");
        }
        newest = page;
    }

    public void Withdrawn(PaymentPage page)
    {
        Require(
            !page.Order.IsMirrored || page.MayBeWithdrawn,
            page, "withdrawn, and the till never said that it has it not");
        Require(page.ReturnsDone == 0, page, "withdrawn, and the till had some of it returned");
    }

    /// <summary>A till reads 04 0F.</summary>
    /// <param name="receipt">Null: it does not say which one to mirror.</param>
    public void Reads(PaymentPage? page, int? receipt)
    {
        if (page is not null && receipt is not null)
        {
            Require(receipt == page.Receipt, page, $"to be mirrored as {receipt}");
        }
    }

    /// <summary>Approved, and not even acknowledged: only the till's next order can end it.</summary>
    public static bool Awaits(PaymentPage page) => page is { IsSale: true, Order.IsMirrored: true } &&
        page.Standing == Written.Paid && page.Has(Written.Offered) &&
        !page.Has(Written.Acknowledged | Written.Withdrawn);

    /// <summary>At the end: is the till sure to be right about an order?</summary>
    public static bool IsCertain(OrderPage order) => order is { IsMirrored: true, Belief: Belief.Paid } &&
        !order.Payments.Exists(p => p.MayBeWithdrawn);

    /// <summary>
    /// Of a return after the sale, or told again after a newer one that the till has: it says nothing about the sale.
    /// If that was acknowledged it stays (M11); if not it is given up all the same.
    /// </summary>
    bool SaysNothing(int receipt, PaymentPage before) => before.Has(Written.Acknowledged) &&
        (receipt > before.Receipt || books.Payments.Any(
            p => p.Receipt > receipt && p.Receipt < before.Receipt && p.Has(Written.Acknowledged)));

    static bool IsSettled(PaymentPage page) => !page.Order.IsMirrored || page.Order.Belief == Belief.Paid ||
        !page.Approved || page.Has(Written.Withdrawn) || page.Returns.Count > 0 ||
        (page.Standing != Written.Paid && page.Delivered is null);

    void Require(bool holds, PaymentPage page, string what)
    {
        if (!holds)
        {
            books.Break("mirror", $"payment {page} ({page.Order}), receipt {page.Receipt}: {what}");
        }
    }
}
