namespace Terminal.Ecr;

/// <summary>Builds the 06 0F that ends a registration or a status enquiry.</summary>
static class Completion
{
    const byte Ready = 0x00, Busy = 0x9C;

    public static Apdu OfRegistration(EcrSettings settings) => new(Command.Completion, new FieldWriter()
        .Raw(Bmp.Status, Ready)
        .Raw(Bmp.TerminalId).Raw(Convert.FromHexString(settings.TerminalId))
        .Number(Bmp.Currency, PaymentRequest.Accepted.Number, 2)
        .ToBytes());

    /// <summary>The version, if wanted, has a length but no field number in front.</summary>
    public static Apdu OfStatus(EcrSettings settings, bool withVersion, bool isBusy)
    {
        var data = new FieldWriter();
        if (withVersion)
        {
            data.LllVar(settings.Version);
        }
        return new(Command.Completion, data.Raw(isBusy ? Busy : Ready).ToBytes());
    }
}
