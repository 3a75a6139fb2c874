namespace Terminal.Ecr;

/// <summary>84 9D ("partial goods"): what the ECR issued goods for, instead of all that was approved.</summary>
static class IssuedGoods
{
    public const int Answer = 0x8400 | ResultCode.PartialGoods;

    /// <summary>In minor units; null: it says no amount that can be relied on to its last byte.</summary>
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
