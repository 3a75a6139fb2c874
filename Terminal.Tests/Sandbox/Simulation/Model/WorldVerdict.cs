namespace Sandbox.Simulation.Model;

/// <summary>
/// The end of a world: faults are over, everything is final, the till has asked 06 20 once more. What the till
/// believes, what the gateway holds and what the journal says must agree.
/// </summary>
/// <remarks>
/// A <em>doubtful delivery</em> is the two generals' residue, counted and never a violation. Exactly two situations:
/// the till books on its acknowledgement of an approved 04 0F, and no such acknowledgement became durable (line or
/// power lost, or deaf until after the withdrawal), so the money went back; or the acknowledgement is durable, the till
/// books on 06 0F only, and no 06 0F reached it, so the money stayed. In both the till went on without a 06 20 that
/// would have told it.
/// </remarks>
static class WorldVerdict
{
    const long InTime = 20 * TimeSpan.TicksPerSecond;

    /// <returns>Doubtful deliveries.</returns>
    public static int Pass(Books books)
    {
        foreach (var page in books.Payments)
        {
            Judge(books, page);
        }
        books.Errands.ForEach(books.Returns.Judge);
        return books.Orders.Count(order => IsDoubtful(books, order));
    }

    static void Judge(Books books, PaymentPage page)
    {
        var name = $"payment {page} ({page.Order})";
        if (page.Kept < 0)
        {
            books.Break("M12", $"{name}: more returned than captured");
        }
        // A reversal that only a person could end: what the till is told meanwhile is that person's business.
        var byHand = page.Has(Written.NeedsAttention) && page.Returns.Count > 0;
        var isExcused = page.Lied || byHand || page.IsBeyondHelp;
        if (!isExcused && page.ToldNotPaid && page.Kept != 0)
        {
            books.Break("M3", $"{name}: told not paid, {page.Kept} stay captured");
        }
        if (!isExcused && page.Kept != Expected(page))
        {
            books.Break("M3", $"{name}: the journal says {page.Standing}, the gateway holds {page.Kept}");
        }
        if (page.Has(Written.Acknowledged) && !page.IsGivenBack && page.Returns.Count == 0 && page.Kept == 0)
        {
            books.Break("M11", $"{name}: acknowledged, and the money is gone");
        }
        if (!page.Order.Disturbed && page is { Returns.Count: 0, CapturedAt: >= 0 } &&
            page.CapturedAt <= page.T0 + InTime &&
            (page.Kept == 0 || page.Order.Belief != Belief.Paid))
        {
            books.Break("M13", $"{name}: paid in time without any fault, but not approved");
        }
    }

    /// <summary>What the gateway holds if the journal is right.</summary>
    static long Expected(PaymentPage page) => page switch
    {
        { Returns.Count: > 0 } => page.Captured - page.Undelivered - page.ReturnsDone,
        { Delivered: { } part } => page.Has(Written.Withdrawn) ? 0 : part,
        { Standing: Written.Paid } => page.Captured,
        _ => 0,
    };

    static bool IsDoubtful(Books books, OrderPage order)
    {
        var kept = order.Payments.Where(p => p.Kept > 0).ToList();
        if (kept.Count > 1)
        {
            books.Break("M1", $"{order} paid {kept.Count} times");
        }
        if (order.Payments.Any(p => p.Returns.Count > 0 || p.Lied || p.IsBeyondHelp) ||
            (order.Belief == Belief.Paid) == (kept.Count == 1))
        {
            return false;
        }
        if (MirrorBook.IsCertain(order))
        {
            books.Break("mirror", $"{order}: booked, and the money is gone");
        }
        var acknowledged = order.Payments.Any(p => p.Has(Written.Acknowledged));
        if (order.AckSent && (order.Belief == Belief.Paid ? !acknowledged : acknowledged && !order.CompleteHeard))
        {
            return true;
        }
        books.Break("M3", $"{order}: the till believes {order.Belief}, {kept.Count} captured");
        return false;
    }
}
