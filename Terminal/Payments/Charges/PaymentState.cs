using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Payments.Charges;

/// <summary>Where the money of one payment stands. Each state carries exactly its own data.</summary>
abstract record PaymentState
{
    PaymentState() { }

    /// <summary>The order whose money it is.</summary>
    public abstract Order Order { get; }

    /// <summary>When the state wants <see cref="PaymentInput.TimePassed"/>.</summary>
    public virtual Moment WakeAt => Moment.Never;

    /// <summary>The money of a sale, on its way in or back.</summary>
    public abstract record OfSale(Sale Sale) : PaymentState
    {
        public sealed override Order Order => Sale;
    }

    /// <summary>Ordered, and perhaps waiting for its code; nothing has left.</summary>
    public sealed record Created(Sale Sale) : OfSale(Sale);

    /// <summary>Durable, pay sent, nothing heard. The code stays until it cannot be sent again.</summary>
    public sealed record Requested(Sale Sale, Moment T0, PaymentCode Code, Moment FirstAsk) : OfSale(Sale)
    {
        public bool Resent { get; init; }
        public override Moment WakeAt => FirstAsk;
    }

    /// <summary>No trustworthy final answer yet: the inquiry loop.</summary>
    /// <param name="Asked">Number of the newest question; 0 before the first.</param>
    /// <param name="LastAskAt">When the last inquiry is due (T0 + 23 s, or earlier after an abort).</param>
    public abstract record Pending(Sale Sale, Moment T0, int Asked, Moment LastAskAt) : OfSale(Sale)
    {
        /// <summary>Between two questions.</summary>
        public sealed record Waiting(Sale Sale, Moment T0, int Asked, Moment LastAskAt, Moment NextAskAt)
            : Pending(Sale, T0, Asked, LastAskAt)
        {
            public override Moment WakeAt => Moment.Earliest(NextAskAt, LastAskAt);
        }

        /// <summary>One question in flight.</summary>
        public sealed record Inquiring(Sale Sale, Moment T0, int Asked, Moment LastAskAt, Moment AskedAt, Moment Until)
            : Pending(Sale, T0, Asked, LastAskAt)
        {
            public override Moment WakeAt => Moment.Earliest(Until, LastAskAt);
        }

        /// <summary>The last question in flight; the cancel follows it without a gap.</summary>
        public sealed record LastInquiry(Sale Sale, Moment T0, int Asked, Moment Until, CancelCause Cause)
            : Pending(Sale, T0, Asked, Moment.Never)
        {
            public override Moment WakeAt => Until;
        }
    }

    /// <summary>The money is ours; nothing of it was returned.</summary>
    /// <param name="Asked">
    /// Number of the newest question, so that a late answer to it cannot count as proof later.
    /// </param>
    public sealed record Paid(Sale Sale, string GatewayId, int Asked) : OfSale(Sale);

    /// <summary>Final: nothing was charged; for a return, nothing was returned.</summary>
    public sealed record Failed(Order Order, NotPaid Why) : PaymentState
    {
        public override Order Order { get; } = Order;
    }

    /// <summary>
    /// The gateway declined pay, and the ECR is told so. Nobody waits for the inquiry that follows in the background.
    /// </summary>
    /// <param name="Asked">Number of the newest question.</param>
    public abstract record Declined(Sale Sale, NotPaid Why, int Asked) : OfSale(Sale)
    {
        /// <summary>The question is still to be asked.</summary>
        public sealed record Unchecked(Sale Sale, NotPaid Why, int Asked, Moment AskAt) : Declined(Sale, Why, Asked)
        {
            public override Moment WakeAt => AskAt;
        }

        /// <summary>The question is in flight.</summary>
        public sealed record Checking(Sale Sale, NotPaid Why, int Asked, Moment Until) : Declined(Sale, Why, Asked)
        {
            public override Moment WakeAt => Until;
        }
    }

    /// <summary>Point of no return: a success no longer approves the sale, and money that was paid goes back.</summary>
    public abstract record Cancelling(Sale Sale, CancelTrail Trail) : OfSale(Sale)
    {
        /// <summary>A cancel in flight.</summary>
        public sealed record Sent(Sale Sale, CancelTrail Trail, Moment Until) : Cancelling(Sale, Trail)
        {
            public override Moment WakeAt => Until;
        }

        /// <summary>Between a cancel that settled nothing and the next.</summary>
        public sealed record Pausing(Sale Sale, CancelTrail Trail, Moment RetryAt) : Cancelling(Sale, Trail)
        {
            public override Moment WakeAt => RetryAt;
        }

        /// <summary>The cancel was refused (or this is start-up): ask what the gateway holds, then decide.</summary>
        public sealed record Inquiring(Sale Sale, CancelTrail Trail, GatewayAnswer Refusal, Moment Until)
            : Cancelling(Sale, Trail)
        {
            public override Moment WakeAt => Until;
        }
    }

    /// <summary>
    /// The gateway accepted a cancel: enough to tell "not paid", still unresolved until an inquiry proves it.
    /// </summary>
    /// <param name="FirstProof">Number of the first question asked after the acceptance; earlier ones prove
    /// nothing.</param>
    public sealed record CancelAcknowledged(Sale Sale, CancelTrail Trail, int FirstProof, Moment AskAt)
        : OfSale(Sale)
    {
        public override Moment WakeAt => AskAt;
    }

    /// <summary>Final: cancelled, and proved by an inquiry.</summary>
    public sealed record Cancelled(Sale Sale, NotPaid Why) : OfSale(Sale);

    /// <summary>The money must go back by refund.</summary>
    public abstract record Refunding(Sale Sale) : OfSale(Sale)
    {
        /// <summary>A cancel could not return the money; waits until no cancel attempt can still take effect.</summary>
        public sealed record Due(Sale Sale, CancelTrail Trail, Moment NotBefore) : Refunding(Sale)
        {
            public override Moment WakeAt => NotBefore;
        }

        /// <summary>Asks once more whether there is money to return.</summary>
        public sealed record Checking(Sale Sale, CancelTrail Trail, Moment Until) : Refunding(Sale)
        {
            public override Moment WakeAt => Until;
        }

        /// <summary>Waits for a fresh refund id.</summary>
        public sealed record Drawing(Sale Sale, RefundPlan Plan) : Refunding(Sale);

        /// <summary>A refund call in flight.</summary>
        public sealed record Sent(Sale Sale, RefundPlan Plan, RefundId Id, Moment Until) : Refunding(Sale)
        {
            public override Moment WakeAt => Until;
        }

        /// <summary>Between a refund call that settled nothing and the inquiry about it.</summary>
        public sealed record Pausing(Sale Sale, RefundPlan Plan, RefundId Id, Moment AskAt) : Refunding(Sale)
        {
            public override Moment WakeAt => AskAt;
        }

        /// <summary>A refund inquiry in flight.</summary>
        /// <param name="Refusal">Code of the refusal that the inquiry should explain; null after silence.</param>
        public sealed record Inquiring(Sale Sale, RefundPlan Plan, RefundId Id, Moment Until, string? Refusal = null)
            : Refunding(Sale)
        {
            public override Moment WakeAt => Until;
        }
    }

    /// <summary>Part of the money was returned: the ECR ordered it, or did not issue all of the goods.</summary>
    public sealed record PartiallyRefunded(Sale Sale, string GatewayId, long Returned) : OfSale(Sale);

    /// <summary>Final: all of it was returned.</summary>
    public sealed record Refunded(Sale Sale, NotPaid Why) : OfSale(Sale);

    /// <summary>A reversal or refund: it ends when the payment whose money it returns is settled.</summary>
    public sealed record Returning(Return Return) : PaymentState
    {
        public override Order Order => Return;
    }

    /// <summary>Final: a return or an end-of-day was carried out.</summary>
    public sealed record Done(Order Order) : PaymentState
    {
        public override Order Order { get; } = Order;
    }

    /// <summary>
    /// Read back from the journal: the process ended in the middle of this payment. It goes on at start-up.
    /// </summary>
    public sealed record Interrupted(Sale Sale, CancelCause Cause, InterruptedAt At) : OfSale(Sale);

    /// <summary>Only a person can decide (<c>payments resolve</c>).</summary>
    public sealed record NeedsAttention(Sale Sale, NotPaid Why, string Problem) : OfSale(Sale)
    {
        /// <summary>The part of a standing sale that could not be returned.</summary>
        public RefundPlan? Rest { get; init; }
    }
}

/// <summary>Why a payment is being undone.</summary>
enum CancelCause
{
    /// <summary>No final answer within the time.</summary>
    NoAnswer,
    /// <summary>The ECR or the cashier aborted.</summary>
    Aborted,
    /// <summary>The gateway reported another id, amount or currency as paid.</summary>
    Mismatch,
    /// <summary>The ECR did not take the approval.</summary>
    Withdrawn,
    /// <summary>The terminal restarted in the middle.</summary>
    Restarted,
    /// <summary>The ECR ordered a reversal.</summary>
    Reversed,
    /// <summary>The gateway itself says cancelled.</summary>
    ClosedByGateway,
    /// <summary>The gateway declined, but holds the payment.</summary>
    NotDeclined,
    /// <summary>The ECR issued a part of the goods, and the wallet returns no part.</summary>
    Indivisible,
}

/// <summary>How far an interrupted payment had come.</summary>
enum InterruptedAt
{
    /// <summary>Pay may have been sent: record the cancel, ask, cancel.</summary>
    Requested,
    /// <summary>Being cancelled: ask, cancel.</summary>
    Cancelling,
    /// <summary>A cancel was accepted: prove it.</summary>
    CancelAcknowledged,
    /// <summary>A cancel cannot return the money: refund.</summary>
    RefundDue,
}

/// <summary>How far the undoing of a payment is.</summary>
/// <param name="Attempts">Cancels sent.</param>
/// <param name="Asked">Number of the newest question.</param>
/// <param name="LastAttempt">When the newest cancel left.</param>
/// <param name="NotChargedAt">From then on, "the gateway does not know it" means that it never will.</param>
/// <param name="UrgentUntil">Until then the ECR waits, and retries are quick.</param>
/// <param name="Relapses">How often a cancel was accepted and the payment was still found paid.</param>
/// <param name="LastAnswer">Kind of the newest journaled answer: one entry per change, not per attempt.</param>
sealed record CancelTrail(
    CancelCause Cause, int Attempts, int Asked, Moment LastAttempt, Moment NotChargedAt, Moment UrgentUntil,
    int Relapses = 0, string LastAnswer = "")
{
    public NotPaid Why => new(Cause switch
    {
        CancelCause.Aborted => NotPaidReason.Aborted,
        CancelCause.Reversed => NotPaidReason.Reversed,
        CancelCause.Withdrawn => NotPaidReason.Withdrawn,
        CancelCause.Indivisible => NotPaidReason.Indivisible,
        CancelCause.Mismatch or CancelCause.NotDeclined => NotPaidReason.GatewayFault,
        CancelCause.Restarted => NotPaidReason.Restarted,
        _ => NotPaidReason.NoAnswer,
    });
}

/// <summary>A refund on its way.</summary>
/// <param name="Minor">How much this refund returns.</param>
/// <param name="Returned">How much earlier refunds returned.</param>
/// <param name="Attempts">Calls and questions made for the current id.</param>
/// <param name="Ids">Final refusals: refund ids used up, or a refund that the gateway does not even know.</param>
sealed record RefundPlan(
    string GatewayId, long Minor, long Returned, NotPaid Why, int Attempts = 0, int Ids = 0)
{
    /// <summary>The ECR ordered this refund; the sale stands until the refund is settled.</summary>
    public bool IsOrdered => Why.Reason == NotPaidReason.Refunded;

    /// <summary>A refund for goods that the ECR did not issue: we owe it, and the rest of the sale stands.</summary>
    public bool IsOfRest => Why.Reason == NotPaidReason.NotDelivered;
}
