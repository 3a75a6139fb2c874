using static Terminal.Payments.PaymentState;
using Step = Terminal.Payments.Transition<Terminal.Payments.PaymentState>;

namespace Terminal.Payments;

/// <summary>
/// The rows of the payment machine that return money by refund: one id at a time, repeated under that id.
/// </summary>
sealed class Repayment(Policy policy)
{
    public Step FromRefunding(Refunding s, PaymentInput input, Moment now) => (s, input) switch
    {
        (Refunding.Due p, PaymentInput.TimePassed) when now >= p.NotBefore => Check(p, now),
        (Refunding.Checking p, PaymentInput.Inquired e) when e.Question == p.Trail.Asked => Decide(p, e.Answer, now),
        (Refunding.Checking p, PaymentInput.TimePassed) when now >= p.Until => Later(p, now),

        (Refunding.Drawing p, PaymentInput.RefundIdDrawn e) => Start(p, e.Id, now),

        (Refunding.Sent p, PaymentInput.RefundAnswered e) when e.Id == p.Id => Answered(p, e.Answer, now),
        (Refunding.Sent p, PaymentInput.TimePassed) when now >= p.Until => Pause(p.Sale, p.Plan, p.Id, now),
        (Refunding.Pausing p, PaymentInput.RefundAnswered { Answer: GatewayAnswer.Accepted } e) when e.Id == p.Id =>
            Settle(p.Sale, p.Plan, p.Id),
        (Refunding.Pausing p, PaymentInput.TimePassed) when now >= p.AskAt => Ask(p.Sale, p.Plan, p.Id, now),
        (Refunding.Inquiring p, PaymentInput.RefundInquired e) when e.Id == p.Id => Inquired(p, e.Answer, now),
        (Refunding.Inquiring p, PaymentInput.RefundAnswered { Answer: GatewayAnswer.Accepted } e) when e.Id == p.Id =>
            Settle(p.Sale, p.Plan, p.Id),
        (Refunding.Inquiring p, PaymentInput.TimePassed) when now >= p.Until => Pause(p.Sale, p.Plan, p.Id, now),
        _ => new(s),
    };

    /// <summary>A refund needs an id that nobody drew before, not even a restored image of this box.</summary>
    public static Step Draw(Sale sale, RefundPlan plan) =>
        new(new Refunding.Drawing(sale, plan), new Effect.DrawRefundId(sale.Id));

    public Step Ask(Sale sale, RefundPlan plan, RefundId id, Moment now) => new(
        new Refunding.Inquiring(sale, plan with { Attempts = plan.Attempts + 1 }, id, now + policy.InquiryLimit),
        new Effect.QueryRefund(sale.Id, id));

    Step Check(Refunding.Due s, Moment now)
    {
        var trail = s.Trail with { Asked = s.Trail.Asked + 1 };
        return new(
            new Refunding.Checking(s.Sale, trail, now + policy.InquiryLimit),
            new Effect.Query(s.Sale.Id, trail.Asked, policy.InquiryLimit));
    }

    static Step Decide(Refunding.Checking s, GatewayAnswer answer, Moment now) => answer switch
    {
        GatewayAnswer.Succeeded e when e.Echo != s.Sale.Id || e.Amount != s.Sale.Amount =>
            GiveUp(s.Sale, s.Trail.Why, "the gateway holds another amount than ours"),
        GatewayAnswer.Succeeded e => Draw(s.Sale, new(e.GatewayId, s.Sale.Amount.Minor, 0, s.Trail.Why)),
        GatewayAnswer.Cancelled or GatewayAnswer.Declined => new(
            new Cancelled(s.Sale, s.Trail.Why), new Effect.Record(s.Sale.Id, new Fact.Cancelled(s.Trail.Why))),
        _ => Later(s, now),
    };

    static Step Later(Refunding.Checking s, Moment now) =>
        new(new Refunding.Due(s.Sale, s.Trail, now + Policy.Backoff(s.Trail.Asked, urgent: false)));

    Step Start(Refunding.Drawing s, RefundId id, Moment now)
    {
        var (state, effects) = Send(s.Sale, s.Plan, id, now);
        return new(state, [new Effect.Record(s.Sale.Id, new Fact.RefundStarted(id, s.Plan)), .. effects]);
    }

    Step Send(Sale sale, RefundPlan plan, RefundId id, Moment now) => new(
        new Refunding.Sent(sale, plan with { Attempts = plan.Attempts + 1 }, id, now + policy.CancelLimit),
        new Effect.Refund(sale.Id, id, plan.GatewayId, sale.Amount with { Minor = plan.Minor }));

    Step Answered(Refunding.Sent s, GatewayAnswer answer, Moment now) => answer switch
    {
        GatewayAnswer.Accepted => Settle(s.Sale, s.Plan, s.Id),
        GatewayAnswer.Refused => Ask(s.Sale, s.Plan, s.Id, now),
        _ => Pause(s.Sale, s.Plan, s.Id, now),
    };

    Step Inquired(Refunding.Inquiring s, GatewayAnswer answer, Moment now) => answer switch
    {
        GatewayAnswer.Accepted => Settle(s.Sale, s.Plan, s.Id),
        GatewayAnswer.Refused when s.Plan.Ids >= policy.MaxRelapses =>
            GiveUp(s.Sale, s.Plan.Why, "the gateway refuses the refund"),
        // Only "this refund failed" frees us to use another id.
        GatewayAnswer.Refused => Draw(s.Sale, s.Plan with { Attempts = 0, Ids = s.Plan.Ids + 1 }),
        GatewayAnswer.NotFound => Send(s.Sale, s.Plan, s.Id, now),
        _ => Pause(s.Sale, s.Plan, s.Id, now),
    };

    static Step Pause(Sale sale, RefundPlan plan, RefundId id, Moment now) =>
        new(new Refunding.Pausing(sale, plan, id, now + Policy.Backoff(plan.Attempts, urgent: false)));

    static Step Settle(Sale sale, RefundPlan plan, RefundId id) =>
        new(Settled(sale, plan), new Effect.Record(sale.Id, new Fact.RefundSettled(id, plan)));

    /// <summary>Where the money stands once the planned refund is through.</summary>
    public static PaymentState Settled(Sale sale, RefundPlan plan)
    {
        var returned = plan.Returned + plan.Minor;
        return returned >= sale.Amount.Minor
            ? new Refunded(sale, plan.Why)
            : new PartiallyRefunded(sale, plan.GatewayId, returned);
    }

    static Step GiveUp(Sale sale, NotPaid why, string problem) => new(
        new NeedsAttention(sale, why, problem),
        new Effect.Record(sale.Id, new Fact.NeedsAttention(why, problem)),
        new Effect.Alarm(sale.Id, problem));
}
