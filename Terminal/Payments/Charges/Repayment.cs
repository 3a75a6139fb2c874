using Terminal.Payments.Answers;
using Terminal.Payments.Orders;
using static Terminal.Payments.Charges.PaymentState;
using Step = Terminal.Payments.Transition<Terminal.Payments.Charges.PaymentState>;

namespace Terminal.Payments.Charges;

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

        (Refunding.Drawing p, PaymentInput.RefundIdDrawn e) => Start(p.Sale, p.Plan, e.Id, now),
        // The journal proves that the refund is owed, but holds no id for it yet.
        (Refunding.Drawing p, PaymentInput.Restarted) => Draw(p.Sale, p.Plan),

        (Refunding.Sent p, PaymentInput.RefundAnswered e) when e.Id == p.Id => Answered(p, e.Answer, now),
        (Refunding.Sent p, PaymentInput.TimePassed) when now >= p.Until => Pause(p.Sale, p.Plan, p.Id, now),
        (Refunding.Pausing p, PaymentInput.RefundAnswered { Answer: GatewayAnswer.Accepted } e) when e.Id == p.Id =>
            Settle(p.Sale, p.Plan, p.Id),
        (Refunding.Pausing p, PaymentInput.TimePassed) when now >= p.AskAt => Ask(p, now),
        (Refunding.Inquiring p, PaymentInput.RefundInquired e) when e.Id == p.Id => Inquired(p, e.Answer, now),
        (Refunding.Inquiring p, PaymentInput.RefundAnswered { Answer: GatewayAnswer.Accepted } e) when e.Id == p.Id =>
            Settle(p.Sale, p.Plan, p.Id),
        (Refunding.Inquiring p, PaymentInput.TimePassed) when now >= p.Until => Pause(p.Sale, p.Plan, p.Id, now),
        _ => new(s),
    };

    /// <summary>A refund needs an id that nobody drew before, not even a restored image of this box.</summary>
    public static Step Draw(Sale sale, RefundPlan plan) =>
        new(new Refunding.Drawing(sale, plan), new Effect.DrawRefundId(sale.Id));

    /// <summary>Returns the price of goods that the ECR did not issue.</summary>
    public static Step DrawRest(Sale sale, string gatewayId) => Draw(sale, PartialGoods.Rest(sale, gatewayId));

    Step Ask(Refunding.Pausing s, Moment now) => Ask((s.Sale, s.Plan, s.Id), null, now);

    Step Ask((Sale Sale, RefundPlan Plan, RefundId Id) s, string? refusal, Moment now) => new(
        new Refunding.Inquiring(
            s.Sale, s.Plan with { Attempts = s.Plan.Attempts + 1 }, s.Id, now + policy.InquiryLimit, refusal),
        new Effect.QueryRefund(s.Sale.Id, s.Id));

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

    public Step Start(Sale sale, RefundPlan plan, RefundId id, Moment now)
    {
        var (state, effects) = Send(sale, plan, id, now);
        return new(state, [new Effect.Record(sale.Id, new Fact.RefundStarted(id, plan)), .. effects]);
    }

    Step Send(Sale sale, RefundPlan plan, RefundId id, Moment now) => new(
        new Refunding.Sent(sale, plan with { Attempts = plan.Attempts + 1 }, id, now + policy.CancelLimit),
        new Effect.Refund(sale.Id, id, plan.GatewayId, sale.Amount with { Minor = plan.Minor }));

    Step Answered(Refunding.Sent s, GatewayAnswer answer, Moment now) => answer switch
    {
        GatewayAnswer.Accepted => Settle(s.Sale, s.Plan, s.Id),
        GatewayAnswer.Refused e => Ask((s.Sale, s.Plan, s.Id), e.Code, now),
        _ => Pause(s.Sale, s.Plan, s.Id, now),
    };

    Step Inquired(Refunding.Inquiring s, GatewayAnswer answer, Moment now) => answer switch
    {
        GatewayAnswer.Accepted => Settle(s.Sale, s.Plan, s.Id),
        GatewayAnswer.Refused e when s.Plan.Ids >= policy.MaxRelapses => EndRefused(s, s.Refusal ?? e.Code),
        GatewayAnswer.NotFound when s is { Refusal: { } code, Plan.IsOrdered: true } =>
            s.Plan.Ids >= policy.MaxRelapses ? EndRefused(s, code) :
            Pause(s.Sale, s.Plan with { Attempts = 0, Ids = s.Plan.Ids + 1 }, s.Id, now),
        GatewayAnswer.NotFound when s is { Refusal: { } code, Plan.IsOfRest: true } =>
            s.Plan.Ids >= policy.MaxRelapses ? EndRefused(s, code) :
            Pause(s.Sale, s.Plan with { Ids = s.Plan.Ids + 1 }, s.Id, now),
        GatewayAnswer.NotFound when s.Refusal is not null => Pause(s.Sale, s.Plan, s.Id, now),
        // Only "this refund failed" frees us to use another id.
        GatewayAnswer.Refused => Draw(s.Sale, s.Plan with { Attempts = 0, Ids = s.Plan.Ids + 1 }),
        GatewayAnswer.NotFound => Send(s.Sale, s.Plan, s.Id, now),
        _ => Pause(s.Sale, s.Plan, s.Id, now),
    };

    static Step Pause(Sale sale, RefundPlan plan, RefundId id, Moment now) =>
        new(new Refunding.Pausing(sale, plan, id, now + Policy.Backoff(plan.Attempts, urgent: false)));

    static Step Settle(Sale sale, RefundPlan plan, RefundId id) =>
        new(Settled(sale, plan), new Effect.Record(sale.Id, new Fact.RefundSettled(id, plan)));

    /// <summary>Where the money stands once the planned refund is made.</summary>
    public static PaymentState Settled(Sale sale, RefundPlan plan)
    {
        var returned = plan.Returned + plan.Minor;
        return returned >= sale.Amount.Minor
            ? new Refunded(sale, plan.Why)
            : new PartiallyRefunded(sale, plan.GatewayId, returned);
    }

    /// <summary>
    /// The ECR is told if a refund that it ordered was refused. A refund that we owe goes to a person, because the
    /// gateway will not make it.
    /// </summary>
    static Step EndRefused(Refunding.Inquiring s, string code)
    {
        if (!s.Plan.IsOrdered)
        {
            var (state, effects) = GiveUp(s.Sale, s.Plan.Why, "the gateway refuses the refund");
            return new((NeedsAttention)state with { Rest = s.Plan.IsOfRest ? s.Plan : null }, effects);
        }
        var fact = new Fact.RefundRefused(s.Id, s.Plan, new(NotPaidReason.Refused, code));
        return new(Kept(s.Sale, s.Plan), new Effect.Record(s.Sale.Id, fact));
    }

    /// <summary>Where the money stands if the planned refund is never made.</summary>
    public static PaymentState Kept(Sale sale, RefundPlan plan) => plan.Returned == 0
        ? new Paid(sale, plan.GatewayId, 0)
        : new PartiallyRefunded(sale, plan.GatewayId, plan.Returned);

    /// <summary>The refund that is on its way, or that a person must see to.</summary>
    public static RefundPlan? PlanOf(PaymentState state) => state switch
    {
        Refunding.Drawing s => s.Plan,
        Refunding.Sent s => s.Plan,
        Refunding.Pausing s => s.Plan,
        Refunding.Inquiring s => s.Plan,
        NeedsAttention s => s.Rest,
        _ => null,
    };

    static Step GiveUp(Sale sale, NotPaid why, string problem) => new(
        new NeedsAttention(sale, why, problem),
        new Effect.Record(sale.Id, new Fact.NeedsAttention(why, problem)),
        new Effect.Alarm(sale.Id, problem));
}
