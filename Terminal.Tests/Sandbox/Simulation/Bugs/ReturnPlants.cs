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
        Transaction[] bearing = [.. rivals.Prepend(newest).Where(t => t.Sale.Worth.Minor >= asked.Minor)];
        return bearing is [{ Payment: PaymentState.Paid paid } only]
            ? new DeskInput.ReturnOrdered(order with
            {
                Sale = order.Sale with
                {
                    Fingerprint = paid.Sale.Id.Value,
                    Instruction = new Instruction.Return(
                        ReturnKind.Refund, paid.Sale.Id, paid.GatewayId, paid.Sale.Receipt, paid.Sale.Trace),
                },
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
        input is DeskInput.TotalsAsked { Sale: { } sale } ? new DeskInput.CloseOrdered(sale, null) : input;

    /// <summary>The gateway is said to hold what the till knows of.</summary>
    public static DeskInput CopyTheTill(DeskState state, DeskInput input) =>
        Recount(input, totals => totals.Balance! with { Gateway = totals.Net });

    public static DeskInput CountApprovalsOnly(DeskState state, DeskInput input) => Recount(input, totals =>
        totals.Balance! with { Gateway = totals.Balance.Gateway + totals.Reversals.Minor + totals.Refunds.Minor });

    /// <summary>The head office is said to have what it has not acknowledged yet.</summary>
    public static DeskInput CountWhatWasSent(DeskState state, DeskInput input) =>
        Recount(input, totals => totals.Balance! with { HeadOffice = totals.Net });

    static DeskInput Recount(DeskInput input, Func<PeriodTotals, Balance> count) => input switch
    {
        DeskInput.CloseOrdered e => e with { Sale = Recount(e.Sale, count) },
        DeskInput.TotalsAsked { Sale: { } sale } => new DeskInput.TotalsAsked(Recount(sale, count)),
        _ => input,
    };

    static Sale Recount(Sale sale, Func<PeriodTotals, Balance> count)
    {
        var totals = ((Instruction.EndOfDay)sale.Instruction).Totals;
        return sale with { Instruction = new Instruction.EndOfDay(totals with { Balance = count(totals) }) };
    }

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
            waiting.Delivery, waiting.Sale, new DeliveryInput.Decided(new Outcome.Approved("")), now);
        var done = new Transaction(new PaymentState.Done(waiting.Sale), delivery);
        return new(
            EffectPlants.Replace(decided.State, waiting, done),
            [.. decided.Effects, new Effect.Record(waiting.Sale.Id, new Fact.Returned()), .. effects]);
    }

    static bool IsOf(Transaction waiting, PaymentId payment) =>
        waiting.Sale.Instruction is Instruction.Return of && of.Payment == payment;

    static Effect Believe(Effect effect) => effect switch
    {
        Effect.Record { Fact: Fact.NotReturned } e => e with { Fact = new Fact.Returned() },
        Effect.Offer { Sale.Instruction: Instruction.Return, Outcome: Outcome.Rejected } e =>
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
            var id = of.Sale.Id;
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
    PeriodTotals? before;

    public override Decide Decide(World world)
    {
        var desk = base.Decide(world);
        return (state, input, now) =>
        {
            if (input is not DeskInput.CloseOrdered { Sale: { Instruction: Instruction.EndOfDay day } sale } order)
            {
                return desk(state, input, now);
            }
            var (last, totals) = (before, day.Totals);
            before = totals;
            return desk(state, last is null ? input : order with
            {
                Sale = sale with
                {
                    Instruction = new Instruction.EndOfDay(totals with
                    {
                        Sales = new(totals.Sales.Count + last.Sales.Count, totals.Sales.Minor + last.Sales.Minor),
                    }),
                },
            }, now);
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
