using System.Collections.Immutable;
using Terminal.Payments.Answers;

namespace Terminal.Payments.Orders;

/// <summary>The receipt number that an ECR has from us (TLV 1F1F).</summary>
/// <param name="Receipt">Null: it has none yet.</param>
sealed record Mirror(int? Receipt)
{
    const int Highest = 9999;

    /// <summary>The newest payment, of which the number tells; looked up by the loop.</summary>
    public Transaction? Payment { get; init; }

    /// <summary>
    /// What an ECR may have that has not booked it: one behind, and beyond what it need not have, because it never
    /// hears the number of an end-of-day, and may not keep that of a return or of a sale that was not paid.
    /// </summary>
    public ImmutableList<int> Before { get; init; } = [];

    /// <summary>
    /// Did it book the newest payment? Null: its number tells nothing about that one. Whoever ordered some of it back
    /// has it, whatever number comes afterwards.
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

    /// <summary>Has it booked this one?</summary>
    public bool? Tells(PaymentId id) => id == Payment?.Order.Id ? HasBooked : null;
}
