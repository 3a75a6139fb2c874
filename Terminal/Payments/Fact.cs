using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Payments;

/// <summary>
/// What the journal keeps: one thing that became true of one order. Replaying the facts restores the states.
/// </summary>
abstract record Fact
{
    Fact() { }

    /// <summary>An order without its code, or one that ends at once: nothing has left.</summary>
    public sealed record Ordered(Sale Sale) : Fact;
    /// <summary>
    /// The order has its code, and is new unless Ordered came before: from here on the payment is assumed live.
    /// </summary>
    public sealed record Requested(Sale Sale) : Fact;
    public sealed record AbortAsked : Fact;
    public sealed record Paid(string GatewayId) : Fact;
    /// <param name="ToCheck">A decline of pay: one inquiry follows.</param>
    public sealed record Failed(NotPaid Why, bool ToCheck = false) : Fact;
    /// <summary>The inquiry after a decline found nothing against it, or got no answer.</summary>
    public sealed record DeclineChecked : Fact;
    public sealed record Cancelling(CancelCause Cause) : Fact;
    /// <summary>The gateway's answer to our cancels changed.</summary>
    public sealed record CancelAnswered(string Answer) : Fact;
    public sealed record CancelAcknowledged : Fact;
    public sealed record Cancelled(NotPaid Why) : Fact;
    /// <summary>A cancel cannot return the money; a refund follows.</summary>
    public sealed record RefundDue(CancelCause Cause) : Fact;
    public sealed record RefundStarted(RefundId Id, RefundPlan Plan) : Fact;
    public sealed record RefundSettled(RefundId Id, RefundPlan Plan) : Fact;
    /// <summary>A refund that the ECR ordered cannot be made; the payment stays as it was.</summary>
    public sealed record RefundRefused(RefundId Id, RefundPlan Plan, NotPaid Why) : Fact;
    public sealed record NeedsAttention(NotPaid Why, string Problem) : Fact;
    public sealed record Resolved(string By, string Note) : Fact;

    /// <summary>A reversal or refund began; what it does to the money is recorded with its payment.</summary>
    public sealed record ReturnRequested(Return Return) : Fact;
    public sealed record Returned : Fact;
    public sealed record NotReturned(NotPaid Why) : Fact;
    /// <summary>An end-of-day: what was before it is no longer in the open period.</summary>
    public sealed record PeriodClosed(EndOfDay Closing) : Fact;

    /// <summary>About to tell the ECR; the first byte of 04 0F follows.</summary>
    public sealed record Offered(Outcome Outcome) : Fact;
    /// <summary>The ECR acknowledged an approval.</summary>
    /// <param name="Delivered">The part that the ECR issued goods for; the rest must be returned. Null: all.</param>
    public sealed record Acknowledged(long? Delivered = null) : Fact;
    /// <summary>The ECR acknowledged 06 0F: it has booked, whether it books on 04 0F or on 06 0F.</summary>
    public sealed record Completed : Fact;
    /// <summary>The ECR acknowledged an approval after it was taken back: the ECR may have booked it.</summary>
    public sealed record AcknowledgedLate : Fact;
    /// <summary>The approval is taken back; the ECR never hears it again.</summary>
    public sealed record Withdrawn : Fact;
}
