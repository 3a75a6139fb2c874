using System.Collections.Immutable;
using Terminal.Payments.Answers;

namespace Terminal.Payments.Orders;

/// <summary>The receipt number that an ECR has from us (TLV 1F1F).</summary>
/// <param name="Receipt">Null: it has none yet.</param>
sealed record Mirror(int? Receipt)
{
    const int Highest = 9999;

    /// <summary>The newest payment, which the number tells about; the loop looks it up.</summary>
    public Transaction? Payment { get; init; }

    /// <summary>
    /// The numbers that an ECR may have if it did not book the newest payment: those of the orders before, back to the
    /// last acknowledged sale. The ECR never hears the number of an end-of-day, and may not keep that of a return or of
    /// a sale that was not paid.
    /// </summary>
    public ImmutableList<int> Before { get; init; } = [];

    /// <summary>
    /// Did the ECR book the newest payment? Null: its number does not tell. An ECR that ordered some of the money back
    /// did book the payment, so no later number says otherwise.
    /// </summary>
    public bool? HasBooked => (Payment, Receipt) switch
    {
        ({ Order: var sale }, { } receipt) when receipt == sale.Receipt => true,
        ({ Order: var sale, Payment: var money }, { } receipt) when PartialGoods.IsIntact(money) &&
            (receipt == Previous(sale.Receipt) || Before.Contains(receipt)) => false,
        _ => null,
    };

    /// <summary>Receipt numbers wrap.</summary>
    public static int Previous(int receipt) => receipt == 1 ? Highest : receipt - 1;

    /// <summary>Did the ECR book this payment? Null: its number does not tell.</summary>
    public bool? Tells(PaymentId id) => id == Payment?.Order.Id ? HasBooked : null;
}
