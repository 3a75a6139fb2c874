using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Payments.Charges;

/// <summary>What can happen to one payment.</summary>
abstract record PaymentInput
{
    PaymentInput() { }

    /// <summary>The wake-up time came (or time passed for another reason).</summary>
    public sealed record TimePassed : PaymentInput;

    /// <summary>Submit the payment with this code.</summary>
    public sealed record Begun(PaymentCode Code) : PaymentInput;

    /// <summary>The order ends before anything has left.</summary>
    public sealed record Declined(NotPaid Why) : PaymentInput;

    public sealed record PayAnswered(GatewayAnswer Answer) : PaymentInput;

    /// <param name="Question">The number that the question carried.</param>
    public sealed record Inquired(int Question, GatewayAnswer Answer) : PaymentInput;

    /// <param name="Attempt">The number that the cancel carried.</param>
    public sealed record CancelAnswered(int Attempt, GatewayAnswer Answer) : PaymentInput;

    public sealed record RefundIdDrawn(RefundId Id) : PaymentInput;

    public sealed record RefundAnswered(RefundId Id, GatewayAnswer Answer) : PaymentInput;

    public sealed record RefundInquired(RefundId Id, GatewayAnswer Answer) : PaymentInput;

    /// <summary>
    /// A notification says that something changed: ask at once. It decides nothing itself. Nothing posts it yet: the
    /// box has no public address that a gateway could reach.
    /// </summary>
    public sealed record Nudged : PaymentInput;

    /// <summary>ECR or cashier wants to stop.</summary>
    public sealed record AbortAsked : PaymentInput;

    /// <summary>The ECR did not take the approval: undo it.</summary>
    public sealed record Withdrawn(CancelCause Cause = CancelCause.Withdrawn) : PaymentInput;

    /// <summary>The ECR issued goods for this amount: the rest goes back.</summary>
    public sealed record PartlyDelivered(long Minor) : PaymentInput;

    /// <summary>The ECR orders the whole payment undone (06 30).</summary>
    public sealed record ReversalAsked : PaymentInput;

    /// <summary>The ECR orders this much returned (06 31 with a reference).</summary>
    /// <param name="Id">Fresh: the id of the first attempt.</param>
    public sealed record RefundAsked(RefundId Id, long Minor) : PaymentInput;

    /// <summary>The process started again and found the payment in its journal.</summary>
    public sealed record Restarted : PaymentInput;

    /// <summary>A person settled it by hand.</summary>
    public sealed record Resolved(string By, string Note) : PaymentInput;
}
