using Terminal.Payments.Orders;

namespace Terminal.Payments.Periods;

/// <summary>The books before a step: enough to total the period together with what the step adds.</summary>
/// <param name="Open">Every order that is open.</param>
/// <param name="Entries">The newest entry of the journal.</param>
/// <param name="Stored">The newest entry that the head office has.</param>
sealed record Accounts(
    Period Period, IReadOnlyDictionary<PaymentId, OrderAccount> Open, long Entries, long Stored)
{
    /// <summary>
    /// The sale that a mirrored receipt number tells about: the step may change it although it is closed.
    /// </summary>
    public OrderAccount? Mirrored { get; init; }

    /// <param name="step">The records that will be written before the period closes.</param>
    public PeriodTotals Total(params IEnumerable<Effect.Record> step)
    {
        var (period, open, entry) = (Period, Open.ToDictionary(), Entries);
        foreach (var (id, fact) in step)
        {
            var before = Find(open, id);
            if (OrderAccount.After(before, fact, ++entry) is { } after)
            {
                open[id] = after;
                period = period.Take(before, after, fact, after.IsOfBooked(fact, of => Find(open, of)));
            }
        }
        var unbooked = open.Values.Where(a => a.Unbooked > 0)
            .Aggregate(default(Tally), (sum, a) => sum.Plus(a.Unbooked));
        return period.Total(unbooked, Entries, Stored);
    }

    OrderAccount? Find(Dictionary<PaymentId, OrderAccount> open, PaymentId id) =>
        open.GetValueOrDefault(id) ?? (Mirrored?.Transaction.Order.Id == id ? Mirrored : null);
}
