using Terminal.Payments.Orders;

namespace Terminal.Payments.Charges;

/// <summary>What the gateway said, in the core's words; every scheme code is mapped inside the driver.</summary>
/// <remarks>
/// All but <see cref="Unknown"/> and <see cref="NotSent"/> carry a verified signature, and either our id or a current
/// time.
/// </remarks>
abstract record GatewayAnswer
{
    GatewayAnswer() { }

    /// <summary>
    /// Paid: a signed success of pay, or a signed payment status SUCCESS. The core compares id and amount.
    /// </summary>
    public sealed record Succeeded(PaymentId Echo, string GatewayId, Money Amount) : GatewayAnswer;

    /// <summary>Final: an allow-listed signed F of pay, or a signed payment status FAIL.</summary>
    public sealed record Declined(DeclineReason Reason, string Code) : GatewayAnswer;

    /// <summary>In progress (U, PROCESSING).</summary>
    /// <param name="Named">It carries our id: the gateway has this payment.</param>
    public sealed record Processing(bool Named = false) : GatewayAnswer;

    /// <summary>The gateway does not know the payment (or refund) — yet.</summary>
    public sealed record NotFound : GatewayAnswer;

    /// <summary>Inquiry only: payment status CANCELLED.</summary>
    public sealed record Cancelled : GatewayAnswer;

    /// <summary>Cancel or refund only: a signed success with our id (and, for a refund, our amount).</summary>
    public sealed record Accepted : GatewayAnswer;

    /// <summary>Cancel only: too late to cancel, refund instead.</summary>
    public sealed record WindowExceeded : GatewayAnswer;

    /// <summary>Cancel or refund: a signed F; for a refund inquiry: refund status FAIL.</summary>
    public sealed record Refused(string Code) : GatewayAnswer;

    /// <summary>
    /// No trustworthy answer: time-out, I/O error, HTTP status other than 200, unsigned, badly signed, unparsable.
    /// </summary>
    public sealed record Unknown(string Why) : GatewayAnswer;

    /// <summary>Not one byte of the request left this box (DNS, connect or TLS failed).</summary>
    public sealed record NotSent(string Why) : GatewayAnswer;
}

/// <summary>Why money was not taken, as far as a cashier can act on it.</summary>
public enum DeclineReason
{
    /// <summary>The code is wrong, expired or used: show a new one.</summary>
    BadCode,
    InsufficientFunds,
    LimitExceeded,
    /// <summary>This wallet is not enabled for this merchant.</summary>
    MethodNotAllowed,
    /// <summary>Risk control or any other final refusal.</summary>
    Refused,
}
