using static Terminal.Payments.Answers.DeliveryState;

namespace Terminal.Payments.Orders;

/// <summary>
/// Which payment a receipt number means. Numbers wrap, so several payments may have the same one. Then the order must
/// name the full amount of exactly one of them, or no money moves.
/// </summary>
sealed record ReceiptChoice(Transaction? Original, IReadOnlyList<Transaction> Rivals, bool InPeriod)
{
    /// <param name="inPeriod">All orders with the number that began in the open business period, newest first.</param>
    /// <param name="before">
    /// All orders with the number before that period; asked for only if none in it was ever approved.
    /// </param>
    public static ReceiptChoice Of(
        ReturnRequest request, IReadOnlyList<Transaction> inPeriod, Func<IReadOnlyList<Transaction>> before)
    {
        if (Among(request, inPeriod, true) is { } chosen)
        {
            return chosen;
        }
        var closed = before();
        return Among(request, closed, false) ?? new(inPeriod.Concat(closed).FirstOrDefault(), [], InPeriod: true);
    }

    static ReceiptChoice? Among(ReturnRequest request, IReadOnlyList<Transaction> found, bool inPeriod)
    {
        Transaction[] candidates = [.. found.Where(WasApproved)];
        Transaction[] fitting = [.. candidates.Where(t => Fits(request, t.Order.Worth))];
        return (candidates, fitting) switch
        {
            ([], _) => null,
            // A single candidate is taken whatever the amount; a wrong amount is refused later, as such.
            ([var only], _) => new(only, [], inPeriod),
            (_, []) => new(candidates[0], candidates[1..], inPeriod),
            _ => new(fitting[0], fitting[1..], inPeriod),
        };
    }

    /// <summary>
    /// A payment that was returned since counts too: an ECR that orders the same reversal twice must not hit the next
    /// older payment.
    /// </summary>
    static bool WasApproved(Transaction t) => t.Order is Sale &&
        (t.Delivery is Retelling again ? again.Settled : t.Delivery) is Held or Acknowledged or Completed or Withdrawn;

    /// <summary>
    /// A refund, too, must name all of the sale: a part could belong to any of them. Returns do not change the sale's
    /// amount, so an order sent again means the same sale.
    /// </summary>
    static bool Fits(ReturnRequest request, Money paid) => request.Amount is not { } asked || asked == paid;
}
