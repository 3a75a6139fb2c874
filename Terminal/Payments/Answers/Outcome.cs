namespace Terminal.Payments.Answers;

/// <summary>What the ECR is told in the final status information (04 0F).</summary>
abstract record Outcome
{
    Outcome() { }

    /// <summary>Paid and kept.</summary>
    public sealed record Approved(string GatewayId) : Outcome;

    /// <summary>Not paid, final for the cashier.</summary>
    public sealed record Rejected(NotPaid Why) : Outcome;

    /// <summary>The outcome is not known yet; money that was charged goes back automatically.</summary>
    public sealed record NotConfirmed : Outcome;
}

/// <summary>Why a payment is not paid.</summary>
/// <param name="Code">The gateway's own code, if it gave one; for the receipt text and the log.</param>
sealed record NotPaid(NotPaidReason Reason, string Code = "");

/// <summary>Why a payment is not paid, grouped by what a cashier does about it.</summary>
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
    /// <summary>The ECR issued a part of the goods: the price of the rest is returned.</summary>
    NotDelivered,
    /// <summary>
    /// The ECR issued a part of the goods, but the wallet returns no part: all of the money is returned.
    /// </summary>
    Indivisible,
    Restarted,
    /// <summary>A person settled it.</summary>
    Resolved,

    // Reasons of orders that moved nothing. With CodeUsed, NotPaid.Code is the receipt of the earlier payment.

    NoCodeScanned,
    /// <summary>The ECR was gone before the payment began: line down, silent, or registered anew.</summary>
    TillGone,
    /// <summary>The code was read too long ago: show it again.</summary>
    CodeTooOld,
    /// <summary>The code has paid another receipt already, or was sent with another amount.</summary>
    CodeUsed,
    TooManyUnresolved,
    AmountOutOfRange,
    /// <summary>A card: this terminal takes payment codes only.</summary>
    Card,
    /// <summary>The code belongs to another wallet than the ECR named.</summary>
    OtherWallet,
}
