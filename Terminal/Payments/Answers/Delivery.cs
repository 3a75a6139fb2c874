using Terminal.Payments.Orders;
using static Terminal.Payments.Answers.DeliveryState;
using Step = Terminal.Payments.Transition<Terminal.Payments.Answers.DeliveryState>;

namespace Terminal.Payments.Answers;

/// <summary>
/// The delivery machine: what the ECR was told, whether it heard, and when an approval is taken back.
/// </summary>
sealed class Delivery(Policy policy)
{
    readonly FirmDelivery firm = new(policy);

    public Step Next(DeliveryState state, Order order, DeliveryInput input, Moment now)
    {
        var weighed = PartialGoods.Weigh(input, order);
        return order is Sale sale ? Judge(state, sale, weighed, now) : firm.Next(state, order, weighed, now);
    }

    Step Judge(DeliveryState state, Sale sale, DeliveryInput input, Moment now) => state switch
    {
        Undecided s => FromUndecided(s, sale, input, now),
        Offered { Outcome: Outcome.Approved approved } s => FromOffered(s, approved, sale, (input, now)),
        Offered s => FromOffered(s, sale, input, now),
        Repeating s => FromRepeating(s, sale, input, now),
        Held s => FromHeld(s, sale, input, now),
        Acknowledged or Completed or Withdrawn or Told => FromSettled(state, sale, input, now),
        Retelling s => FromRetelling(s, sale, input),
        _ => new(state),
    };

    Step FromUndecided(Undecided s, Sale sale, DeliveryInput input, Moment now) => input switch
    {
        DeliveryInput.Decided e => Offer(sale, e.Outcome, s.By, now),
        DeliveryInput.TimePassed when now >= s.Due => Offer(sale, new Outcome.NotConfirmed(), s.By, now),
        _ => new(s),
    };

    Step FromOffered(Offered s, Outcome.Approved approved, Sale sale, (DeliveryInput Input, Moment Now) at) =>
        Heard(s, at.Input, at.Now) switch
        {
            DeliveryInput.Answered { Answer: EcrAnswer.Acknowledged } => new(
                new Acknowledged(approved),
                new Effect.Record(sale.Id, new Fact.Acknowledged()),
                new Effect.Complete(sale.Id)),
            DeliveryInput.Answered { Answer: EcrAnswer.InPart, Delivered: var part } => new(
                new Acknowledged(approved),
                new Effect.Record(sale.Id, new Fact.Acknowledged(part)),
                new Effect.Complete(sale.Id) { Delivered = part }),
            DeliveryInput.Answered { Answer: EcrAnswer.NotYet } when s.Repeats < policy.MaxRepeats =>
                new(new Repeating(approved, s.Repeats + 1, at.Now + policy.RepeatPause)),
            // The mirrored number of the next order will tell whether the ECR booked it (PA00P015 chapter 4).
            DeliveryInput.Answered { Answer: EcrAnswer.LineDown or EcrAnswer.Silent or EcrAnswer.Restarted }
                when sale.IsMirrored => new(new Held(approved, Moment.Never)),
            DeliveryInput.Answered { Answer: EcrAnswer.LineDown or EcrAnswer.Restarted } when policy.HoldForPerson =>
                new(new Held(approved, Moment.Never)),
            DeliveryInput.Answered { Answer: EcrAnswer.LineDown } =>
                new(new Held(approved, at.Now + policy.HoldLineDown)),
            DeliveryInput.Answered { Answer: EcrAnswer.Restarted } =>
                new(new Held(approved, at.Now + policy.HoldUnknown)),
            DeliveryInput.Answered when PartialGoods.FailsAtWallet(at.Input, sale) =>
                Withdraw(sale, new Effect.Close(sale.Id, new Outcome.Rejected(new(NotPaidReason.Indivisible)))),
            DeliveryInput.Answered => Withdraw(sale, new Effect.Close(sale.Id, Returned)),
            _ => new(s),
        };

    Step FromOffered(Offered s, Sale sale, DeliveryInput input, Moment now) => Heard(s, input, now) switch
    {
        DeliveryInput.Answered { Answer: EcrAnswer.NotYet } when s.Repeats < policy.MaxRepeats =>
            new(new Repeating(s.Outcome, s.Repeats + 1, now + policy.RepeatPause)),
        // The ECR no longer waits for the end of this command.
        DeliveryInput.Answered { Answer: EcrAnswer.LineDown or EcrAnswer.Restarted } => new(new Told(s.Outcome)),
        DeliveryInput.Answered => new(new Told(s.Outcome), new Effect.Close(sale.Id, s.Outcome)),
        _ => new(s),
    };

    /// <summary>If the link reports nothing in time, the ECR counts as silent.</summary>
    static DeliveryInput Heard(Offered s, DeliveryInput input, Moment now) =>
        input is DeliveryInput.TimePassed && now >= s.Until ? new DeliveryInput.Answered(EcrAnswer.Silent) : input;

    Step FromRepeating(Repeating s, Sale sale, DeliveryInput input, Moment now) => input switch
    {
        DeliveryInput.TimePassed when now >= s.At => new(
            new Offered(s.Outcome, s.Repeats, now + policy.LinkLimit),
            new Effect.Offer(sale, s.Outcome, Moment.Never) { IsRepeat = true }),
        // The ECR that asked for the repeat is gone, so nothing is offered again.
        DeliveryInput.Answered { Answer: EcrAnswer.LineDown or EcrAnswer.Restarted } =>
            Next(new Offered(s.Outcome, s.Repeats, Moment.Never), sale, input, now),
        _ => new(s),
    };

    Step FromHeld(Held s, Sale sale, DeliveryInput input, Moment now) => input switch
    {
        DeliveryInput.RepeatAsked => new(
            new Offered(s.Outcome, 0, now + policy.LinkLimit), new Effect.Offer(sale, s.Outcome, Moment.Never)),
        DeliveryInput.LinkReady when s.Until == Moment.Never && !policy.HoldForPerson && !sale.IsMirrored =>
            new(s with { Until = now + policy.HoldUnknown }),
        DeliveryInput.TimePassed when now >= s.Until => WithdrawUnheard(sale),
        DeliveryInput.OtherCommand when !policy.HoldForPerson => WithdrawUnheard(sale),
        DeliveryInput.Mirrored { HasBooked: true } => new(
            new Completed(s.Outcome),
            new Effect.Record(sale.Id, new Fact.Acknowledged()),
            new Effect.Record(sale.Id, new Fact.Completed())),
        DeliveryInput.Mirrored => WithdrawUnheard(sale),
        DeliveryInput.TakenBack => WithdrawUnheard(sale),
        _ => new(s),
    };

    static Step FromSettled(DeliveryState s, Sale sale, DeliveryInput input, Moment now) => (s, input) switch
    {
        (_, DeliveryInput.RepeatAsked e) => new(
            new Retelling(s is Withdrawn ? new Withdrawn(Known: true) : s, e.Current),
            new Effect.Offer(sale, e.Current, Moment.Never)),
        (Acknowledged p, DeliveryInput.Closed { Acknowledged: true }) =>
            new(new Completed(p.Outcome), new Effect.Record(sale.Id, new Fact.Completed())),
        (Acknowledged p, DeliveryInput.Mirrored { HasBooked: true }) =>
            new(new Completed(p.Outcome), new Effect.Record(sale.Id, new Fact.Completed())),
        // Only 04 0F was acknowledged, not 06 0F. The mirrored number says: not booked, so the approval is undone.
        (Acknowledged, DeliveryInput.Mirrored) => WithdrawUnheard(sale),
        (Withdrawn, DeliveryInput.Closed { Acknowledged: true }) => new(new Withdrawn(Known: true)),
        // The ECR acknowledges an approval that was taken back: tell the ECR so, and alarm a person.
        (Withdrawn { Known: false }, DeliveryInput.Answered
        {
            Answer: EcrAnswer.Acknowledged or EcrAnswer.InPart
        }) => new(
            s,
            new Effect.Record(sale.Id, new Fact.AcknowledgedLate()),
            new Effect.Close(sale.Id, Returned),
            new Effect.Alarm(sale.Id, "reversal not known to the ECR")),
        _ => new(s),
    };

    static Step FromRetelling(Retelling s, Sale sale, DeliveryInput input) => (s.Stage, s.Outcome, input) switch
    {
        // The ECR refused: 06 1E closes the command, and its acknowledgement books nothing. The refusal does not return
        // the money either: the approval was acknowledged before, and 06 30 is there to return it.
        (RetellStage.Offered, Outcome.Approved, DeliveryInput.Answered
        {
            Answer: EcrAnswer.Refused or EcrAnswer.InPart
        }) => Close(s, sale),
        // Heard or not, the approval stands, and 06 0F says so.
        (RetellStage.Offered, Outcome.Approved, DeliveryInput.Answered) => Complete(s, sale),
        (RetellStage.Offered, _, DeliveryInput.Answered) => Close(s, sale),
        (RetellStage.Completing, Outcome.Approved approved, DeliveryInput.Closed { Acknowledged: true })
            when s.Settled is Acknowledged =>
            new(new Completed(approved), new Effect.Record(sale.Id, new Fact.Completed())),
        (not RetellStage.Offered, _, DeliveryInput.Closed) or (_, _, DeliveryInput.GivenUp) => new(s.Settled),
        _ => new(s),
    };

    /// <summary>06 0F ends the retelling.</summary>
    internal static Step Complete(Retelling s, Order order) =>
        new(s with { Stage = RetellStage.Completing }, new Effect.Complete(order.Id));

    /// <summary>06 1E ends the retelling.</summary>
    internal static Step Close(Retelling s, Order order) =>
        new(s with { Stage = RetellStage.Closing }, new Effect.Close(order.Id, s.Outcome));

    Step Offer(Sale sale, Outcome outcome, Moment by, Moment now) => new(
        new Offered(outcome, 0, now + policy.LinkLimit),
        new Effect.Record(sale.Id, new Fact.Offered(outcome)),
        new Effect.Offer(sale, outcome, by));

    static Step Withdraw(Sale sale, params Effect[] then) =>
        new(new Withdrawn(Known: false), [new Effect.Record(sale.Id, new Fact.Withdrawn()), .. then]);

    static Step WithdrawUnheard(Sale sale) =>
        Withdraw(sale, new Effect.Alarm(sale.Id, "approved, but never confirmed by the till: returned"));

    static readonly Outcome Returned = new Outcome.Rejected(new(NotPaidReason.Withdrawn));
}
