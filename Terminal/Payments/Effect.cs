using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Payments;

/// <summary>What a transition wants done. The loop runs the effects in order, records first.</summary>
abstract record Effect
{
    Effect() { }

    /// <summary>Make it durable before any other effect of the step.</summary>
    public sealed record Record(PaymentId Payment, Fact Fact) : Effect;

    /// <summary>Submit the payment. Never repeated once a byte may have left.</summary>
    public sealed record Charge(Sale Sale, PaymentCode Code) : Effect;

    /// <summary>Ask for the payment's status; the answer carries the number back.</summary>
    public sealed record Query(PaymentId Payment, int Question, TimeSpan Limit) : Effect;

    /// <summary>Cancel the payment (the gateway refunds a paid one).</summary>
    public sealed record Cancel(PaymentId Payment, int Attempt, TimeSpan Limit) : Effect;

    public sealed record DrawRefundId(PaymentId Payment) : Effect;

    /// <summary>Return money; repeated only under the same id.</summary>
    public sealed record Refund(PaymentId Payment, RefundId Id, string GatewayId, Money Amount) : Effect;

    public sealed record QueryRefund(PaymentId Payment, RefundId Id) : Effect;

    /// <summary>Tell the ECR the outcome (04 0F), its first byte by the given moment.</summary>
    public sealed record Offer(Order Order, Outcome Outcome, Moment By) : Effect
    {
        /// <summary>The ECR asked for patience (84 9C): it hears this inside the same command, or never.</summary>
        public bool IsRepeat { get; init; }
    }

    /// <summary>Close an acknowledged approval (06 0F).</summary>
    public sealed record Complete(PaymentId Payment) : Effect
    {
        /// <summary>The amount that the ECR issued goods for, in minor units; null: the amount it was told.</summary>
        public long? Delivered { get; init; }
    }

    /// <summary>Close the ECR's command without an approval (06 1E).</summary>
    /// <param name="Outcome">If approved: the ECR did not acknowledge it, but it stands.</param>
    public sealed record Close(PaymentId Payment, Outcome Outcome) : Effect;

    /// <summary>Refuse an instruction that moved nothing.</summary>
    public sealed record Refuse(Refusal Refusal) : Effect;

    /// <summary>Tell the ECR what the open period came to so far (04 0F, 06 0F); nothing changes.</summary>
    /// <param name="Closing">An end-of-day that is not carried out; its numbers stay free.</param>
    public sealed record Report(EndOfDay Closing) : Effect
    {
        /// <summary>The report answers 06 50: nothing happened since the last end-of-day.</summary>
        public bool IsClosedBefore { get; init; }
    }

    /// <summary>
    /// Intermediate status for the ECR (04 FF), repeated by the link every 10 s, none started after <c>Until</c>.
    /// </summary>
    public sealed record Progress(Stage Stage, Moment Until) : Effect
    {
        /// <summary>
        /// The order whose ECR shows that it is there by acknowledging this status; the link then posts
        /// <see cref="DeskInput.TillThere"/>. Null: nobody asks.
        /// </summary>
        public PaymentId? Proves { get; init; }
    }

    /// <summary>
    /// A scan answers no order: its code was submitted before, or another code waits for the ECR's proof.
    /// </summary>
    public sealed record ScanIgnored : Effect;

    /// <summary>Something a person should look at.</summary>
    public sealed record Alarm(PaymentId Payment, string Problem) : Effect;
}

/// <summary>How far the current payment is, for ECR status, display, lights and sounds.</summary>
enum Stage
{
    AwaitingCode,
    /// <summary>The code is there; the ECR is asked whether it is there too.</summary>
    Confirming,
    Submitting,
    /// <summary>The customer confirms on the phone.</summary>
    WaitingForCustomer,
    Cancelling,
    /// <summary>A reversal or refund is under way.</summary>
    Returning,
}

/// <summary>Why an instruction was refused before anything moved, with what the cashier should know.</summary>
/// <param name="Receipt">The receipt that the refusal is about.</param>
sealed record Refusal(RefusalReason Reason, int Receipt = 0)
{
    /// <summary>The payments that the receipt number may mean, newest first; a refund names one by its id.</summary>
    public IReadOnlyList<Sale> Candidates { get; init; } = [];

    /// <summary>The most that can be returned.</summary>
    public Money? Most { get; init; }
}

public enum RefusalReason
{
    Busy,
    TooManyUnresolved,
    /// <summary>Nothing to repeat.</summary>
    NoTransaction,
    /// <summary>The journal cannot be written: no payments.</summary>
    JournalDown,
    JournalFull,
    /// <summary>Open payments go on; new ones wait until a person has looked at the journal.</summary>
    JournalDamaged,
    /// <summary>The key that recognises used codes is lost: open payments go on, new ones wait for a person.</summary>
    CodeKeyLost,
    /// <summary>A return names no payment.</summary>
    ReceiptUnknown,
    /// <summary>
    /// Several <see cref="Refusal.Candidates"/> have the receipt number, and the order does not say which it means.
    /// </summary>
    ReceiptAmbiguous,
    /// <summary>The receipt's period is closed: only a refund that names one of the candidates may begin.</summary>
    PeriodClosed,
    AlreadyReturned,
    /// <summary>The money, or a part of it, is on its way back.</summary>
    ReturnUnderWay,
    /// <summary>The money should be on its way back, but a person must decide how.</summary>
    ReturnNeedsPerson,
    /// <summary>Not paid, not yet told, partly refunded, or the till may not know of the return before.</summary>
    NotReturnable,
    /// <summary>A reversal of another amount than was paid, or a refund of more than is left.</summary>
    ReturnAmount,
}
