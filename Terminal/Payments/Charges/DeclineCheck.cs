using Terminal.Payments.Answers;
using Terminal.Payments.Orders;
using static Terminal.Payments.Charges.PaymentState;
using Step = Terminal.Payments.Transition<Terminal.Payments.Charges.PaymentState>;

namespace Terminal.Payments.Charges;

/// <summary>
/// The rows of the payment machine after a decline of pay. A decline names no payment, so it could belong to another
/// one. The ECR is told at once, and one inquiry in the background makes sure that the gateway holds nothing.
/// </summary>
sealed class DeclineCheck(Policy policy)
{
    public Step Start(Sale sale, NotPaid why, int asked, Moment now) => new(
        new Declined.Unchecked(sale, why, asked, now + policy.CheckDecline),
        new Effect.Record(sale.Id, new Fact.Failed(why, ToCheck: true)));

    public Step Next(Declined s, PaymentInput input, Moment now) => (s, input) switch
    {
        (Declined.Unchecked p, PaymentInput.Restarted) => new(p with { AskAt = now + policy.CheckDecline }),
        (Declined.Unchecked p, PaymentInput.TimePassed) when now >= p.AskAt => Ask(p, now),
        (Declined.Checking p, PaymentInput.Inquired e) when e.Question == p.Asked => Close(p),
        (Declined.Checking p, PaymentInput.TimePassed) when now >= p.Until => Close(p),
        _ => new(s),
    };

    /// <summary>
    /// The gateway has this payment after all. PROCESSING proves that only if we asked after the decline.
    /// </summary>
    public static bool IsRefuted(Declined s, PaymentInput input) => input switch
    {
        PaymentInput.PayAnswered { Answer: GatewayAnswer.Succeeded e } => e.Echo == s.Sale.Id,
        PaymentInput.Inquired { Answer: GatewayAnswer.Succeeded e } => e.Echo == s.Sale.Id,
        PaymentInput.Inquired { Answer: GatewayAnswer.Processing { Named: true } } e =>
            s is Declined.Checking && e.Question == s.Asked,
        _ => false,
    };

    Step Ask(Declined.Unchecked s, Moment now) => new(
        new Declined.Checking(s.Sale, s.Why, s.Asked + 1, now + policy.InquiryLimit),
        new Effect.Query(s.Sale.Id, s.Asked + 1, policy.InquiryLimit));

    /// <summary>The gateway says anything else, or nothing: the decline stands.</summary>
    static Step Close(Declined s) =>
        new(new Failed(s.Sale, s.Why), new Effect.Record(s.Sale.Id, new Fact.DeclineChecked()));

}
