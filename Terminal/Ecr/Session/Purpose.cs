using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Ecr.Session;

/// <summary>What a message tells the ECR, and so who needs to know how it ends.</summary>
abstract record Purpose
{
    Purpose() { }

    /// <summary>A result ends messages that may be dropped.</summary>
    public bool IsResult => this is Offer or Totals or Refusal;

    /// <summary>The message ends the ECR's command.</summary>
    public bool IsEnd => this is Complete or End or EndOfRefusal or EndOfTotals;

    /// <summary>04 FF: dropped as soon as there is anything else to send.</summary>
    /// <param name="Proves">The order whose ECR is there once it has received this; null: nobody asks.</param>
    public sealed record Progress(PaymentId? Proves = null) : Purpose;

    /// <summary>04 0F of a payment.</summary>
    public sealed record Offer(Effect.Offer What) : Purpose
    {
        public PaymentId Payment => What.Order.Id;
    }

    /// <summary>04 0F once more, for an ECR that asked too often. Its answer has no effect.</summary>
    public sealed record TooOften(Order Order, Outcome Outcome) : Purpose;

    /// <summary>06 0F of a payment.</summary>
    public sealed record Complete(PaymentId Payment) : Purpose;

    /// <summary>06 1E of a payment.</summary>
    /// <param name="Order">Null: only its outcome is known.</param>
    public sealed record End(PaymentId Payment, Order? Order, Outcome Outcome) : Purpose;

    /// <summary>04 0F of a command that moved nothing; 06 1E follows with the same code.</summary>
    public sealed record Refusal(Payments.Refusal Why) : Purpose;

    public sealed record EndOfRefusal(Payments.Refusal Why) : Purpose;

    /// <summary>04 0F with totals; 06 0F follows.</summary>
    public sealed record Totals(Effect.Report What) : Purpose;

    public sealed record EndOfTotals : Purpose;

    /// <summary>Part of a receipt. If the ECR does not take one part, the rest is not sent.</summary>
    public sealed record Print : Purpose;

    /// <summary>Part of a command that is not for the desk, such as the 06 0F of a status enquiry.</summary>
    public sealed record Local : Purpose;
}
