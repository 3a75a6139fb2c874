using Terminal.Payments.Periods;

namespace Terminal.Journal;

/// <summary>What is newest of one payment, to find it without reading its entries; derivable from them.</summary>
/// <remarks>
/// Only <see cref="Open"/> and <see cref="LastSequence"/> ever change, and once <see cref="Fingerprint"/>: of an order
/// that waited for its code.
/// </remarks>
/// <param name="Fingerprint">What finds it again: of the payment code, or see the sale.</param>
/// <param name="Open">Somebody still works on it.</param>
/// <param name="FirstSequence">Its first entry; the order of payments.</param>
/// <param name="LastSequence">Its newest entry.</param>
sealed record Head(
    string PaymentId, int Receipt, string Fingerprint, bool Open, long FirstSequence, long LastSequence)
{
    public static Head Of(OrderAccount account)
    {
        var sale = account.Transaction.Sale;
        return new(
            sale.Id.Value, sale.Receipt, sale.Fingerprint, account.IsOpen, account.FirstEntry, account.LastEntry);
    }
}
