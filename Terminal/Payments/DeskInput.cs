using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using Terminal.Payments.Periods;

namespace Terminal.Payments;

/// <summary>What the desk decides on: complete, with ids and with the earlier transactions that it concerns.</summary>
abstract record DeskInput : LoopInput
{
    DeskInput() { }

    public sealed record TimePassed : DeskInput;

    /// <summary>The process started: resume what the journal left open.</summary>
    public sealed record Started : DeskInput;

    public sealed record Ordered(SaleOrder Order) : DeskInput;

    /// <summary>A reversal or refund.</summary>
    public sealed record ReturnOrdered(ReturnOrder Order) : DeskInput
    {
        public Mirror? Mirror { get; init; }
    }

    /// <param name="Accounts">The books as they stand before the end-of-day.</param>
    /// <param name="Earlier">The end-of-day before, if nothing else has begun since.</param>
    public sealed record CloseOrdered(Accounts Accounts, OrderNumbers Numbers, Transaction? Earlier) : DeskInput
    {
        public Mirror? Mirror { get; init; }
    }

    /// <param name="Numbers">The numbers that an end-of-day would get now.</param>
    public sealed record TotalsAsked(Accounts Accounts, OrderNumbers Numbers) : DeskInput;

    /// <param name="Earlier">The newest payment with this code, if any.</param>
    public sealed record Scanned(PaymentCode Code, Transaction? Earlier = null) : DeskInput;

    /// <summary>06 B0, or the cashier's key.</summary>
    public sealed record AbortAsked : DeskInput;

    /// <summary>Tell the newest transaction again, or one that is named.</summary>
    /// <param name="Earlier">The one that is named, as it stands now.</param>
    public sealed record RepeatAsked(PaymentId? Payment = null, Transaction? Earlier = null) : DeskInput;

    public sealed record Answered(PaymentId Payment, EcrAnswer Answer) : DeskInput
    {
        /// <summary>The amount that <see cref="EcrAnswer.InPart"/> names, in minor units.</summary>
        public long Delivered { get; init; }
    }

    public sealed record Closed(PaymentId Payment, bool Acknowledged) : DeskInput;

    public sealed record LinkReady : DeskInput;

    /// <summary>
    /// The line is down, nobody acknowledges on it, or the ECR registered anew: an order that waits for its code is no
    /// longer wanted. Once the payment has begun this changes nothing.
    /// </summary>
    public sealed record TillGone : DeskInput;

    /// <summary>The ECR acknowledged the intermediate status that asked whether it is there.</summary>
    public sealed record TillThere(PaymentId Order) : DeskInput;

    /// <summary>Something happened to the money of one payment.</summary>
    public sealed record Happened(PaymentId Payment, PaymentInput What) : DeskInput;
}
