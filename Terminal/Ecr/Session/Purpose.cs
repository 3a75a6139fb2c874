using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Ecr.Session;

/// <summary>What we have to say to the ECR, and so who cares how it ends.</summary>
abstract record Purpose
{
    Purpose() { }

    /// <summary>It ends what may be dropped.</summary>
    public bool IsResult => this is Offer or Totals or Refusal;

    /// <summary>The ECR's command ends with it.</summary>
    public bool IsEnd => this is Complete or End or EndOfRefusal or EndOfTotals;

    /// <summary>04 FF: may be dropped for anything else.</summary>
    /// <param name="Proves">Once the ECR has it, this order's ECR is there; null: nobody asks.</param>
    public sealed record Progress(PaymentId? Proves = null) : Purpose;

    /// <summary>04 0F of a payment.</summary>
    public sealed record Offer(Effect.Offer What) : Purpose
    {
        public PaymentId Payment => What.Order.Id;
    }

    /// <summary>04 0F once more, for an ECR that asked again too often: nothing comes of its answer.</summary>
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

    /// <summary>Part of a receipt; once one is not taken, the rest is not sent.</summary>
    public sealed record Print : Purpose;

    /// <summary>Part of a command that the desk does not know of, such as the 06 0F of a status enquiry.</summary>
    public sealed record Local : Purpose;
}
