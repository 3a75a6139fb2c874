using Terminal.Payments.Answers;
using Terminal.Payments.Orders;
using static Terminal.Payments.Charges.PaymentState;
using Step = Terminal.Payments.Transition<Terminal.Payments.Charges.PaymentState>;

namespace Terminal.Payments.Charges;

/// <summary>
/// The rows of the payment machine from the point of no return: cancel until the gateway has proved it.
/// </summary>
sealed class Unwinding(Policy policy, DeclineCheck declines)
{
    /// <summary>Records the intent and cancels in the same step: no gap after the last inquiry.</summary>
    public Step Start(Sale sale, CancelTrail trail, Moment now) =>
        Noted(CancelAgain(sale, trail, now), new Fact.Cancelling(trail.Cause));

    /// <summary>
    /// Start-up never resumes a sale: it asks once what the gateway holds, then cancels whatever the answer.
    /// </summary>
    public Step FromInterrupted(Interrupted s, PaymentInput input, Moment now)
    {
        if (input is not PaymentInput.Restarted)
        {
            return new(s);
        }
        var trail = new CancelTrail(s.Cause, 0, 0, now, now + policy.NotChargedWait(s.Sale), now);
        return s.At switch
        {
            InterruptedAt.CancelAcknowledged => AskForProof(new(s.Sale, trail, 1, now), now),
            InterruptedAt.RefundDue => new(new Refunding.Due(s.Sale, trail, now + policy.RefundAfterCancel)),
            InterruptedAt.Cancelling => Inquire(s.Sale, trail, new GatewayAnswer.Unknown("restart"), now),
            _ => Noted(Inquire(s.Sale, trail, new GatewayAnswer.Unknown("restart"), now), new Fact.Cancelling(s.Cause)),
        };
    }

    public Step FromCancelling(Cancelling s, PaymentInput input, Moment now) => (s, input) switch
    {
        (_, PaymentInput.CancelAnswered { Answer: GatewayAnswer.Accepted }) => Acknowledge(s, now),
        // A decline names no payment, so it proves nothing against a success that named this one.
        (_, PaymentInput.PayAnswered { Answer: GatewayAnswer.Declined })
            when s.Trail.Cause is CancelCause.Withdrawn or CancelCause.Reversed or CancelCause.NotDeclined => new(s),
        (_, PaymentInput.PayAnswered { Answer: GatewayAnswer.Declined }) =>
            declines.Start(s.Sale, s.Trail.Why, s.Trail.Asked, now),
        (_, PaymentInput.PayAnswered { Answer: GatewayAnswer.NotSent }) => NeverCharged(s),
        (_, PaymentInput.Inquired { Answer: GatewayAnswer.Declined }) => NeverCharged(s),

        (Cancelling.Sent p, PaymentInput.CancelAnswered e) when e.Attempt == p.Trail.Attempts =>
            Refused(p, e.Answer, now),
        (Cancelling.Sent p, PaymentInput.TimePassed) when now >= p.Until => Pause(p, now),
        (Cancelling.Pausing p, PaymentInput.TimePassed) when now >= p.RetryAt => CancelAgain(p.Sale, p.Trail, now),
        (Cancelling.Inquiring p, PaymentInput.Inquired e) when e.Question == p.Trail.Asked => Decide(p, e.Answer, now),
        (Cancelling.Inquiring p, PaymentInput.TimePassed) when now >= p.Until =>
            Decide(p, new GatewayAnswer.Unknown("no answer"), now),
        _ => new(s), // A success is only a reason to go on cancelling.
    };

    public Step FromCancelAcknowledged(CancelAcknowledged s, PaymentInput input, Moment now) => input switch
    {
        // Answers to questions asked before the acceptance prove nothing.
        PaymentInput.Inquired e when e.Question >= s.FirstProof => Prove(s, e.Answer, now),
        PaymentInput.TimePassed when now >= s.AskAt => AskForProof(s, now),
        _ => new(s),
    };

    /// <summary>A cancel answer other than an acceptance.</summary>
    Step Refused(Cancelling.Sent s, GatewayAnswer answer, Moment now) => answer switch
    {
        GatewayAnswer.WindowExceeded or GatewayAnswer.Refused or GatewayAnswer.NotFound =>
            Inquire(s, answer, now),
        _ => Pause(s, now),
    };

    /// <summary>What the gateway holds, after it refused a cancel.</summary>
    Step Decide(Cancelling.Inquiring s, GatewayAnswer answer, Moment now) => (answer, s.Refusal) switch
    {
        (GatewayAnswer.Cancelled, _) => Close(s, s.Trail.Why),
        (GatewayAnswer.Succeeded, GatewayAnswer.WindowExceeded or GatewayAnswer.Refused) => RefundInstead(s, s.Trail),
        (GatewayAnswer.NotFound, GatewayAnswer.NotFound) when now >= s.Trail.NotChargedAt => NeverCharged(s),
        (_, GatewayAnswer.Unknown) => CancelAgain(s.Sale, s.Trail, now), // The one question after a restart.
        _ => Pause(s, now),
    };

    /// <summary>An answer to a question asked after the acceptance.</summary>
    Step Prove(CancelAcknowledged s, GatewayAnswer answer, Moment now) => answer switch
    {
        GatewayAnswer.Cancelled or GatewayAnswer.Declined => Close(s, s.Trail.Why),
        // An unknown payment may still be on its way: some gateways accept the cancel of anything.
        GatewayAnswer.NotFound when now >= s.Trail.NotChargedAt => Close(s, s.Trail.Why),
        GatewayAnswer.Succeeded when s.Trail.Relapses >= policy.MaxRelapses => RefundInstead(s, s.Trail),
        GatewayAnswer.Succeeded => CancelAgain(s.Sale, s.Trail with { Relapses = s.Trail.Relapses + 1 }, now),
        _ => new(s with { AskAt = now + Policy.Backoff(s.Trail.Asked - s.FirstProof + 1, urgent: false) }),
    };

    Step Acknowledge(Cancelling s, Moment now)
    {
        var asked = s.Trail.Asked + 1;
        return new(
            new CancelAcknowledged(s.Sale, s.Trail with { Asked = asked }, asked, now + policy.InquiryLimit),
            new Effect.Record(s.Sale.Id, new Fact.CancelAcknowledged()),
            new Effect.Query(s.Sale.Id, asked, policy.InquiryLimit));
    }

    Step AskForProof(CancelAcknowledged s, Moment now)
    {
        var asked = s.Trail.Asked + 1;
        return new(
            s with { Trail = s.Trail with { Asked = asked }, AskAt = now + policy.InquiryLimit },
            new Effect.Query(s.Sale.Id, asked, policy.InquiryLimit));
    }

    Step CancelAgain(Sale sale, CancelTrail trail, Moment now)
    {
        trail = trail with { Attempts = trail.Attempts + 1, LastAttempt = now };
        var cancel = new Effect.Cancel(sale.Id, trail.Attempts, policy.CancelLimit);
        var state = new Cancelling.Sent(sale, trail, now + policy.CancelLimit);
        return trail.Attempts == policy.AlarmAfterAttempts + 1
            ? new(state, cancel, new Effect.Alarm(sale.Id, "the gateway does not confirm the cancel"))
            : new(state, cancel);
    }

    Step Inquire(Sale sale, CancelTrail trail, GatewayAnswer refusal, Moment now)
    {
        trail = trail with { Asked = trail.Asked + 1 };
        return new(
            new Cancelling.Inquiring(sale, trail, refusal, now + policy.InquiryLimit),
            new Effect.Query(sale.Id, trail.Asked, policy.InquiryLimit));
    }

    static Step Pause(Cancelling s, Moment now) => new(new Cancelling.Pausing(
        s.Sale, s.Trail, now + Policy.Backoff(s.Trail.Attempts, now < s.Trail.UrgentUntil)));

    Step RefundInstead(OfSale s, CancelTrail trail) => new(
        new Refunding.Due(s.Sale, trail, trail.LastAttempt + policy.RefundAfterCancel),
        new Effect.Record(s.Sale.Id, new Fact.RefundDue(trail.Cause)));

    static Step NeverCharged(Cancelling s) => new(
        new Failed(s.Sale, s.Trail.Why), new Effect.Record(s.Sale.Id, new Fact.Failed(s.Trail.Why)));

    static Step Close(OfSale s, NotPaid why) => new(
        new Cancelled(s.Sale, why), new Effect.Record(s.Sale.Id, new Fact.Cancelled(why)));

    /// <summary>Asks why a cancel was refused; journals the refusal if it is not the one journaled last.</summary>
    Step Inquire(Cancelling s, GatewayAnswer refusal, Moment now)
    {
        var kind = refusal is GatewayAnswer.Refused e ? $"refused {e.Code}" : refusal.GetType().Name;
        var step = Inquire(s.Sale, s.Trail with { LastAnswer = kind }, refusal, now);
        return kind == s.Trail.LastAnswer ? step : Noted(step, new Fact.CancelAnswered(kind));
    }

    static Step Noted(Step step, Fact fact) =>
        new(step.State, [new Effect.Record(step.State.Order.Id, fact), .. step.Effects]);
}
