using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Panel.Cues;

/// <summary>Chooses what is shown after what happened at the desk.</summary>
static class CueChoice
{
    /// <summary>What people see after a step; null if nothing changes for them.</summary>
    public static Cue? After(DeskState before, Transition<DeskState> step)
    {
        Cue? shown = null;
        foreach (var effect in step.Effects)
        {
            shown = Of(effect, step.State) ?? shown;
        }
        return shown ?? OfHeldApprovals(before, step.State);
    }

    /// <summary>What is shown while nothing is under way.</summary>
    /// <param name="fault">The worst fault of the box itself, if it has one.</param>
    public static Cue AtRest(DeskState state, Policy policy, FieldCode? fault) =>
        Worst(state, policy, fault) is { Stops: true } stop
            ? new Cue.OutOfOrder(stop)
            : new Cue.Ready(Worst(state, policy, fault));

    /// <summary>
    /// The worst fault of all, for display and status: first what stops payments, then open payments, then the rest.
    /// </summary>
    /// <param name="fault">The worst fault of the box itself, if it has one.</param>
    public static FieldCode? Worst(DeskState state, Policy policy, FieldCode? fault) =>
        fault is { Stops: true } ? fault :
        state.Unresolved >= policy.MaxUnresolved ? FieldCodes.TooManyUnresolved :
        NoticeOf(state, policy) ?? fault;

    /// <summary>How long a cue stands if no other replaces it; <see cref="AtRest"/> follows.</summary>
    /// <remarks>Also for what waits: a payment is told by 29.5 s, repeats end after 30 s more.</remarks>
    public static TimeSpan Lasts(Cue cue, Policy policy) => cue switch
    {
        Cue.PresentCode => policy.AwaitCode + Slack,
        Cue.Submitting or Cue.WaitingForCustomer or Cue.Cancelling => policy.AnswerLimit + Slack,
        Cue.TellingTill => policy.RepeatPause * policy.MaxRepeats + Slack,
        Cue.Approved or Cue.Refused => TimeSpan.FromSeconds(10),
        Cue.NotPaid => TimeSpan.FromSeconds(20),
        Cue.NotConfirmed or Cue.Attention => TimeSpan.FromSeconds(60),
        _ => TimeSpan.Zero,
    };

    /// <summary>How many payments are in doubt, and since when.</summary>
    public static (int Count, TimeSpan Oldest) Unresolved(DeskState state, Stamp now)
    {
        var (count, oldest) = state.InDoubt;
        // Wall time may jump back, and a negative age would only confuse.
        var age = Math.Max(0, now.UnixMilliseconds - (oldest ?? now).UnixMilliseconds);
        return (count, TimeSpan.FromMinutes(age / 60_000));
    }

    static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    static Cue? Of(Effect effect, DeskState state) => effect switch
    {
        Effect.Progress { Stage: Stage.AwaitingCode } when state.Lane is LaneState.AwaitingCode s =>
            new Cue.PresentCode(s.Order.Sale.Amount),
        Effect.Progress e when Current(state) is { } order => Of(e.Stage, order.Worth),
        // A return or an end-of-day concerns cashier and till; the customer's screen changes only when it is over.
        Effect.Offer { Order: not Sale } => null,
        Effect.Complete e when IsOfTill(e.Payment, state) => AtRest(state, Policy.Default, null),
        Effect.Close e when IsOfTill(e.Payment, state) => AtRest(state, Policy.Default, null),
        Effect.Offer e when IsCurrent(e.Order.Id, state) => Of(e),
        // The till has the approval; until then it could still be taken back.
        Effect.Complete e when IsCurrent(e.Payment, state) && state.Find(e.Payment) is { Order: var order } =>
            new Cue.Approved(order.Worth, order.Receipt),
        Effect.Close { Outcome: Outcome.Rejected o } e when IsCurrent(e.Payment, state) =>
            new Cue.NotPaid(o.Why.Reason),
        Effect.Refuse e when state.Lane is LaneState.Idle => new Cue.Refused(e.Refusal),
        _ => null,
    };

    static bool IsOfTill(PaymentId id, DeskState state) =>
        state.Find(id) is { Order: not Sale };

    static Cue? Of(Stage stage, Money amount) => stage switch
    {
        Stage.Submitting => new Cue.Submitting(amount),
        Stage.WaitingForCustomer => new Cue.WaitingForCustomer(amount),
        Stage.Cancelling or Stage.Returning => new Cue.Cancelling(amount),
        _ => null,
    };

    static Cue Of(Effect.Offer offer) => offer.Outcome switch
    {
        Outcome.Approved => new Cue.TellingTill(offer.Order.Worth),
        Outcome.Rejected e => new Cue.NotPaid(e.Why.Reason),
        _ => new Cue.NotConfirmed(),
    };

    /// <summary>The till did not take an approval: it is held, or taken back.</summary>
    static Cue? OfHeldApprovals(DeskState before, DeskState after)
    {
        Cue? shown = null;
        foreach (var t in after.Open.Where(t => IsCurrent(t.Order.Id, after)))
        {
            var was = before.Find(t.Order.Id)?.Delivery;
            shown = (was, t.Delivery) switch
            {
                (not (null or DeliveryState.Held), DeliveryState.Held) => new Cue.Attention(FieldCodes.Untold),
                (DeliveryState.Held, DeliveryState.Withdrawn) => new Cue.Attention(FieldCodes.Returned),
                _ => shown,
            };
        }
        return shown;
    }

    static FieldCode? NoticeOf(DeskState state, Policy policy)
    {
        var open = state.Open;
        return open.Any(t => t.Payment is PaymentState.NeedsAttention) ? FieldCodes.NeedsPerson
            : open.Any(t => t.Payment is PaymentState.Cancelling { Trail.Cause: CancelCause.Mismatch })
                ? FieldCodes.GatewayMismatch
            : open.Any(t => t.Payment is PaymentState.Cancelling { Trail.Cause: CancelCause.NotDeclined })
                ? FieldCodes.GatewayContradicts
            : open.Any(t => t.Delivery is DeliveryState.Held) ? FieldCodes.Untold
            : open.Any(t => t.Delivery is DeliveryState.Withdrawn { Known: false }) ? FieldCodes.ReturnUntold
            : open.Any(t => t.Payment is PaymentState.Cancelling c && c.Trail.Attempts >= policy.AlarmAfterAttempts)
                ? FieldCodes.CancelUnanswered
            : null;
    }

    static Order? Current(DeskState state) =>
        state.Lane is LaneState.Paying s ? state.Find(s.Payment)?.Order : null;

    /// <summary>News of an old payment must not cover the screen of the one under way.</summary>
    static bool IsCurrent(PaymentId id, DeskState state) =>
        state.Lane is LaneState.Idle || state.Lane is LaneState.Paying s && s.Payment == id;
}
