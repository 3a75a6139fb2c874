namespace Terminal.Payments.Orders;

/// <summary>A reversal or refund as the ECR sent it.</summary>
/// <param name="Receipt">Of the payment (BMP 87); null if it names another reference.</param>
/// <param name="Reference">Our own id of the payment; also good after the period was closed.</param>
/// <param name="Amount">How much to return; null in a reversal: all of it.</param>
sealed record ReturnRequest(ReturnKind Kind, int? Receipt, PaymentId? Reference, Money? Amount);

/// <summary>A reversal or refund with all that is known of the payment it names.</summary>
/// <param name="Sale">With fresh ids, and the amount to be returned.</param>
/// <param name="Original">The payment; null if there is none.</param>
/// <param name="Earlier">The newest return of that payment, if any.</param>
/// <param name="InPeriod">The payment was made in the open business period.</param>
sealed record ReturnOrder(
    ReturnRequest Request, Sale Sale, Transaction? Original, Transaction? Earlier, bool InPeriod)
{
    /// <summary>What the order may mean instead of <see cref="Original"/>, newest first: then no money moves.</summary>
    public IReadOnlyList<Transaction> Rivals { get; init; } = [];
}
