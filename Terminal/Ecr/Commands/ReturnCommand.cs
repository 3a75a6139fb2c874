using System.Text;
using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Terminal.Ecr.Commands;

/// <summary>
/// 06 30 and 06 31: money goes back. A wallet knows no refund without its payment, so both must name a payment: by
/// receipt number (BMP 87) while the business period is open, by our reference (3C or TLV 1F8010) at any time.
/// </summary>
static class ReturnCommand
{
    /// <summary>Comes before our reference wherever it stands in a text.</summary>
    public const string ReferencePrefix = "REF:";

    /// <summary>"QRpay reference identifier for refunds" of the protocol's revision 13.13.</summary>
    const int ReferenceTag = 0x1F8010;

    const int ReferenceLength = 26;

    /// <summary>06 30: a receipt number, and optionally the amount as a check.</summary>
    public static EcrCommand ReadReversal(EcrRequest request) => Read(request, (fields, amount) =>
        ReadReceipt(fields) is { } receipt
            ? new(ReturnKind.Reversal, receipt, null, amount)
            : null);

    /// <summary>06 31: an amount, and the payment that it belongs to.</summary>
    public static EcrCommand ReadRefund(EcrRequest request) => Read(request, (fields, amount) =>
        (amount, fields.Has(Bmp.Receipt), ReadReceipt(fields), ReadReference(fields)) switch
        {
            (null, _, _, _) or (_, true, null, _) or (_, _, { }, { }) => null,
            (_, _, var receipt, var reference) => new(ReturnKind.Refund, receipt, reference, amount),
        });

    /// <summary>The command moves money, so every byte of it must be understood.</summary>
    static EcrCommand Read(EcrRequest request, Func<Fields, Money?, ReturnRequest?> read)
    {
        var (opened, refused) = request.AfterPassword();
        if (opened is not { } fields)
        {
            return refused!;
        }
        if (fields.Get(Bmp.Currency) is { } currency && Bcd.Read(currency.Span) != PaymentRequest.Accepted.Number)
        {
            return EcrCommand.Refuse(ResultCode.WrongCurrency);
        }
        long? minor = fields.Get(Bmp.Amount) is { } amount ? Bcd.Read(amount.Span) ?? 0 : null;
        var order = minor == 0 ? null : read(fields, minor is { } cents ? new(cents, PaymentRequest.Accepted) : null);
        return order is null
            ? EcrCommand.Refuse(ResultCode.ProtocolError)
            : new EcrCommand.Instruct(
                new Arrival.ReturnInstructed(order) { Mirror = PaymentRequest.ReadMirror(fields) },
                ReplyTerms.Of(fields, request.Agreement));
    }

    /// <summary>Null if the field is missing or is no receipt number.</summary>
    static int? ReadReceipt(Fields fields) =>
        fields.Get(Bmp.Receipt) is { } bytes && Bcd.Read(bytes.Span) is > 0 and var receipt ? (int)receipt : null;

    /// <summary>
    /// Null if the text does not look like a reference of ours. It may have been typed from a receipt: in small
    /// letters, and with a blank or a line break where the printer broke it.
    /// </summary>
    static PaymentId? ReadReference(Fields fields)
    {
        var text = fields.Get(Bmp.Text) is { } free ? Encoding.ASCII.GetString(free.Span) : "";
        if (text.IndexOf(ReferencePrefix, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
        {
            text = text[(at + ReferencePrefix.Length)..];
        }
        else if (fields.Get(Bmp.Tlv) is { } container && Tlv.ReadAll(container) is { } tlvs)
        {
            var tag = tlvs.FirstOrDefault(t => t.Tag == ReferenceTag);
            text = tag is null ? "" : Encoding.ASCII.GetString(tag.Value.Span);
        }
        text = string.Concat(text.Where(c => !char.IsWhiteSpace(c)).Take(ReferenceLength)).ToUpperInvariant();
        return text.Length == ReferenceLength && text.All(c => c is (>= 'A' and <= 'Z') or (>= '2' and <= '7'))
            ? new(text)
            : null;
    }
}
