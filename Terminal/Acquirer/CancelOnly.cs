using Terminal.Checkout;
using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Terminal.Acquirer;

/// <summary>
/// The gateway for a start that cannot record anything: asks and cancels, takes and returns nothing else. What is not
/// done is not answered.
/// </summary>
/// <param name="may">What may be cancelled without a record of it.</param>
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
