using System.Collections.Immutable;
using Terminal.Payments.Orders;

namespace Terminal.Payments.Periods;

/// <summary>
/// Adds up the open business period. A sale counts when the ECR acknowledged it, a return when it was carried out. So
/// an order that one period carries over counts in a later one, and none counts twice.
/// </summary>
/// <param name="Start">The period's first entry.</param>
sealed record Period(long Start)
{
    public Tally Sales { get; init; }

    public Tally Reversals { get; init; }

    public Tally Refunds { get; init; }

    /// <summary>First and last receipt number used in the period; 0 if none was.</summary>
    public (int First, int Last) Receipts { get; init; }

    /// <summary>Taken less returned, as the gateway confirmed it, in minor units.</summary>
    public long Gateway { get; init; }

    /// <summary>
    /// How the money at the gateway that is in no total of the ECR has changed since the period began.
    /// </summary>
    public long Unbooked { get; init; }

    /// <summary>The net as far as the head office has the entries.</summary>
    public long AtHeadOffice { get; init; }

    /// <summary>
    /// The net after each entry that changed it and that the head office may not have. At most one entry in four does,
    /// so the limit of the journal also limits this queue, to a hundredth of it at most.
    /// </summary>
    public ImmutableQueue<(long Entry, long Net)> Ahead { get; init; } = [];

    public long Net => Sales.Minor - Reversals.Minor - Refunds.Minor;

    /// <summary>The head office has the journal up to here: never less than before.</summary>
    public Period Acknowledge(long stored)
    {
        var period = this;
        while (!period.Ahead.IsEmpty && period.Ahead.Peek() is var next && next.Entry <= stored)
        {
            period = period with { AtHeadOffice = next.Net, Ahead = period.Ahead.Dequeue() };
        }
        return period;
    }

    /// <param name="open">Money at the gateway now that is in no total of the ECR.</param>
    /// <param name="entries">The newest entry of the journal.</param>
    /// <param name="stored">The newest entry that the head office has.</param>
    public PeriodTotals Total(Tally open, long entries, long stored) =>
        new(Sales, Reversals, Refunds, Receipts, entries, stored)
        {
            Balance = new(Gateway, AtHeadOffice, open, open.Minor - Unbooked),
        };

    /// <param name="wasBooked">For a reversal: the ECR had acknowledged the sale that it returns.</param>
    public Period Take(OrderAccount? before, OrderAccount after, Fact fact, bool wasBooked)
    {
        var takenBack = after.Booked == 0 ? before?.Booked ?? 0 : 0;
        var period = Count(after.Transaction.Order, fact, (takenBack, wasBooked)) with
        {
            Gateway = Gateway + after.AtGateway - (before?.AtGateway ?? 0),
            Unbooked = Unbooked + after.Unbooked - (before?.Unbooked ?? 0),
        };
        return period.Net == Net ? period : period with { Ahead = Ahead.Enqueue((after.LastEntry, period.Net)) };
    }

    Period Count(Order order, Fact fact, (long TakenBack, bool Original) booked)
    {
        var minor = order.Worth.Minor;
        return (order, fact) switch
        {
            (_, Fact.Ordered or Fact.Requested or Fact.ReturnRequested) => this with
            {
                Receipts = (Receipts.First == 0 ? order.Receipt : Receipts.First, order.Receipt),
            },
            (Sale, Fact.Acknowledged) => this with { Sales = Sales.Plus(minor) },
            // The ECR did not book it after all.
            (Sale, Fact.Withdrawn) when booked.TakenBack >= Start =>
                this with { Sales = Sales.Minus(minor) },
            (Sale, Fact.Withdrawn) when booked.TakenBack > 0 =>
                this with { Reversals = Reversals.Plus(minor) },
            // An ECR that reverses a sale has heard of it, even if its acknowledgement never came.
            (Reversal, Fact.Returned) => this with
            {
                Sales = booked.Original ? Sales : Sales.Plus(minor),
                Reversals = Reversals.Plus(minor),
            },
            (Refund, Fact.Returned) => this with { Refunds = Refunds.Plus(minor) },
            _ => this,
        };
    }
}
