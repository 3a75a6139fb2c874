using Terminal.Payments;
using Terminal.Payments.Charges;

namespace Terminal.Checkout;

/// <summary>
/// The payment gateway. No call waits: each is answered exactly once, by a <see cref="DeskInput.Happened"/> in the
/// inbox. A failed link is an answer (<see cref="GatewayAnswer.Unknown"/>, <see cref="GatewayAnswer.NotSent"/>), never
/// an exception.
/// </summary>
interface IAcquirer
{
    /// <summary>The validity that the next pay call would carry; null while the gateway's clock is unknown.</summary>
    TimeSpan? Expiry { get; }

    /// <summary>The newest time that the gateway is known to have signed; null: none.</summary>
    Stamp? SignedTime { get; }

    /// <summary>Takes money. Answered by <see cref="PaymentInput.PayAnswered"/>.</summary>
    void Charge(Durable requested, Effect.Charge charge);

    /// <summary>Answered by <see cref="PaymentInput.Inquired"/> with the same number.</summary>
    void Query(Effect.Query query);

    /// <summary>
    /// Aborts the pay connection, then cancels. Answered by <see cref="PaymentInput.CancelAnswered"/>.
    /// </summary>
    void Cancel(Durable requested, Effect.Cancel cancel);

    /// <summary>Returns money. Answered by <see cref="PaymentInput.RefundAnswered"/>.</summary>
    void Refund(Durable started, Effect.Refund refund);

    /// <summary>Answered by <see cref="PaymentInput.RefundInquired"/>.</summary>
    void QueryRefund(Effect.QueryRefund query);
}
