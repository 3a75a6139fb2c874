namespace Terminal.Ecr;

/// <summary>06 00 and 06 02: what the ECR and we have agreed on.</summary>
/// <param name="WantsProgress">Configuration bit 08: send intermediate status (04 FF).</param>
/// <param name="KnowsTlv">It sent a TLV container, so we may send one.</param>
public sealed record Registration(bool WantsProgress, bool KnowsTlv)
{
    /// <summary>What holds before the first registration and after log-off.</summary>
    public static readonly Registration None = new(false, false);

    public static EcrCommand Read(EcrRequest request)
    {
        var data = request.Data;
        if (data.Length is < 4 or 5)
        {
            return EcrCommand.Refuse(ResultCode.ProtocolError);
        }
        if (!request.HasRightPassword)
        {
            return EcrCommand.Refuse(ResultCode.NotPossible);
        }
        if (data.Length >= 6 && Bcd.Read(data.Span[4..6]) != PaymentRequest.Accepted.Number)
        {
            byte[] accepted = Bcd.Write(PaymentRequest.Accepted.Number, 2);
            return new EcrCommand.Refused(new(0x841E, [ResultCode.WrongCurrency, .. accepted]));
        }
        var fields = Fields.Read(data.Length > 6 ? data[6..] : default);
        if (fields.Fault == FieldFault.Malformed)
        {
            return EcrCommand.Refuse(ResultCode.ProtocolError);
        }
        // Later revisions add fields here; a register that sends one still gets its registration.
        return new EcrCommand.Serve(Completion(request.Settings))
        {
            Registration = new((data.Span[3] & 0x08) != 0, fields.Has(Bmp.Tlv)),
        };
    }

    public static EcrCommand End(EcrRequest request) => new EcrCommand.Serve { Registration = None };

    static Apdu Completion(EcrSettings settings) => new(Command.Completion, new FieldWriter()
        .Raw(Bmp.Status, 0)
        .Raw(Bmp.TerminalId).Raw(Convert.FromHexString(settings.TerminalId))
        .Number(Bmp.Currency, PaymentRequest.Accepted.Number, 2)
        .ToBytes());
}
