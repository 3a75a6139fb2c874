using Terminal.Payments.Orders;
using Terminal.Payments.Periods;

namespace Terminal.Journal;

/// <summary>Summary of one payment, to find it without reading its entries; it follows from them.</summary>
/// <remarks>
/// Only <see cref="Open"/> and <see cref="LastSequence"/> ever change. <see cref="Fingerprint"/> changes once, if the
/// order waited for its code.
/// </remarks>
/// <param name="Fingerprint">
/// Finds the payment: fingerprint of its code; for a return, the id of the payment that it returns.
/// </param>
/// <param name="Open">The payment is still being worked on.</param>
/// <param name="FirstSequence">The payment's first entry, which also orders the payments.</param>
/// <param name="LastSequence">The payment's newest entry.</param>
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
