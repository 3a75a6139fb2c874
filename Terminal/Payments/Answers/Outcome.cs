namespace Terminal.Payments.Answers;

/// <summary>What the ECR is told in the final status information (04 0F).</summary>
abstract record Outcome
{
    Outcome() { }

    /// <summary>Paid and kept.</summary>
    public sealed record Approved(string GatewayId) : Outcome;

    /// <summary>Not paid, final for the cashier.</summary>
    public sealed record Rejected(NotPaid Why) : Outcome;

    /// <summary>Nobody knows yet; whatever was charged is returned automatically.</summary>
    public sealed record NotConfirmed : Outcome;
}

/// <summary>Why a payment is not paid.</summary>
/// <param name="Code">The gateway's own code, if it gave one; for the receipt text and the log.</param>
sealed record NotPaid(NotPaidReason Reason, string Code = "");

/// <summary>Why a payment is not paid, in groups that a cashier acts on alike.</summary>
public enum NotPaidReason
{
    BadCode,
    InsufficientFunds,
    LimitExceeded,
    MethodNotAllowed,
    Refused,
    /// <summary>Gateway silent: cancelled by us.</summary>
    NoAnswer,
    /// <summary>Our network is down: nothing left this box.</summary>
    NoConnection,
    Aborted,
    GatewayFault,
    /// <summary>The ECR did not take the approval: returned.</summary>
    Withdrawn,
    Reversed,
    Refunded,
    /// <summary>The ECR issued a part of the goods: what the rest cost is returned.</summary>
    NotDelivered,
    /// <summary>The same, but the wallet returns no part: all of it is returned.</summary>
    Indivisible,
    Restarted,
    /// <summary>A person settled it.</summary>
    Resolved,

    // Of an order that never moved anything; the code of CodeUsed is the receipt that it belongs to.

    NoCodeScanned,
    /// <summary>The ECR's line was down, or it began anew, before there was a code.</summary>
    TillGone,
    /// <summary>The code was read too long ago: show it again.</summary>
    CodeTooOld,
    /// <summary>The code has paid another receipt already, or was sent with another amount.</summary>
    CodeUsed,
    TooManyUnresolved,
    AmountOutOfRange,
    /// <summary>A card: this terminal takes payment codes only.</summary>
    Card,
    /// <summary>The code is not of the wallet that the ECR named.</summary>
    OtherWallet,
}
