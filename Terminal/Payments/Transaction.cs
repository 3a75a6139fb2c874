using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Payments;

/// <summary>One order with all that is known of it: the money, and what the ECR knows.</summary>
sealed record Transaction(PaymentState Payment, DeliveryState Delivery)
{
    public Order Order => Payment.Order;

    public Moment WakeAt => Moment.Earliest(Payment.WakeAt, Delivery.WakeAt);

    /// <summary>The money is not settled yet: the terminal works on it, or a person must.</summary>
    public bool IsUnresolved => Payment is
        PaymentState.Requested or PaymentState.Pending or PaymentState.Interrupted or PaymentState.Cancelling or
        PaymentState.CancelAcknowledged or PaymentState.Refunding or PaymentState.NeedsAttention;

    /// <summary>What the ECR is told now: null while the first answer is still open.</summary>
    public Outcome? Outcome => Payment switch
    {
        PaymentState.Paid s => new Outcome.Approved(s.GatewayId),
        PaymentState.PartiallyRefunded s => new Outcome.Approved(s.GatewayId),
        // A refund that the ECR ordered: the sale stands until the refund is settled.
        PaymentState.Refunding s when Repayment.PlanOf(s) is { IsOrdered: true } plan =>
            new Outcome.Approved(plan.GatewayId),
        // The part that the ECR issued goods for stands, whatever becomes of the rest.
        PaymentState s when Repayment.PlanOf(s) is { IsOfRest: true } plan =>
            IsWithdrawn ? null : new Outcome.Approved(plan.GatewayId),
        PaymentState.Done s => new Outcome.Approved(s.Order is Return r ? r.Of.GatewayId : ""),
        PaymentState.Failed s => new Outcome.Rejected(s.Why),
        PaymentState.Declined s => new Outcome.Rejected(s.Why),
        PaymentState.CancelAcknowledged s => new Outcome.Rejected(s.Trail.Why),
        PaymentState.Cancelled s => new Outcome.Rejected(s.Why),
        PaymentState.Refunded s => new Outcome.Rejected(s.Why),
        _ => null,
    };

    bool IsWithdrawn => Delivery is DeliveryState.Withdrawn
        or DeliveryState.Retelling { Settled: DeliveryState.Withdrawn };

    /// <summary>The ECR took back its part after the rest was returned: the part goes back as well.</summary>
    public bool IsOwed =>
        IsWithdrawn && Payment is PaymentState.PartiallyRefunded && PartialGoods.IsIntact(Payment);

    /// <summary>Nothing is left to do: only the journal remembers it.</summary>
    public bool IsClosed => !IsUnresolved && !IsOwed &&
        Payment is not (PaymentState.Created or PaymentState.Returning or PaymentState.Declined) &&
        Delivery is DeliveryState.Acknowledged or DeliveryState.Completed or DeliveryState.Withdrawn
            or DeliveryState.Told;
}
