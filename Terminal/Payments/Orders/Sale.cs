namespace Terminal.Payments.Orders;

/// <summary>
/// The terminal's own id of one payment at the gateway (<c>paymentRequestId</c>): 128 random bits, 26 characters
/// base32.
/// </summary>
readonly record struct PaymentId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>The id of one refund (<c>refundRequestId</c>), made like a <see cref="PaymentId"/>.</summary>
readonly record struct RefundId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>
/// One instruction of the ECR, as its receipt names it: fixed when it begins and journaled with it. Most are payments.
/// </summary>
/// <param name="Id">Request id at the gateway.</param>
/// <param name="Receipt">Receipt number that the ECR knows (BMP 87), 1–9999, wraps.</param>
/// <param name="Trace">Trace number (BMP 0B), 1–999999, wraps.</param>
/// <param name="Amount">Positive.</param>
/// <param name="Fingerprint">What finds it again: of the payment code, 32 hex digits; a return has the id of its
/// payment, an end-of-day <see cref="Instruction.EndOfDay.Mark"/>.</param>
/// <param name="At">Wall time for the receipt.</param>
/// <param name="Expiry">The validity sent with the pay call; null when none was sent (clock offset unknown).</param>
sealed record Sale(
    PaymentId Id, int Receipt, int Trace, Money Amount, string Fingerprint, Stamp At, TimeSpan? Expiry)
{
    public Instruction Instruction { get; init; } = Instruction.Pay;

    /// <summary>The newest time that the gateway had signed. After a start, no older answer is believed.</summary>
    public Stamp? GatewayTime { get; init; }

    /// <summary>The ECR tells with its next order which receipt it has; silence decides nothing.</summary>
    public bool IsMirrored { get; init; }

    /// <summary>Its wallet returns the whole of a payment, or nothing.</summary>
    public bool IsIndivisible { get; init; }

    /// <summary>In minor units, the part that the ECR issued goods for (84 9D); null: all of it.</summary>
    public long? Delivered { get; init; }

    /// <summary>What the ECR has in its books for it.</summary>
    public Money Worth => Amount with { Minor = Delivered ?? Amount.Minor };
}
