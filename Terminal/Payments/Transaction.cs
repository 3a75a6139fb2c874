namespace Terminal.Payments;

/// <summary>One instruction with all that is known of it: the money, and what the ECR knows.</summary>
public sealed record Transaction(PaymentState Payment, DeliveryState Delivery)
{
    public Sale Sale => Payment.Sale;

    public Moment WakeAt => Moment.Earliest(Payment.WakeAt, Delivery.WakeAt);

    /// <summary>Is somebody still working on the money?</summary>
    public bool IsUnresolved => Payment is
        PaymentState.Requested or PaymentState.Pending or PaymentState.Interrupted or PaymentState.Cancelling or
        PaymentState.CancelAcknowledged or PaymentState.Refunding or PaymentState.NeedsAttention;

    /// <summary>What the ECR is told now: null while the first answer is still open.</summary>
    public Outcome? Outcome => Payment switch
    {
        PaymentState.Paid s => new Outcome.Approved(s.GatewayId),
        PaymentState.PartiallyRefunded s => new Outcome.Approved(s.GatewayId),
        // A refund that the ECR ordered: the sale stands until it is through.
        PaymentState.Refunding s when Repayment.OrderedPlan(s) is { } plan => new Outcome.Approved(plan.GatewayId),
        PaymentState.Done s => new Outcome.Approved(s.Sale.Instruction is Instruction.Return r ? r.GatewayId : ""),
        PaymentState.Failed s => new Outcome.Rejected(s.Why),
        PaymentState.Declined s => new Outcome.Rejected(s.Why),
        PaymentState.CancelAcknowledged s => new Outcome.Rejected(s.Trail.Why),
        PaymentState.Cancelled s => new Outcome.Rejected(s.Why),
        PaymentState.Refunded s => new Outcome.Rejected(s.Why),
        _ => null,
    };

    /// <summary>Nothing left to do here: the journal alone remembers it.</summary>
    public bool IsClosed => !IsUnresolved &&
        Payment is not (PaymentState.Created or PaymentState.Returning or PaymentState.Declined) &&
        Delivery is DeliveryState.Acknowledged or DeliveryState.Completed or DeliveryState.Withdrawn
            or DeliveryState.Told;
}
