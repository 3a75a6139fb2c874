using Terminal.Payments.Orders;
using Terminal.Payments.Periods;

namespace Terminal.Journal;

/// <summary>What is newest of one payment, to find it without reading its entries; derivable from them.</summary>
/// <remarks>
/// Only <see cref="Open"/> and <see cref="LastSequence"/> ever change, and once <see cref="Fingerprint"/>: of an order
/// that waited for its code.
/// </remarks>
/// <param name="Fingerprint">What finds it again: the payment code's; of a return the id of its payment.</param>
/// <param name="Open">The payment is still being worked on.</param>
/// <param name="FirstSequence">Its first entry, which also orders the payments.</param>
/// <param name="LastSequence">Its newest entry.</param>
sealed record Head(
    string PaymentId, int Receipt, string Fingerprint, bool Open, long FirstSequence, long LastSequence)
{
    /// <summary>
    /// Finds every end-of-day. No payment code has this fingerprint, because theirs are 32 hex digits.
    /// </summary>
    public const string EndOfDay = "end-of-day";

    public static Head Of(OrderAccount account)
    {
        var order = account.Transaction.Order;
        return new(
            order.Id.Value, order.Receipt, KeyOf(order), account.IsOpen, account.FirstEntry, account.LastEntry);
    }

    static string KeyOf(Order order) => order switch
    {
        Sale sale => sale.Fingerprint,
        Return given => given.Of.Id.Value,
        _ => EndOfDay,
    };
}
