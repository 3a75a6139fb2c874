namespace Terminal.Payments;

/// <summary>What the lane is doing: one order at a time.</summary>
public abstract record LaneState
{
    LaneState() { }

    public virtual Moment WakeAt => Moment.Never;

    public sealed record Idle : LaneState;

    /// <summary>An order without a code: the customer shows it to our own scanner.</summary>
    public sealed record AwaitingCode(Order Order, Moment Until) : LaneState
    {
        public override Moment WakeAt => Until;
    }

    /// <summary>A payment is under way or being told, until its command is closed.</summary>
    public sealed record Paying(PaymentId Payment) : LaneState;
}

/// <summary>A payment instruction of the ECR, acknowledged with 80 00 00.</summary>
/// <param name="Sale">With fresh ids; its fingerprint is empty until the code is there.</param>
/// <param name="Code">The code, if the ECR handed it over.</param>
/// <param name="Earlier">The transaction that this code was used for before, if any.</param>
public sealed record Order(Sale Sale, PaymentCode? Code, Transaction? Earlier)
{
    /// <summary>It is no resend of the earlier one, as the ECR's own count tells.</summary>
    public bool IsNew { get; init; }

    /// <summary>What the ECR knows of the order before; null if it does not tell.</summary>
    public Mirror? Mirror { get; init; }
}

/// <summary>What can happen to the lane.</summary>
public abstract record LaneInput
{
    LaneInput() { }

    public sealed record TimePassed : LaneInput;

    /// <param name="Unresolved">Payments still being undone in the background.</param>
    public sealed record Ordered(Order Order, int Unresolved) : LaneInput;

    /// <summary>Our own scanner read a code.</summary>
    public sealed record Scanned(PaymentCode Code, Transaction? Earlier) : LaneInput;

    public sealed record AbortAsked : LaneInput;

    /// <summary>The ECR's command is closed.</summary>
    public sealed record Freed : LaneInput;
}

/// <summary>What the lane wants of the desk.</summary>
public abstract record LaneMove
{
    LaneMove() { }

    public sealed record None : LaneMove;

    /// <summary>Take the money for this order.</summary>
    public sealed record Begin(Sale Sale, PaymentCode Code) : LaneMove;

    /// <summary>The order is a resend: tell the earlier transaction again.</summary>
    public sealed record Retell(Transaction Earlier) : LaneMove;

    public sealed record Refuse(Refusal Refusal) : LaneMove;

    /// <summary>Ask for the code.</summary>
    public sealed record AskForCode(Moment Until) : LaneMove;
}
