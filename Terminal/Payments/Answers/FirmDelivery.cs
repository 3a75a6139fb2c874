using Terminal.Payments.Orders;
using static Terminal.Payments.Answers.DeliveryState;
using Step = Terminal.Payments.Transition<Terminal.Payments.Answers.DeliveryState>;

namespace Terminal.Payments.Answers;

/// <summary>
/// The rows of the delivery machine for orders that stand whatever the ECR answers: reversal, refund, end-of-day.
/// Nothing is ever taken back. The ECR can ask again for a result that it did not hear.
/// </summary>
sealed class FirmDelivery(Policy policy)
{
    public Step Next(DeliveryState state, Order order, DeliveryInput input, Moment now) => (state, input) switch
    {
        (Undecided s, DeliveryInput.Decided e) => Offer(order, e.Outcome, s.By, now),
        (Undecided s, DeliveryInput.TimePassed) when now >= s.Due =>
            Offer(order, new Outcome.NotConfirmed(), s.By, now),
        (Repeating s, DeliveryInput.TimePassed) when now >= s.At =>
            Offer(order, s.Outcome, s.Repeats, now),
        (Offered s, DeliveryInput.TimePassed) when now >= s.Until =>
            Heard(new(new Told(s.Outcome), s.Outcome), order, EcrAnswer.Silent),

        (Offered { Repeats: var repeats } s, DeliveryInput.Answered { Answer: EcrAnswer.NotYet })
            when repeats < policy.MaxRepeats => new(new Repeating(s.Outcome, repeats + 1, now + policy.RepeatPause)),
        (Retelling { Outcome: Outcome.Approved, Stage: RetellStage.Offered } s,
            DeliveryInput.Answered { Answer: EcrAnswer.Acknowledged })
            when order is EndOfDay => Delivery.Complete(s, order),
        (Repeating s, DeliveryInput.Answered { Answer: EcrAnswer.LineDown or EcrAnswer.Restarted } e) =>
            Heard(new(new Told(s.Outcome), s.Outcome), order, e.Answer),
        (Offered s, DeliveryInput.Answered e) => Heard(new(new Told(s.Outcome), s.Outcome), order, e.Answer),
        (Retelling { Stage: RetellStage.Offered } s, DeliveryInput.Answered e) => Heard(s, order, e.Answer),
        // The ECR has the result after all. The next 06 50 tells an end-of-day once more.
        (Retelling { Outcome: Outcome.Approved o, Settled: Told, Stage: RetellStage.Completing },
            DeliveryInput.Answered { Answer: EcrAnswer.Acknowledged }) when order is not EndOfDay =>
            new(new Acknowledged(o), new Effect.Record(order.Id, new Fact.Acknowledged())),

        (Acknowledged s, DeliveryInput.Closed { Acknowledged: true }) => Complete(order, s.Outcome),
        // The ECR acknowledged 06 0F though not 04 0F: it has the result as well.
        (Retelling { Outcome: Outcome.Approved o, Settled: not Completed, Stage: RetellStage.Completing },
            DeliveryInput.Closed { Acknowledged: true }) when order is not EndOfDay => Complete(order, o),
        (Retelling { Stage: not RetellStage.Offered } s, DeliveryInput.Closed) => new(s.Settled),
        (Retelling s, DeliveryInput.GivenUp) => new(s.Settled),

        // 06 50 again: the ECR takes totals only from a full answer to 06 50. In answer to 06 20 they are a receipt.
        (Acknowledged or Told, DeliveryInput.Decided e) when order is EndOfDay =>
            Offer(order, e.Outcome, repeats: 0, now),
        (Acknowledged or Completed or Told, DeliveryInput.RepeatAsked e) =>
            new(new Retelling(state, e.Current), new Effect.Offer(order, e.Current, Moment.Never)),
        _ => new(state),
    };

    static Step Heard(Retelling s, Order order, EcrAnswer answer) => (s.Outcome, answer) switch
    {
        (Outcome.Approved o, EcrAnswer.Acknowledged) when s.Settled is Told => new(
            new Acknowledged(o), new Effect.Record(order.Id, new Fact.Acknowledged()), new Effect.Complete(order.Id)),
        // The ECR refuses to hear it: 06 1E ends the command and says that the order stands.
        (Outcome.Approved, EcrAnswer.Refused) => Delivery.Close(s, order),
        // The ECR did not take the totals, and without them 06 0F would be an empty success.
        (Outcome.Approved, not EcrAnswer.Acknowledged) when order is EndOfDay => Delivery.Close(s, order),
        (Outcome.Approved, _) => Delivery.Complete(s, order),
        _ => Delivery.Close(s, order),
    };

    static Step Complete(Order order, Outcome.Approved outcome) =>
        new(new Completed(outcome), new Effect.Record(order.Id, new Fact.Completed()));

    Step Offer(Order order, Outcome outcome, int repeats, Moment now) => new(
        new Offered(outcome, repeats, now + policy.LinkLimit),
        new Effect.Offer(order, outcome, Moment.Never) { IsRepeat = repeats > 0 });

    Step Offer(Order order, Outcome outcome, Moment by, Moment now) => new(
        new Offered(outcome, 0, now + policy.LinkLimit),
        new Effect.Record(order.Id, new Fact.Offered(outcome)),
        new Effect.Offer(order, outcome, by));
}
