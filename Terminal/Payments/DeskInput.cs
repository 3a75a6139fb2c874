namespace Terminal.Payments;

/// <summary>Everything that can reach the loop.</summary>
public abstract record DeskInput
{
    DeskInput() { }

    /// <summary>The code that came with it; whoever drops the input wipes it.</summary>
    public PaymentCode? Carried => this switch
    {
        Instructed e => e.Code,
        Ordered e => e.Order.Code,
        Scanned e => e.Code,
        _ => null,
    };

    public sealed record TimePassed : DeskInput;

    /// <summary>The process started: resume what the journal left open.</summary>
    public sealed record Started : DeskInput;

    /// <summary>
    /// A payment instruction as the ECR sent it; the loop gives it fresh ids and makes it an <see cref="Ordered"/>.
    /// </summary>
    public sealed record Instructed(Money Amount, PaymentCode? Code) : DeskInput
    {
        /// <summary>The ECR numbers its orders, and this number is new: whatever its code, it is no resend.</summary>
        public bool IsNew { get; init; }

        /// <summary>Null: the ECR does not mirror receipt numbers.</summary>
        public Mirror? Mirror { get; init; }

        /// <summary>The ECR asked for intermediate statuses (04 FF).</summary>
        public bool HearsProgress { get; init; }

        /// <summary>Why it cannot be paid, whatever its code; null: it can.</summary>
        public NotPaidReason? Objection { get; init; }
    }

    public sealed record Ordered(Order Order) : DeskInput;

    /// <summary>A reversal or refund; the loop makes it a <see cref="ReturnOrdered"/>.</summary>
    public sealed record ReturnInstructed(ReturnRequest Request) : DeskInput
    {
        /// <summary>Null: the ECR does not mirror receipt numbers.</summary>
        public Mirror? Mirror { get; init; }
    }

    public sealed record ReturnOrdered(ReturnOrder Order) : DeskInput
    {
        public Mirror? Mirror { get; init; }
    }

    /// <summary>06 50; the loop makes it a <see cref="CloseOrdered"/>.</summary>
    public sealed record CloseInstructed : DeskInput
    {
        /// <summary>Null: the ECR does not mirror receipt numbers.</summary>
        public Mirror? Mirror { get; init; }
    }

    /// <param name="Sale">An end-of-day with fresh ids and the totals of the period.</param>
    /// <param name="Earlier">The end-of-day before, if nothing else has begun since.</param>
    public sealed record CloseOrdered(Sale Sale, Transaction? Earlier) : DeskInput
    {
        public Mirror? Mirror { get; init; }
    }

    /// <summary>06 10; the loop adds what a <see cref="CloseOrdered"/> would carry now.</summary>
    public sealed record TotalsAsked(Sale? Sale = null) : DeskInput;

    /// <param name="Earlier">Looked up by the loop; the scanner leaves it out.</param>
    public sealed record Scanned(PaymentCode Code, Transaction? Earlier = null) : DeskInput;

    /// <summary>06 B0, or the cashier's key.</summary>
    public sealed record AbortAsked : DeskInput;

    /// <summary>06 20: tell the newest transaction again.</summary>
    /// <param name="Payment">This one, newest or not: its order came again under the same number.</param>
    /// <param name="Earlier">Looked up by the loop.</param>
    public sealed record RepeatAsked(PaymentId? Payment = null, Transaction? Earlier = null) : DeskInput;

    public sealed record Answered(PaymentId Payment, EcrAnswer Answer) : DeskInput
    {
        /// <summary>In minor units, what <see cref="EcrAnswer.InPart"/> names.</summary>
        public long Delivered { get; init; }
    }

    public sealed record Closed(PaymentId Payment, bool Acknowledged) : DeskInput;

    public sealed record LinkReady : DeskInput;

    /// <summary>
    /// The line is down, nobody acknowledges on it, or the ECR registered anew: what waits for a code is no longer
    /// wanted. From the moment there is one it changes nothing.
    /// </summary>
    public sealed record TillGone : DeskInput;

    /// <summary>The ECR acknowledged the intermediate status that was to prove that it is there.</summary>
    public sealed record TillThere(PaymentId Order) : DeskInput;

    /// <summary>Another user of the journal found it failed; the loop never gets to decide on anything again.</summary>
    public sealed record JournalLost(string Why) : DeskInput;

    /// <summary>Something happened to the money of one payment.</summary>
    public sealed record Happened(PaymentId Payment, PaymentInput What) : DeskInput;
}
