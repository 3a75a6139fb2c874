using Terminal.Payments.Periods;

namespace Terminal.Payments.Orders;

/// <summary>
/// The terminal's own id of one order, and the payment's id at the gateway (<c>paymentRequestId</c>): 128 random bits,
/// 26 characters of base32.
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

/// <summary>What an order gets when it begins: fresh ids and numbers, and the time.</summary>
/// <param name="Receipt">Receipt number that the ECR knows (BMP 87), 1–9999, wraps.</param>
/// <param name="Trace">Trace number (BMP 0B), 1–999999, wraps.</param>
/// <param name="At">Wall time for the receipt.</param>
sealed record OrderNumbers(PaymentId Id, int Receipt, int Trace, Stamp At)
{
    /// <summary>The newest time that the gateway had signed. After a start, no older answer is believed.</summary>
    public Stamp? GatewayTime { get; init; }
}

/// <summary>
/// What the ECR ordered, as the receipt names it: fixed and journaled when the order begins. Each member of this closed
/// family carries exactly its own data.
/// </summary>
abstract record Order
{
    private protected Order(PaymentId id, int receipt, int trace, Stamp at) =>
        (Id, Receipt, Trace, At) = (id, receipt, trace, at);

    public PaymentId Id { get; init; }

    public int Receipt { get; init; }

    public int Trace { get; init; }

    public Stamp At { get; init; }

    /// <summary>See <see cref="OrderNumbers.GatewayTime"/>.</summary>
    public Stamp? GatewayTime { get; init; }

    /// <summary>The amount that the ECR has in its books for this order.</summary>
    public abstract Money Worth { get; }
}

/// <summary>06 01: take money.</summary>
/// <param name="Id">Request id at the gateway.</param>
/// <param name="Amount">Positive.</param>
/// <param name="Fingerprint">Fingerprint of the payment code, 32 hex digits; empty until the code is there.</param>
/// <param name="Expiry">The validity sent with the pay call; null when none was sent (clock offset unknown).</param>
sealed record Sale(
    PaymentId Id, int Receipt, int Trace, Money Amount, string Fingerprint, Stamp At, TimeSpan? Expiry)
    : Order(Id, Receipt, Trace, At)
{
    /// <summary>With its next order the ECR tells which receipt it has, so its silence decides nothing.</summary>
    public bool IsMirrored { get; init; }

    /// <summary>The wallet returns a whole payment or nothing.</summary>
    public bool IsIndivisible { get; init; }

    /// <summary>The part that the ECR issued goods for (84 9D), in minor units; null: all of it.</summary>
    public long? Delivered { get; init; }

    public override Money Worth => Amount with { Minor = Delivered ?? Amount.Minor };
}

/// <summary>The sale whose money a return returns, as the return's receipt names it.</summary>
/// <param name="Trace">BMP 37.</param>
sealed record ReturnedSale(PaymentId Id, string GatewayId, int Receipt, int Trace);

/// <summary>06 30 or 06 31: return all or a part of one sale's money.</summary>
/// <param name="Amount">How much to return.</param>
abstract record Return(PaymentId Id, int Receipt, int Trace, Stamp At, Money Amount, ReturnedSale Of)
    : Order(Id, Receipt, Trace, At)
{
    public sealed override Money Worth => Amount;

    public static Return New(ReturnKind kind, OrderNumbers numbers, Money amount, ReturnedSale of)
    {
        var (id, receipt, trace, at) = numbers;
        Return made = kind == ReturnKind.Reversal
            ? new Reversal(id, receipt, trace, at, amount, of)
            : new Refund(id, receipt, trace, at, amount, of);
        return made with { GatewayTime = numbers.GatewayTime };
    }
}

/// <summary>06 30: the whole sale, by cancel while the gateway still can, then by refund.</summary>
sealed record Reversal(PaymentId Id, int Receipt, int Trace, Stamp At, Money Amount, ReturnedSale Of)
    : Return(Id, Receipt, Trace, At, Amount, Of);

/// <summary>06 31: an amount, by refund.</summary>
sealed record Refund(PaymentId Id, int Receipt, int Trace, Stamp At, Money Amount, ReturnedSale Of)
    : Return(Id, Receipt, Trace, At, Amount, Of);

/// <summary>06 50: the business period is closed.</summary>
sealed record EndOfDay(PaymentId Id, int Receipt, int Trace, Stamp At, PeriodTotals Totals)
    : Order(Id, Receipt, Trace, At)
{
    /// <summary>What is left after all returns; nothing, if more was returned than sold.</summary>
    public override Money Worth => new(Math.Max(Totals.Net, 0), Currency.Eur);

    public static EndOfDay New(OrderNumbers numbers, PeriodTotals totals) =>
        new(numbers.Id, numbers.Receipt, numbers.Trace, numbers.At, totals) { GatewayTime = numbers.GatewayTime };
}
