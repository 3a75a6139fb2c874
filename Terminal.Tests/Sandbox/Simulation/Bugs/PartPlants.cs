using Terminal.Checkout;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using Terminal.Payments.Periods;

namespace Sandbox.Simulation.Bugs;

/// <summary>Bugs in what becomes of a sale of which the till issues a part of the goods (84 9D).</summary>
static class PartPlants
{
    /// <summary>The amount behind 84 9D is not read: it is a yes like any other.</summary>
    public static DeskInput TakeForAll(DeskState state, DeskInput input) =>
        input is DeskInput.Answered { Answer: EcrAnswer.InPart } e
            ? new DeskInput.Answered(e.Payment, EcrAnswer.Acknowledged)
            : input;

    /// <summary>Goods for nothing are goods for everything.</summary>
    public static DeskInput TakeNothingForAll(DeskState state, DeskInput input) =>
        input is DeskInput.Answered { Answer: EcrAnswer.InPart, Delivered: 0 } e ? TakeForAll(state, e) : input;

    /// <summary>Every wallet returns parts.</summary>
    public static DeskInput DivideAnyWallet(DeskState state, DeskInput input) => input switch
    {
        DeskInput.Ordered { Order.Code: { } code } e => new DeskInput.Ordered(e.Order with { Code = Divisible(code) }),
        DeskInput.Scanned e => e with { Code = Divisible(e.Code) },
        _ => input,
    };

    /// <summary>The same 84 9D to 06 20 returns the rest once more.</summary>
    public static Transition<DeskState> RefundAgain(DeskInput input, Transition<DeskState> decided)
    {
        if (input is not DeskInput.Answered { Answer: EcrAnswer.InPart } e ||
            decided.State.Find(e.Payment) is not { Payment: PaymentState.PartiallyRefunded s } t)
        {
            return decided;
        }
        var plan = new RefundPlan(s.GatewayId, s.Returned, 0, new(NotPaidReason.NotDelivered));
        return new(
            EffectPlants.Replace(
                decided.State, t, t with { Payment = new PaymentState.Refunding.Drawing(s.Sale, plan) }),
            [.. decided.Effects, new Effect.DrawRefundId(e.Payment)]);
    }

    /// <summary>The rest is refunded at once, and recorded afterwards.</summary>
    public static Transition<DeskState> RefundAtOnce(DeskInput input, Transition<DeskState> decided) => decided with
    {
        Effects = [.. decided.Effects.SelectMany(e => e is Effect.DrawRefundId { Payment: var id } &&
            decided.State.Find(id)?.Payment is PaymentState.Refunding.Drawing { Plan: { IsOfRest: true } plan } s
                ? new[] { new Effect.Refund(id, new("TOOSOON"), plan.GatewayId, s.Sale.Amount), e }
                : [e])],
    };

    /// <summary>All of the sale goes back in place of the rest.</summary>
    public static Transition<DeskState> RefundAll(DeskInput input, Transition<DeskState> decided)
    {
        var drawing = decided.State.Open.Find(t => Repayment.PlanOf(t.Payment) is { IsOfRest: true } &&
            t.Payment is PaymentState.Refunding.Drawing);
        if (drawing is not { Payment: PaymentState.Refunding.Drawing { Plan: var plan, Sale: var sale } })
        {
            return decided;
        }
        var all = new PaymentState.Refunding.Drawing(sale, plan with { Minor = sale.Amount.Minor });
        return decided with { State = EffectPlants.Replace(decided.State, drawing, drawing with { Payment = all }) };
    }

    /// <summary>06 20 tells the amount of the order.</summary>
    public static Transition<DeskState> TellAll(DeskInput input, Transition<DeskState> decided) =>
        input is DeskInput.RepeatAsked
            ? decided with
            {
                Effects = [.. decided.Effects.Select(e =>
                    e is Effect.Offer { Order: Sale sale } offer
                        ? offer with { Order = sale with { Delivered = null } }
                        : e)],
            }
            : decided;

    static PaymentCode Divisible(PaymentCode code) => new(code.Reveal().ToArray(), code.Fingerprint, code.ScannedAt);
}

/// <summary>A restart forgets that the rest is owed.</summary>
sealed class ForgettingRestPlant : Plant
{
    public override Decide Decide(World world)
    {
        var desk = base.Decide(world);
        return (state, input, now) => desk(
            input is DeskInput.Started ? state with { Open = [.. state.Open.Select(Forget)] } : state, input, now);
    }

    static Transaction Forget(Transaction t) => Repayment.PlanOf(t.Payment) is { IsOfRest: true } plan
        ? t with { Payment = Repayment.Settled((Sale)t.Order, plan) }
        : t;
}

/// <summary>Totals count the amounts that were ordered, whatever was delivered.</summary>
sealed class RecountingPartPlant : Plant
{
    readonly Dictionary<PaymentId, long> rests = [];

    public override Decide Decide(World world)
    {
        var desk = base.Decide(world);
        return (state, input, now) =>
        {
            foreach (var sale in state.Open.Select(t => t.Order).OfType<Sale>().Where(s => s.Delivered is not null))
            {
                rests[sale.Id] = sale.Amount.Minor - sale.Worth.Minor;
            }
            return desk(state, ReturnPlants.Recount(input, Recount), now);
        };
    }

    Period Recount(Period period) => period with
    {
        Sales = period.Sales with { Minor = period.Sales.Minor + rests.Values.Sum() },
    };
}
