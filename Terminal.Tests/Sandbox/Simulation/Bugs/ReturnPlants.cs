using Terminal.Checkout;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using Terminal.Payments.Periods;

namespace Sandbox.Simulation.Bugs;

/// <summary>Bugs in reversal, refund and end-of-day.</summary>
static class ReturnPlants
{
    static readonly Delivery Telling = new(Policy.Default);

    /// <summary>The same return again is another return.</summary>
    public static DeskInput ForgetTheReturn(DeskState state, DeskInput input) =>
        input is DeskInput.ReturnOrdered e ? new DeskInput.ReturnOrdered(e.Order with { Earlier = null }) : input;

    /// <summary>The till acknowledged 04 0F of a return, never 06 0F, and orders it again: another return.</summary>
    public static DeskInput EndWithTheAcknowledgement(DeskState state, DeskInput input) =>
        input is DeskInput.ReturnOrdered { Order.Earlier.Delivery: DeliveryState.Acknowledged }
            ? ForgetTheReturn(state, input)
            : input;

    /// <summary>Of the sales with the number it is the newest.</summary>
    public static DeskInput TakeTheNewest(DeskState state, DeskInput input) =>
        input is DeskInput.ReturnOrdered e ? new DeskInput.ReturnOrdered(e.Order with { Rivals = [] }) : input;

    /// <summary>06 31 by the number of several sales is of the only one that can bear it.</summary>
    public static DeskInput TakeTheOnlyBearer(DeskState state, DeskInput input)
    {
        if (input is not DeskInput.ReturnOrdered
            {
                Order: { Original: { } newest, Rivals: [_, ..] rivals, InPeriod: true } order
            } || order.Request is not { Kind: ReturnKind.Refund, Amount: { } asked })
        {
            return input;
        }
        Transaction[] bearing = [.. rivals.Prepend(newest).Where(t => t.Order.Worth.Minor >= asked.Minor)];
        return bearing is [{ Payment: PaymentState.Paid } only]
            ? new DeskInput.ReturnOrdered(order with
            {
                Original = only,
                Earlier = null,
                Rivals = [],
            })
            : input;
    }

    /// <summary>A refund by receipt looks into every period.</summary>
    public static DeskInput LookIntoClosedPeriods(DeskState state, DeskInput input) =>
        input is DeskInput.ReturnOrdered e ? new DeskInput.ReturnOrdered(e.Order with { InPeriod = true }) : input;

    /// <summary>What was paid back by order may be paid with the same code again.</summary>
    public static DeskInput SellTheReturned(DeskState state, DeskInput input) =>
        input is DeskInput.Ordered
        {
            Order.Earlier:
            {
                Payment: PaymentState.Cancelled or PaymentState.Refunded,
                Delivery: DeliveryState.Completed
            }
        } e
            ? new DeskInput.Ordered(e.Order with { Earlier = null })
            : input;

    /// <summary>06 10 closes the period.</summary>
    public static DeskInput CloseWhenAsked(DeskState state, DeskInput input) =>
        input is DeskInput.TotalsAsked e ? new DeskInput.CloseOrdered(e.Accounts, e.Numbers, null) : input;

    /// <summary>The gateway is said to hold what the till knows of.</summary>
    public static DeskInput CopyTheTill(DeskState state, DeskInput input) =>
        Recount(input, period => period with { Gateway = period.Net });

    public static DeskInput CountApprovalsOnly(DeskState state, DeskInput input) => Recount(input, period =>
        period with { Gateway = period.Gateway + period.Reversals.Minor + period.Refunds.Minor });

    /// <summary>The head office is said to have what it has not acknowledged yet.</summary>
    public static DeskInput CountWhatWasSent(DeskState state, DeskInput input) =>
        Recount(input, period => period with { AtHeadOffice = period.Net });

    /// <summary>The books that the desk totals are not what was written.</summary>
    public static DeskInput Recount(DeskInput input, Func<Period, Period> count) => input switch
    {
        DeskInput.CloseOrdered e => e with { Accounts = e.Accounts with { Period = count(e.Accounts.Period) } },
        DeskInput.TotalsAsked e => e with { Accounts = e.Accounts with { Period = count(e.Accounts.Period) } },
        _ => input,
    };

    /// <summary>A refund that the gateway refuses for good counts as made.</summary>
    public static Transition<DeskState> BelieveTheRefund(DeskInput input, Transition<DeskState> decided) =>
        decided with { Effects = [.. decided.Effects.Select(Believe)] };

    /// <summary>A return counts as carried out as soon as a cancel has left.</summary>
    public static Transition<DeskState> Settle(Transition<DeskState> decided, Moment now)
    {
        var waiting = decided.State.Open.Find(t => t.Payment is PaymentState.Returning &&
            decided.Effects.Any(e => e is Effect.Cancel cancel && IsOf(t, cancel.Payment)));
        if (waiting is null)
        {
            return decided;
        }
        var (delivery, effects) = Telling.Next(
            waiting.Delivery, waiting.Order, new DeliveryInput.Decided(new Outcome.Approved("")), now);
        var done = new Transaction(new PaymentState.Done(waiting.Order), delivery);
        return new(
            EffectPlants.Replace(decided.State, waiting, done),
            [.. decided.Effects, new Effect.Record(waiting.Order.Id, new Fact.Returned()), .. effects]);
    }

    static bool IsOf(Transaction waiting, PaymentId payment) =>
        waiting.Order is Return { Of.Id: var of } && of == payment;

    static Effect Believe(Effect effect) => effect switch
    {
        Effect.Record { Fact: Fact.NotReturned } e => e with { Fact = new Fact.Returned() },
        Effect.Offer { Order: Return, Outcome: Outcome.Rejected } e =>
            e with { Outcome = new Outcome.Approved("") },
        _ => effect,
    };
}

/// <summary>"Returned" is told as soon as the first cancel has left.</summary>
sealed class HastyReturnPlant : Plant
{
    public override Decide Decide(World world)
    {
        var desk = base.Decide(world);
        return (state, input, now) => ReturnPlants.Settle(desk(state, input, now), now);
    }
}

/// <summary>What was refunded of a payment before is forgotten.</summary>
sealed class OverdrawingPlant : Plant
{
    public override Decide Decide(World world)
    {
        var desk = base.Decide(world);
        return (state, input, now) => input is DeskInput.ReturnOrdered { Order.Original: { } original } e
            ? desk(
                state with { Open = [.. state.Open.Select(Forget)] },
                new DeskInput.ReturnOrdered(e.Order with { Original = Forget(original) }), now)
            : desk(state, input, now);
    }

    static Transaction Forget(Transaction t) => t.Payment is PaymentState.PartiallyRefunded s
        ? t with { Payment = s with { Returned = 0 } }
        : t;
}

/// <summary>A reversal of an approval of unknown fate: the money goes back, the approval is still on offer.</summary>
sealed class UnwithdrawnPlant : Plant
{
    public override Decide Decide(World world)
    {
        var desk = base.Decide(world);
        return (state, input, now) =>
        {
            if (input is not DeskInput.ReturnOrdered { Order.Original: { Delivery: DeliveryState.Held held } of })
            {
                return desk(state, input, now);
            }
            var id = of.Order.Id;
            var (next, effects) = desk(state, input, now);
            return new(
                next.Find(id) is { } t
                    ? EffectPlants.Replace(next, t, t with { Delivery = held with { Until = Moment.Never } })
                    : next,
                [.. effects.Where(e => e is not Effect.Record { Fact: Fact.Withdrawn } r || r.Payment != id)]);
        };
    }
}

/// <summary>A period begins where the one before it began.</summary>
sealed class RecountingPeriodPlant : Plant
{
    Period? before;

    public override Decide Decide(World world)
    {
        var desk = base.Decide(world);
        return (state, input, now) =>
        {
            if (input is not DeskInput.CloseOrdered { Accounts.Period: var period })
            {
                return desk(state, input, now);
            }
            var last = before;
            before = period;
            return desk(state, last is null ? input : ReturnPlants.Recount(input, p => p with
            {
                Sales = new(p.Sales.Count + last.Sales.Count, p.Sales.Minor + last.Sales.Minor),
            }), now);
        };
    }
}

/// <summary>A restart forgets the return that waits for its payment.</summary>
sealed class ForgettingReturnPlant : Plant
{
    public override Decide Decide(World world)
    {
        var desk = base.Decide(world);
        return (state, input, now) => desk(
            input is DeskInput.Started
                ? state with { Open = state.Open.RemoveAll(t => t.Payment is PaymentState.Returning) }
                : state,
            input, now);
    }
}
