using Sandbox.Simulation.Peers;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Sandbox.Simulation.Search;

/// <summary>What is promised of reversals and refunds, M12 above all, with the money counted at the gateway.</summary>
static class ReturnJudge
{
    /// <summary>What the till ordered back, each instruction once.</summary>
    public static long Ordered(Position s, PaymentId of) => s.Returns.Where(r => r.Of == of).Sum(r => r.Minor);

    /// <summary>What the journal says was returned by order.</summary>
    public static long Done(Position s, PaymentId of) =>
        s.Journal.Where(t => t.Payment is PaymentState.Done && IsReturnOf(t, of)).Sum(t => t.Order.Worth.Minor);

    public static bool IsReversed(Position s, PaymentId of) => s.Journal.Any(t => IsReturnOf(t, of) &&
        t is { Payment: PaymentState.Returning, Order: Reversal });

    /// <summary>A refund that the till ordered, or what a reversal became that came too late for a cancel.</summary>
    public static bool IsOrdered(Position s, Effect.Refund e) => s.Journal.Any(t =>
        t.Payment is PaymentState.Returning && IsReturnOf(t, e.Payment) && t.Order.Worth == e.Amount);

    /// <summary>The promise that the answer to an order breaks; null if none.</summary>
    public static string? Order(Position after, ReturnOrder order, Effect[] effects)
    {
        var told = TillReturns.Pending(after, order);
        var isRefused = effects.Any(e => e is Effect.Refuse);
        if (told.Of == TillReturns.Nobodys)
        {
            return isRefused && effects is [_] ? null : "M12: a number of several sales, and money moves";
        }
        return (TillReturns.IdOf(effects), told.Id) switch
        {
            (_, { } id) when isRefused && after.Durable(id)?.Payment is not PaymentState.Failed =>
                $"M12: the same order again is refused, and {id} began",
            ({ } id, { } before) when id != before && after.Durable(before)?.Payment is not PaymentState.Failed =>
                $"M12: {before} begins a second time, as {id}",
            ({ } id, _) when after.Durable(id) is not { } begun || !IsReturnOf(begun, told.Of) =>
                $"M12: of {told.Of} the till ordered it, and {id} is of another sale",
            ({ } id, null) when after.Returns.Any(r => r.Id == id) => $"M12: a new order is told the result of {id}",
            (null, null) when isRefused && after.Smooth && IsFirst(after, told) =>
                "M13: nothing went wrong, and the first return is refused",
            (null, _) when !isRefused => "M5: an order without an answer",
            _ => null,
        };
    }

    /// <summary>04 0F of a return.</summary>
    public static string? Tell(Position after, Effect.Offer e, PaymentId of) =>
        (e.Outcome, after.Durable(e.Order.Id)) switch
        {
            (_, null) => $"M4: {e.Order.Id} is told before its record",
            (Outcome.Approved, { Payment: not PaymentState.Done }) =>
                $"M4: {e.Order.Id} is told as done before its record",
            (Outcome.Approved, _)
                when after.Returns.Any(r => r.Id == e.Order.Id && r.Heard == ReturnHeard.NotReturned) =>
                $"M12: {e.Order.Id} was told as not returned before",
            (Outcome.Approved, _) when after.AccountOf(of) is { } a && a.Returned - a.Rest < Done(after, of) =>
                $"M12: {e.Order.Id} is told as returned, and the gateway has not returned it",
            (Outcome.Rejected, { Payment: not PaymentState.Failed }) =>
                $"M12: {e.Order.Id} is told as not returned, and may be",
            _ => null,
        };

    /// <summary>Nothing more is going to happen: what the till was told is what became of the money.</summary>
    public static string? Rest(Position s, Account a)
    {
        var returns = s.Returns.Where(r => r.Of == a.Id).ToList();
        var told = returns.Where(r => r.Heard == ReturnHeard.Returned).Sum(r => r.Minor);
        var open = returns.Where(r => r.Heard != ReturnHeard.NotReturned).Sum(r => r.Minor);
        var returned = a.Returned - (Judge.IsBooked(s.Durable(a.Id)) ? a.Rest : 0);
        return returned < Done(s, a.Id) ? $"M12: {a.Id} is recorded as returned, and is not"
            : returned < told ? $"M12: {told} of {a.Id} were told as returned, and are not"
            : Judge.IsBooked(s.Durable(a.Id)) && returned > open
                ? $"M12: the till was told that of {a.Id} no more than {open} is returned, and more is"
            : s.Smooth && returns.Exists(r => r.Heard != ReturnHeard.Returned)
                ? $"M13: nothing went wrong, and a return of {a.Id} was not carried out"
            : null;
    }

    static bool IsFirst(Position s, TillReturn order) =>
        s.Returns.Count(r => r.Of == order.Of) == 1 && Judge.IsBooked(s.Durable(order.Of));

    static bool IsReturnOf(Transaction t, PaymentId of) =>
        t.Order is Return given && given.Of.Id == of;
}
