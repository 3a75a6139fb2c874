using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Sandbox.Simulation.Bugs;

/// <summary>Bugs that are a wrong decision on the right input.</summary>
static class EffectPlants
{
    public static Transition<DeskState> Decline(DeskInput input, Transition<DeskState> decided) =>
        input is DeskInput.Ordered
            ? new(DeskState.Empty, new Effect.Refuse(new(RefusalReason.JournalFull)))
            : decided;

    public static Transition<DeskState> SkipTheCancel(DeskInput input, Transition<DeskState> decided) =>
        Records(decided).Any(r => r.Fact is Fact.Cancelling { Cause: CancelCause.NoAnswer })
            ? Without(decided, e => e is Effect.Cancel)
            : decided;

    public static Transition<DeskState> ApproveTheWithdrawn(DeskInput input, Transition<DeskState> decided) =>
        input is DeskInput.RepeatAsked
            ? decided with { Effects = [.. decided.Effects.Select(Approve)] }
            : decided;

    public static Transition<DeskState> CompleteAtOnce(DeskInput input, Transition<DeskState> decided) =>
        decided.Effects.OfType<Effect.Offer>().FirstOrDefault(o => o.Outcome is Outcome.Approved) is { } offer
            ? decided with { Effects = [.. decided.Effects, new Effect.Complete(offer.Order.Id)] }
            : decided;

    public static Transition<DeskState> WithdrawAndKeep(DeskInput input, Transition<DeskState> decided)
    {
        if (Records(decided).FirstOrDefault(r => r.Fact is Fact.Withdrawn) is not { Payment: var id } ||
            decided.State.Find(id) is not { Payment: PaymentState.Cancelling s } t)
        {
            return decided;
        }
        var kept = t with { Payment = new PaymentState.Paid(s.Sale, "", 0) };
        return Without(
            decided with { State = Replace(decided.State, t, kept) },
            e => e is Effect.Cancel || e is Effect.Record { Fact: Fact.Cancelling });
    }

    public static Transition<DeskState> ForgetTheUnconfirmed(DeskInput input, Transition<DeskState> decided)
    {
        var state = decided.State;
        var told = state.Open.FindAll(
            t => t is { Payment: PaymentState.Cancelling, Delivery: DeliveryState.Told } && t.Order.Id != state.Newest);
        return decided with { State = state with { Open = state.Open.RemoveRange(told) } };
    }

    public static Transition<DeskState> BelieveTheCancel(DeskInput input, Transition<DeskState> decided)
    {
        if (decided.State.Open.Find(t => t.Payment is PaymentState.CancelAcknowledged) is not { } t)
        {
            return decided;
        }
        var why = new NotPaid(NotPaidReason.NoAnswer);
        var believed = t with { Payment = new PaymentState.Cancelled((Sale)t.Order, why) };
        return new(
            Replace(decided.State, t, believed),
            [.. decided.Effects, new Effect.Record(t.Order.Id, new Fact.Cancelled(why))]);
    }

    /// <summary>A refund that was not confirmed is repeated under a new id.</summary>
    public static Transition<DeskState> RefundAgain(DeskInput input, Transition<DeskState> decided)
    {
        if (decided.State.Open.Find(t => t.Payment is PaymentState.Refunding.Pausing) is not { } t)
        {
            return decided;
        }
        var refunding = (PaymentState.Refunding.Pausing)t.Payment;
        var again = t with { Payment = new PaymentState.Refunding.Drawing(refunding.Sale, refunding.Plan) };
        return new(Replace(decided.State, t, again), [.. decided.Effects, new Effect.DrawRefundId(t.Order.Id)]);
    }

    /// <summary>An approval that the till may not have heard of is kept until it asks.</summary>
    public static Transition<DeskState> HoldForEver(DeskInput input, Transition<DeskState> decided)
    {
        var held = decided.State.Open.Find(
            t => t.Delivery is DeliveryState.Held { Until: var until } && until != Moment.Never);
        if (held is null)
        {
            return decided;
        }
        var kept = held with { Delivery = (DeliveryState.Held)held.Delivery with { Until = Moment.Never } };
        return decided with { State = Replace(decided.State, held, kept) };
    }

    /// <summary>An acknowledged approval, told again and not answered, is closed by 06 1E.</summary>
    public static Transition<DeskState> AbortTheRetold(DeskInput input, Transition<DeskState> decided) =>
        input is DeskInput.Answered { Answer: not EcrAnswer.Acknowledged }
            ? decided with { Effects = [.. decided.Effects.Select(Abort)] }
            : decided;

    /// <summary>06 20 while a refund that the ECR ordered is under way: "not confirmed", yet the sale stands.</summary>
    public static Transition<DeskState> DenyTheSale(DeskInput input, Transition<DeskState> decided) =>
        decided with { Effects = [.. decided.Effects.Select(e => Deny(e, decided.State))] };

    public static Transition<DeskState> TireOfCancelling(DeskInput input, Transition<DeskState> decided)
    {
        var tired = decided.State.Open.Find(t => t.Payment is PaymentState.Cancelling.Pausing { Trail.Attempts: >= 5 });
        if (tired is null)
        {
            return decided;
        }
        var pausing = (PaymentState.Cancelling.Pausing)tired.Payment;
        var resting = tired with { Payment = pausing with { RetryAt = Moment.Never } };
        return decided with { State = Replace(decided.State, tired, resting) };
    }

    public static IEnumerable<Effect.Record> Records(Transition<DeskState> decided) =>
        decided.Effects.OfType<Effect.Record>();

    public static Transition<DeskState> Without(Transition<DeskState> decided, Func<Effect, bool> dropped) =>
        decided with { Effects = [.. decided.Effects.Where(e => !dropped(e))] };

    public static DeskState Replace(DeskState state, Transaction before, Transaction after) =>
        state with { Open = state.Open.Replace(before, after) };

    static Effect Approve(Effect effect) => effect is Effect.Offer { Outcome: Outcome.Rejected } offer
        ? offer with { Outcome = new Outcome.Approved("") }
        : effect;

    static Effect Abort(Effect effect) =>
        effect is Effect.Complete complete ? new Effect.Close(complete.Payment, new Outcome.NotConfirmed()) : effect;

    static Effect Deny(Effect effect, DeskState state) =>
        effect is Effect.Offer offer && state.Find(offer.Order.Id)?.Payment is PaymentState.Refunding
            ? offer with { Outcome = new Outcome.NotConfirmed() }
            : effect;
}
