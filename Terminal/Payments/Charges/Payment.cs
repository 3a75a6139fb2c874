using Terminal.Payments.Answers;
using Terminal.Payments.Orders;
using static Terminal.Payments.Charges.PaymentState;
using Step = Terminal.Payments.Transition<Terminal.Payments.Charges.PaymentState>;

namespace Terminal.Payments.Charges;

/// <summary>
/// The payment machine: what becomes of the money. One row table per state; an input without a row changes nothing.
/// </summary>
sealed class Payment
{
    readonly Policy policy;
    readonly Unwinding unwinding;
    readonly Repayment repayment;
    readonly DeclineCheck declines;

    public Payment(Policy policy)
    {
        this.policy = policy;
        declines = new(policy);
        unwinding = new(policy, declines);
        repayment = new(policy);
    }

    public Step Next(PaymentState state, PaymentInput input, Moment now) => state switch
    {
        Cancelling or CancelAcknowledged or Refunding or NeedsAttention when input is PaymentInput.Resolved e =>
            Resolve((OfSale)state, e),
        Created s => FromCreated(s, input, now),
        Requested s => FromRequested(s, input, now),
        Pending s => FromPending(s, input, now),
        Paid s => FromPaid(s, input, now),
        Declined s => FromDeclined(s, input, now),
        Cancelling s => unwinding.FromCancelling(s, input, now),
        CancelAcknowledged s => unwinding.FromCancelAcknowledged(s, input, now),
        Refunding s => repayment.FromRefunding(s, input, now),
        Interrupted s => unwinding.FromInterrupted(s, input, now),
        PartiallyRefunded s => FromPartiallyRefunded(s, input, now),
        // Failed, Cancelled, Refunded, Done: final. Returning follows its payment. NeedsAttention: a person's turn.
        _ => new(state),
    };

    Step FromCreated(Created s, PaymentInput input, Moment now) => input switch
    {
        PaymentInput.Begun e => Request(Coded(s.Sale, e.Code), e.Code, now),
        PaymentInput.Declined e => Fail(s, e.Why),
        PaymentInput.Restarted => Fail(s, new(NotPaidReason.Restarted)),
        _ => new(s),
    };

    static Sale Coded(Sale sale, PaymentCode code) =>
        sale with { Fingerprint = code.Fingerprint, IsIndivisible = code.IsIndivisible };

    Step Request(Sale sale, PaymentCode code, Moment now) => new(
        new Requested(sale, now, code, now + policy.FirstInquiry),
        new Effect.Record(sale.Id, new Fact.Requested(sale)),
        new Effect.Charge(sale, code));

    Step FromRequested(Requested s, PaymentInput input, Moment now) => input switch
    {
        PaymentInput.PayAnswered { Answer: GatewayAnswer.NotSent } when !s.Resent && now < s.T0 + policy.ResendBefore =>
            new(s with { Resent = true }, new Effect.Charge(s.Sale, s.Code)),
        PaymentInput.PayAnswered { Answer: GatewayAnswer.Declined e } => declines.Start(s.Sale, ReasonOf(e), 0, now),
        PaymentInput.PayAnswered { Answer: GatewayAnswer.Succeeded e } => Settle(s, e, ToPending(s, now), now),
        PaymentInput.PayAnswered { Answer: GatewayAnswer.NotSent } => NeverLeft(s),
        PaymentInput.PayAnswered => new(ToPending(s, now)),
        PaymentInput.AbortAsked => FromPending(ToPending(s, s.FirstAsk), input, now),
        PaymentInput.Nudged => Ask(ToPending(s, now), now),
        PaymentInput.TimePassed when now >= s.FirstAsk => Ask(ToPending(s, now), now),
        _ => new(s),
    };

    Step FromPending(Pending s, PaymentInput input, Moment now) => (s, input) switch
    {
        // A signed SUCCESS or FAIL counts whichever question it answers; the number only steers scheduling.
        (_, PaymentInput.PayAnswered { Answer: GatewayAnswer.Succeeded e }) => Settle(s, e, s, now),
        (_, PaymentInput.Inquired { Answer: GatewayAnswer.Succeeded e }) => Settle(s, e, s, now),
        (_, PaymentInput.Inquired { Answer: GatewayAnswer.Declined e }) => Fail(s, ReasonOf(e)),
        (_, PaymentInput.PayAnswered { Answer: GatewayAnswer.Declined e }) =>
            declines.Start(s.Sale, ReasonOf(e), s.Asked, now),
        (_, PaymentInput.PayAnswered { Answer: GatewayAnswer.NotSent }) => NeverLeft(s),
        (_, PaymentInput.Inquired { Answer: GatewayAnswer.Cancelled } e) when e.Question == s.Asked =>
            unwinding.Start(s.Sale, Trail(s, CancelCause.ClosedByGateway), now),

        (Pending.LastInquiry p, PaymentInput.Inquired e) when e.Question == p.Asked => EndInquiries(p, now),
        (Pending.LastInquiry p, PaymentInput.TimePassed) when now >= p.Until => EndInquiries(p, now),
        (Pending.LastInquiry, PaymentInput.AbortAsked or PaymentInput.Nudged) => new(s),

        (_, PaymentInput.TimePassed) when now >= s.LastAskAt => AskLast(s, now),
        (Pending.Waiting p, PaymentInput.TimePassed) when now >= p.NextAskAt => Ask(p, now),
        (Pending.Waiting p, PaymentInput.Nudged) => Ask(p, now),
        (Pending.Inquiring p, PaymentInput.TimePassed) when now >= p.Until => new(Rest(p, now)),
        (Pending.Inquiring p, PaymentInput.Inquired e) when e.Question == p.Asked => new(Rest(p, now)),

        (_, PaymentInput.AbortAsked) when Moment.Latest(now, s.T0 + policy.AbortFloor) < s.LastAskAt => new(
            s with { LastAskAt = Moment.Latest(now, s.T0 + policy.AbortFloor) },
            new Effect.Record(s.Sale.Id, new Fact.AbortAsked())),
        _ => new(s),
    };

    Step FromPaid(Paid s, PaymentInput input, Moment now) => input switch
    {
        PaymentInput.Withdrawn e => unwinding.Start(s.Sale, Trail(s, e.Cause, now), now),
        PaymentInput.PartlyDelivered e when e.Minor > 0 && e.Minor < s.Sale.Amount.Minor =>
            Repayment.DrawRest(s.Sale with { Delivered = e.Minor }, s.GatewayId),
        PaymentInput.ReversalAsked => unwinding.Start(s.Sale, Trail(s, CancelCause.Reversed, now), now),
        PaymentInput.RefundAsked e when e.Minor > 0 && e.Minor <= s.Sale.Amount.Minor =>
            repayment.Start(s.Sale, new(s.GatewayId, e.Minor, 0, new(NotPaidReason.Refunded)), e.Id, now),
        _ => new(s),
    };

    /// <summary>If the gateway holds the payment despite its decline, the money goes back.</summary>
    Step FromDeclined(Declined s, PaymentInput input, Moment now)
    {
        if (!DeclineCheck.IsRefuted(s, input))
        {
            return declines.Next(s, input, now);
        }
        var trail = new CancelTrail(CancelCause.NotDeclined, 0, s.Asked, now, now + policy.NotChargedWait(s.Sale), now);
        var (state, effects) = unwinding.Start(s.Sale, trail, now);
        return new(state,
            [.. effects, new Effect.Alarm(s.Sale.Id, "the gateway declined this payment, and holds it all the same")]);
    }

    Step FromPartiallyRefunded(PartiallyRefunded s, PaymentInput input, Moment now) => input switch
    {
        PaymentInput.RefundAsked e when e.Minor > 0 && e.Minor <= s.Sale.Amount.Minor - s.Returned =>
            repayment.Start(s.Sale, new(s.GatewayId, e.Minor, s.Returned, new(NotPaidReason.Refunded)), e.Id, now),
        PaymentInput.Withdrawn when PartialGoods.IsIntact(s) => Repayment.Draw(s.Sale, new(
            s.GatewayId, s.Sale.Amount.Minor - s.Returned, s.Returned, new(NotPaidReason.Withdrawn))),
        _ => new(s),
    };

    /// <summary>
    /// A person closes a payment that the gateway never confirms, and we do nothing more about it (M3). What is left of
    /// the sale stands: a refund that the ECR ordered counts as not made, a refund for goods that it did not issue as
    /// made.
    /// </summary>
    internal static PaymentState Resolved(PaymentState s, Sale sale, string by) => Repayment.PlanOf(s) switch
    {
        { IsOrdered: true } plan => Repayment.Kept(sale, plan),
        { IsOfRest: true } plan => Repayment.Settled(sale, plan),
        _ => new Cancelled(sale, new(NotPaidReason.Resolved, by)),
    };

    static Step Resolve(OfSale s, PaymentInput.Resolved e) =>
        new(Resolved(s, s.Sale, e.By), new Effect.Record(s.Sale.Id, new Fact.Resolved(e.By, e.Note)));

    /// <summary>Not one byte of pay left this box, in any try: nothing can have been charged.</summary>
    static Step NeverLeft(OfSale s) => Fail(s, new(NotPaidReason.NoConnection));

    static Step Fail(OfSale s, NotPaid why) =>
        new(new Failed(s.Sale, why), new Effect.Record(s.Sale.Id, new Fact.Failed(why)));

    static NotPaid ReasonOf(GatewayAnswer.Declined e) => new((NotPaidReason)e.Reason, e.Code);

    /// <summary>A signed success: paid if it is ours to the cent, an alarm and a cancel if it is not.</summary>
    Step Settle(OfSale s, GatewayAnswer.Succeeded answer, Pending pending, Moment now)
    {
        if (answer.Echo == s.Sale.Id && answer.Amount == s.Sale.Amount)
        {
            return new(
                new Paid(s.Sale, answer.GatewayId, pending.Asked),
                new Effect.Record(s.Sale.Id, new Fact.Paid(answer.GatewayId)));
        }
        var (state, effects) = unwinding.Start(s.Sale, Trail(pending, CancelCause.Mismatch), now);
        return new(state, [.. effects, new Effect.Alarm(s.Sale.Id, "the gateway confirmed another payment")]);
    }

    Step Ask(Pending s, Moment now) => new(
        new Pending.Inquiring(s.Sale, s.T0, s.Asked + 1, s.LastAskAt, now, now + policy.InquiryLimit),
        new Effect.Query(s.Sale.Id, s.Asked + 1, policy.InquiryLimit));

    /// <summary>A question still in flight when the last one is due becomes the last one.</summary>
    Step AskLast(Pending s, Moment now)
    {
        var cause = s.LastAskAt < s.T0 + policy.LastInquiry ? CancelCause.Aborted : CancelCause.NoAnswer;
        var until = now + policy.LastInquiryLimit;
        return s is Pending.Inquiring
            ? new(new Pending.LastInquiry(s.Sale, s.T0, s.Asked, until, cause))
            : new(new Pending.LastInquiry(s.Sale, s.T0, s.Asked + 1, until, cause),
                new Effect.Query(s.Sale.Id, s.Asked + 1, policy.LastInquiryLimit));
    }

    Step EndInquiries(Pending.LastInquiry s, Moment now) =>
        unwinding.Start(s.Sale, Trail(s, s.Cause), now);

    Pending.Waiting Rest(Pending.Inquiring s, Moment now) =>
        new(s.Sale, s.T0, s.Asked, s.LastAskAt, Moment.Latest(now, s.AskedAt + policy.Cadence));

    Pending.Waiting ToPending(Requested s, Moment now) => new(
        s.Sale, s.T0, 0, s.T0 + policy.LastInquiry, Moment.Earliest(s.FirstAsk, now + policy.InquiryAfterFailure));

    CancelTrail Trail(Pending s, CancelCause cause) =>
        new(cause, 0, s.Asked, s.T0, s.T0 + policy.NotChargedWait(s.Sale), s.T0 + policy.AnswerDue);

    /// <summary>For a payment that was paid: nobody waits, and the gateway knows the payment.</summary>
    CancelTrail Trail(Paid s, CancelCause cause, Moment now) =>
        new(cause, 0, s.Asked, now, now + policy.NotChargedWait(s.Sale), now);
}
