using Terminal.Checkout;
using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Terminal.Acquirer;

/// <summary>
/// The gateway after a start that cannot record anything: it asks and cancels, but takes and returns no money. A call
/// that is not made gets no answer.
/// </summary>
/// <param name="may">The payments that may be cancelled without a record of it.</param>
sealed class CancelOnly(IAcquirer gateway, IReadOnlySet<PaymentId> may) : IAcquirer
{
    public TimeSpan? Expiry => gateway.Expiry;

    public Stamp? SignedTime => gateway.SignedTime;

    public void Charge(Durable requested, Effect.Charge charge)
    {
    }

    public void Query(Effect.Query query) => gateway.Query(query);

    public void Cancel(Durable requested, Effect.Cancel cancel)
    {
        if (may.Contains(cancel.Payment))
        {
            gateway.Cancel(requested, cancel);
        }
    }

    public void Refund(Durable started, Effect.Refund refund)
    {
    }

    public void QueryRefund(Effect.QueryRefund query) => gateway.QueryRefund(query);
}
