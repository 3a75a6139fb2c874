using Terminal.Payments.Answers;

namespace Terminal.Payments.Orders;

/// <summary>What the lane is doing: one order at a time.</summary>
abstract record LaneState
{
    LaneState() { }

    public virtual Moment WakeAt => Moment.Never;

    public sealed record Idle : LaneState;

    /// <summary>An order without a code: the customer shows it to our own scanner.</summary>
    public sealed record AwaitingCode(SaleOrder Order, Moment Since, Moment Until) : LaneState
    {
        public override Moment WakeAt => Until;
    }

    /// <summary>The code is there, and the ECR must show that it is there too: a cable does not tell.</summary>
    public sealed record Confirming(SaleOrder Order, Moment Until) : LaneState
    {
        public override Moment WakeAt => Until;
    }

    /// <summary>A payment is under way, or the ECR is being told of it, until the command is closed.</summary>
    /// <param name="Until">The link must have closed the command by then.</param>
    public sealed record Paying(PaymentId Payment, Moment Until) : LaneState
    {
        public override Moment WakeAt => Until;
    }
}

/// <summary>A payment instruction of the ECR, acknowledged with 80 00 00.</summary>
/// <param name="Sale">The sale with fresh ids; its fingerprint is empty until the code is there.</param>
/// <param name="Code">The code, if the ECR handed it over.</param>
/// <param name="Earlier">The transaction that this code was used for before, if any.</param>
sealed record SaleOrder(Sale Sale, PaymentCode? Code, Transaction? Earlier)
{
    /// <summary>The ECR's own count says that this order is no resend of the earlier one.</summary>
    public bool IsNew { get; init; }

    /// <summary>Null: the ECR does not mirror receipt numbers.</summary>
    public Mirror? Mirror { get; init; }

    /// <summary>The ECR asked for intermediate statuses (04 FF); acknowledging one shows that it is there.</summary>
    public bool HearsProgress { get; init; }

    /// <summary>Why the order cannot be paid, whatever its code; null: it can.</summary>
    public NotPaidReason? Objection { get; init; }
}

/// <summary>What can happen to the lane.</summary>
abstract record LaneInput
{
    LaneInput() { }

    public sealed record TimePassed : LaneInput;

    /// <param name="Unresolved">Payments still being undone in the background.</param>
    public sealed record Ordered(SaleOrder Order, int Unresolved) : LaneInput;

    /// <summary>Our own scanner read a code.</summary>
    public sealed record Scanned(PaymentCode Code, Transaction? Earlier) : LaneInput;

    public sealed record AbortAsked : LaneInput;

    /// <summary>The ECR's line is down, or the ECR registered anew: it no longer waits for its order.</summary>
    public sealed record TillGone : LaneInput;

    /// <summary>The ECR acknowledged a status that was sent after the code of this order had come.</summary>
    public sealed record TillThere(PaymentId Order) : LaneInput;

    /// <summary>The link must have told the ECR, or ended its command, by then.</summary>
    public sealed record Closing(PaymentId Payment, Moment Until) : LaneInput;

    /// <summary>The ECR's command is closed.</summary>
    public sealed record Freed : LaneInput;
}

/// <summary>What the lane wants of the desk.</summary>
abstract record LaneMove
{
    LaneMove() { }

    public sealed record None : LaneMove;

    /// <summary>Take the money for this order.</summary>
    public sealed record Begin(Sale Sale, PaymentCode Code) : LaneMove;

    /// <summary>The order is a resend: tell the earlier transaction again.</summary>
    public sealed record Retell(Transaction Earlier) : LaneMove;

    public sealed record Refuse(Refusal Refusal) : LaneMove;

    /// <summary>The order ends without having moved anything.</summary>
    public sealed record Decline(Sale Sale, NotPaid Why) : LaneMove;

    public sealed record AskForCode(Sale Sale, Moment Until) : LaneMove;

    /// <summary>Ask the ECR whether it is there.</summary>
    public sealed record AskForProof(PaymentId Order, Moment Until) : LaneMove;

    /// <summary>This scan answers no order.</summary>
    public sealed record Ignore : LaneMove;

    /// <summary>The link did not say how the command ended.</summary>
    public sealed record GiveUp(PaymentId Payment) : LaneMove;
}
