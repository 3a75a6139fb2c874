using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Payments;

/// <summary>
/// What a till or a customer wants, as a driver understood it: without ids, numbers or what the journal knows. The loop
/// completes it to a <see cref="DeskInput"/>.
/// </summary>
abstract record Arrival : LoopInput
{
    Arrival() { }

    /// <summary>06 01: becomes <see cref="DeskInput.Ordered"/>.</summary>
    public sealed record Instructed(Money Amount, PaymentCode? Code) : Arrival
    {
        /// <summary>
        /// The ECR numbers its orders, and this number is new: the order is no resend, whatever its code.
        /// </summary>
        public bool IsNew { get; init; }

        /// <summary>Null: the ECR does not mirror receipt numbers.</summary>
        public Mirror? Mirror { get; init; }

        /// <summary>The ECR asked for intermediate statuses (04 FF).</summary>
        public bool HearsProgress { get; init; }

        /// <summary>Why the order cannot be paid, whatever its code; null: it can.</summary>
        public NotPaidReason? Objection { get; init; }
    }

    /// <summary>06 30 or 06 31: becomes <see cref="DeskInput.ReturnOrdered"/>.</summary>
    public sealed record ReturnInstructed(ReturnRequest Request) : Arrival
    {
        /// <summary>Null: the ECR does not mirror receipt numbers.</summary>
        public Mirror? Mirror { get; init; }
    }

    /// <summary>06 50: becomes <see cref="DeskInput.CloseOrdered"/>.</summary>
    public sealed record CloseInstructed : Arrival
    {
        /// <summary>Null: the ECR does not mirror receipt numbers.</summary>
        public Mirror? Mirror { get; init; }
    }

    /// <summary>06 10.</summary>
    public sealed record TotalsAsked : Arrival;

    /// <summary>The customer showed a code.</summary>
    public sealed record Scanned(PaymentCode Code) : Arrival;

    /// <summary>06 20: tell the newest transaction again.</summary>
    /// <param name="Payment">
    /// Null: the newest one. Else this one, because its order came again under the same number.
    /// </param>
    public sealed record RepeatAsked(PaymentId? Payment = null) : Arrival;
}
