using Terminal.Ecr.Commands;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Ecr.Messages;

/// <summary>84 9D ("partial goods"): the ECR issued goods for less than the approved amount.</summary>
static class IssuedGoods
{
    /// <summary>In minor units; null for any other answer, or if the amount is not reliable to its last byte.</summary>
    public static long? Of(Apdu? answer) =>
        answer is { Command: 0x8400 | ResultCode.PartialGoods } ? Read(answer.Data) : null;

    /// <summary>The ECR accepts the approval, in full or in part.</summary>
    public static bool IsYes(Apdu answer) => answer.IsPositive || Of(answer) is > 0;

    public static DeskInput.Answered Answered(PaymentId payment, EcrAnswer read, Apdu? answer) =>
        read is EcrAnswer.Acknowledged or EcrAnswer.InPart && Of(answer) is { } minor
            ? new(payment, EcrAnswer.InPart) { Delivered = minor }
            : new(payment, read);

    public static long? Read(ReadOnlyMemory<byte> data)
    {
        var fields = Fields.Read(data);
        var isOurs = fields.Get(Bmp.Currency) is not { } currency ||
            Bcd.Read(currency.Span) == PaymentRequest.Accepted.Number;
        return fields.Fault == FieldFault.None && isOurs && fields.Get(Bmp.Amount) is { } amount
            ? Bcd.Read(amount.Span)
            : null;
    }
}
