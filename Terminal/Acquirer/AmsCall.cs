using Terminal.Payments;

namespace Terminal.Acquirer;

/// <summary>One exchange with the gateway, without the line that carries it.</summary>
/// <param name="Payment">What it is about.</param>
/// <param name="Write">Makes the request, when it is about to leave.</param>
/// <param name="Read">Reads a verified body.</param>
/// <param name="Wrap">Makes what was read an input of the payment.</param>
public sealed record AmsCall(
    PaymentId Payment, Func<AmsRequest> Write, Func<byte[], GatewayAnswer> Read,
    Func<GatewayAnswer, PaymentInput> Wrap)
{
    public static AmsCall Of(Effect.Charge charge, AmsSettings settings, GatewayClock clock) => new(
        charge.Sale.Id,
        () => AmsRequest.Pay(charge, settings, clock.Now),
        body => AmsAnswer.Pay(body, settings.Currency),
        answer => new PaymentInput.PayAnswered(answer));

    public static AmsCall Of(Effect.Query query, Currency currency) => new(
        query.Payment,
        () => AmsRequest.Inquire(query.Payment),
        body => AmsAnswer.Inquiry(body, query.Payment, currency),
        answer => new PaymentInput.Inquired(query.Question, answer));

    public static AmsCall Of(Effect.Cancel cancel) => new(
        cancel.Payment,
        () => AmsRequest.Cancel(cancel.Payment),
        body => AmsAnswer.Cancel(body, cancel.Payment),
        answer => new PaymentInput.CancelAnswered(cancel.Attempt, answer));

    public static AmsCall Of(Effect.Refund refund) => new(
        refund.Payment,
        () => AmsRequest.Refund(refund),
        body => AmsAnswer.Refund(body, refund),
        answer => new PaymentInput.RefundAnswered(refund.Id, answer));

    public static AmsCall Of(Effect.QueryRefund query) => new(
        query.Payment,
        () => AmsRequest.InquireRefund(query.Id),
        body => AmsAnswer.RefundInquiry(body, query.Id),
        answer => new PaymentInput.RefundInquired(query.Id, answer));
}
