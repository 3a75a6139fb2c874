using static Terminal.Payments.Answers.DeliveryState;

namespace Terminal.Payments.Orders;

/// <summary>
/// Which payment a receipt number means. Numbers wrap, so several may have the same: then the order must name all that
/// exactly one of them came to, or no money moves.
/// </summary>
sealed record ReceiptChoice(Transaction? Original, IReadOnlyList<Transaction> Rivals, bool InPeriod)
{
    /// <param name="inPeriod">All with the number that began in the open business period, newest first.</param>
    /// <param name="before">Asked for only if none of those was ever approved: all before it.</param>
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
            // With no other, a wrong amount is an error of its own.
            ([var only], _) => new(only, [], inPeriod),
            (_, []) => new(candidates[0], candidates[1..], inPeriod),
            _ => new(fitting[0], fitting[1..], inPeriod),
        };
    }

    /// <summary>
    /// What was given back since counts too: whoever orders the same reversal twice must not get the next older one.
    /// </summary>
    static bool WasApproved(Transaction t) => t.Order is Sale &&
        (t.Delivery is Retelling again ? again.Settled : t.Delivery) is Held or Acknowledged or Completed or Withdrawn;

    /// <summary>
    /// All of the sale, also in a refund: a part could be of any of them. The amount of the sale stays, so that an
    /// order sent again means the same one.
    /// </summary>
    static bool Fits(ReturnRequest request, Money paid) => request.Amount is not { } asked || asked == paid;
}
