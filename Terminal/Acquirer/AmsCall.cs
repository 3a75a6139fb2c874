using Terminal.Payments;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Acquirer;

/// <summary>One exchange with the gateway, independent of the line that carries it.</summary>
/// <param name="Payment">The payment that the call is about.</param>
/// <param name="Write">Makes the request just before it leaves.</param>
/// <param name="Read">Reads a verified body.</param>
/// <param name="Wrap">Turns the answer into an input of the payment.</param>
sealed record AmsCall(
    PaymentId Payment, Func<AmsRequest> Write, Func<byte[], GatewayAnswer> Read,
    Func<GatewayAnswer, PaymentInput> Wrap)
{
    /// <summary>
    /// Whether the answer carries the id that was asked for. Nobody knew that id before us, so such an answer was
    /// signed now. An answer without it could be replayed from another time or another payment.
    /// </summary>
    public required Func<GatewayAnswer, bool> Names { get; init; }

    /// <summary>What a verified body says, as far as it can be trusted.</summary>
    public GatewayAnswer Hear(byte[] body, Freshness age)
    {
        var answer = Read(body);
        return age == Freshness.Fresh || Names(answer) || answer is GatewayAnswer.Unknown
            ? answer
            : new GatewayAnswer.Unknown("signed at another time");
    }

    /// <summary>Writes its request at once, because the code is wiped once it can no longer be submitted.</summary>
    public static AmsCall Of(Effect.Charge charge, AmsSettings settings, GatewayClock clock)
    {
        var (id, request) = (charge.Sale.Id, AmsRequest.Pay(charge, settings, clock.Now));
        return new(
            id,
            () => request,
            body => AmsAnswer.Pay(body, settings.Currency),
            answer => new PaymentInput.PayAnswered(answer))
        {
            Names = answer => answer is GatewayAnswer.Succeeded e && e.Echo == id,
        };
    }

    public static AmsCall Of(Effect.Query query, Currency currency) => new(
        query.Payment,
        () => AmsRequest.Inquire(query.Payment),
        body => AmsAnswer.Inquiry(body, query.Payment, currency),
        answer => new PaymentInput.Inquired(query.Question, answer))
    {
        Names = answer => answer switch
        {
            GatewayAnswer.Succeeded e => e.Echo == query.Payment,
            GatewayAnswer.Processing e => e.Named,
            _ => answer is GatewayAnswer.Declined or GatewayAnswer.Cancelled,
        },
    };

    public static AmsCall Of(Effect.Cancel cancel) => new(
        cancel.Payment,
        () => AmsRequest.Cancel(cancel.Payment),
        body => AmsAnswer.Cancel(body, cancel.Payment),
        answer => new PaymentInput.CancelAnswered(cancel.Attempt, answer))
    {
        Names = answer => answer is GatewayAnswer.Accepted,
    };

    public static AmsCall Of(Effect.Refund refund) => new(
        refund.Payment,
        () => AmsRequest.Refund(refund),
        body => AmsAnswer.Refund(body, refund),
        answer => new PaymentInput.RefundAnswered(refund.Id, answer))
    {
        Names = answer => answer is GatewayAnswer.Accepted,
    };

    public static AmsCall Of(Effect.QueryRefund query) => new(
        query.Payment,
        () => AmsRequest.InquireRefund(query.Id),
        body => AmsAnswer.RefundInquiry(body, query.Id),
        answer => new PaymentInput.RefundInquired(query.Id, answer))
    {
        Names = answer => answer is GatewayAnswer.Accepted or GatewayAnswer.Refused or GatewayAnswer.Processing,
    };

    /// <summary>
    /// Asks about a refund that nobody ordered, to use a connection and learn the time. It does not ask about a
    /// payment: the answer "it does not exist" could be replayed when a payment is inquired.
    /// </summary>
    public static AmsCall Probe(RefundId nobodys) => Of(new Effect.QueryRefund(new(nobodys.Value), nobodys));
}
