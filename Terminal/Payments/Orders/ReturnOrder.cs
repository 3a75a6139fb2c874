namespace Terminal.Payments.Orders;

/// <summary>How money is returned.</summary>
public enum ReturnKind
{
    /// <summary>06 30, see <see cref="Orders.Reversal"/>.</summary>
    Reversal,
    /// <summary>06 31, see <see cref="Orders.Refund"/>.</summary>
    Refund,
}

/// <summary>A reversal or refund as the ECR sent it.</summary>
/// <param name="Receipt">
/// Receipt number of the payment (BMP 87); null if the order names the payment in another way.
/// </param>
/// <param name="Reference">Our own id of the payment; it stays valid after the period is closed.</param>
/// <param name="Amount">How much to return; null in a reversal: all of it.</param>
sealed record ReturnRequest(ReturnKind Kind, int? Receipt, PaymentId? Reference, Money? Amount);

/// <summary>A reversal or refund with all that is known of the payment it names.</summary>
/// <param name="Original">The transaction that it names; null if there is no such order.</param>
/// <param name="Earlier">The newest return of that payment, if any.</param>
/// <param name="InPeriod">The payment was made in the open business period.</param>
sealed record ReturnOrder(
    ReturnRequest Request, OrderNumbers Numbers, Transaction? Original, Transaction? Earlier, bool InPeriod)
{
    /// <summary>How much to return: all of the sale if the request does not say.</summary>
    public Money Amount => Request.Amount ?? Original?.Order.Worth ?? default;

    /// <summary>
    /// Payments that the order may mean instead of <see cref="Original"/>, newest first; if any, no money moves.
    /// </summary>
    public IReadOnlyList<Transaction> Rivals { get; init; } = [];
}
