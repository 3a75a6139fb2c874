namespace Terminal.Ecr;

/// <summary>What a 06 00 asks for.</summary>
/// <param name="WantsProgress">Configuration bit 08: send intermediate status (04 FF).</param>
/// <param name="KnowsTlv">It sent a TLV container, so we may send one.</param>
public sealed record Registration(bool WantsProgress, bool KnowsTlv)
{
    /// <summary>What holds before the first registration and after log-off.</summary>
    public static readonly Registration None = new(false, false);

    /// <summary>The registration, or the answer that refuses it.</summary>
    public static (Registration? Registration, Apdu Reply) Read(ReadOnlyMemory<byte> data, EcrSettings settings)
    {
        if (data.Length is < 4 or 5)
        {
            return (null, Apdu.Refuse(ResultCode.ProtocolError));
        }
        if (!Password.IsRight(data.Span[..3], settings))
        {
            return (null, Apdu.Refuse(ResultCode.NotPossible));
        }
        var config = data.Span[3];
        if (data.Length >= 6 && Bcd.Read(data.Span[4..6]) != PaymentRequest.Accepted.Number)
        {
            return (null, new(0x841E, [ResultCode.WrongCurrency, .. Bcd.Write(PaymentRequest.Accepted.Number, 2)]));
        }
        var fields = Fields.Read(data.Length > 6 ? data[6..] : default);
        // Later revisions add fields here; a register that sends one still gets its registration.
        return fields.Fault == FieldFault.Malformed
            ? (null, Apdu.Refuse(ResultCode.ProtocolError))
            : (new((config & 0x08) != 0, fields.Has(Bmp.Tlv)), Apdu.Accept);
    }
}
