using Terminal.Payments;

namespace Sandbox.Simulation;

/// <summary>Bugs that are a wrong decision on the right input.</summary>
static class EffectPlants
{
    public static Transition<DeskState> Decline(DeskInput input, Transition<DeskState> decided) =>
        input is DeskInput.Ordered
            ? new(DeskState.Empty, new Effect.Refuse(new(RefusalReason.AmountOutOfRange)))
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
            ? decided with { Effects = [.. decided.Effects, new Effect.Complete(offer.Sale.Id)] }
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
        var told = decided.State.Open.Find(
            t => t is { Payment: PaymentState.Cancelling, Delivery: DeliveryState.Told } && t.Sale.Id != decided.State.Newest);
        return told is null ? decided : decided with { State = decided.State with { Open = decided.State.Open.Remove(told) } };
    }

    public static Transition<DeskState> BelieveTheCancel(DeskInput input, Transition<DeskState> decided)
    {
        if (decided.State.Open.Find(t => t.Payment is PaymentState.CancelAcknowledged) is not { } t)
        {
            return decided;
        }
        var why = new NotPaid(NotPaidReason.NoAnswer);
        var believed = t with { Payment = new PaymentState.Cancelled(t.Sale, why) };
        return new(
            Replace(decided.State, t, believed),
            [.. decided.Effects, new Effect.Record(t.Sale.Id, new Fact.Cancelled(why))]);
    }

    /// <summary>A refund that was not confirmed is repeated under a new id.</summary>
    public static Transition<DeskState> RefundAgain(DeskInput input, Transition<DeskState> decided)
    {
        if (decided.State.Open.Find(t => t.Payment is PaymentState.Refunding.Pausing) is not { } t)
        {
            return decided;
        }
        var refunding = (PaymentState.Refunding.Pausing)t.Payment;
        var again = t with { Payment = new PaymentState.Refunding.Drawing(t.Sale, refunding.Plan) };
        return new(Replace(decided.State, t, again), [.. decided.Effects, new Effect.DrawRefundId(t.Sale.Id)]);
    }

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
}
