using Terminal.Payments;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Acquirer;

/// <summary>One exchange with the gateway, without the line that carries it.</summary>
/// <param name="Payment">What it is about.</param>
/// <param name="Write">Makes the request, when it is about to leave.</param>
/// <param name="Read">Reads a verified body.</param>
/// <param name="Wrap">Makes what was read an input of the payment.</param>
sealed record AmsCall(
    PaymentId Payment, Func<AmsRequest> Write, Func<byte[], GatewayAnswer> Read,
    Func<GatewayAnswer, PaymentInput> Wrap)
{
    /// <summary>
    /// Does the answer carry the id that was asked for? Nobody knew that before us, so its signature is of now. What
    /// carries none could be repeated from another time or about another payment.
    /// </summary>
    public required Func<GatewayAnswer, bool> Names { get; init; }

    /// <summary>What a verified body says, as far as it can be believed.</summary>
    public GatewayAnswer Hear(byte[] body, Freshness age)
    {
        var answer = Read(body);
        return age == Freshness.Fresh || Names(answer) || answer is GatewayAnswer.Unknown
            ? answer
            : new GatewayAnswer.Unknown("signed at another time");
    }

    /// <summary>Its request is written at once: the code is wiped when it cannot be submitted any more.</summary>
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
    /// About a refund that nobody ordered, so that a connection is used and the time told. Not about a payment: that
    /// answer, "it does not exist", would be one to repeat when a payment is inquired.
    /// </summary>
    public static AmsCall Probe(RefundId nobodys) => Of(new Effect.QueryRefund(new(nobodys.Value), nobodys));
}
