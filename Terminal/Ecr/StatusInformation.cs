using System.Text;
using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>Builds 04 0F. Only fields of the table and in its order: some registers drop a message otherwise.</summary>
public sealed class StatusInformation(EcrSettings settings)
{
    const byte Online = 0x60;

    /// <param name="request">What the ECR let us send; the fields themselves depend on sale and outcome only.</param>
    public Apdu Of(Sale sale, Outcome outcome, (bool Currency, bool Tlv) request)
    {
        var (code, text) = ResultCode.Of(outcome);
        var utc = DateTimeOffset.FromUnixTimeMilliseconds(sale.At.UnixMilliseconds);
        var at = TimeZoneInfo.ConvertTime(utc, settings.TimeZone);
        var fields = new FieldWriter()
            .Raw(Bmp.Result, code)
            .Number(Bmp.Amount, sale.Amount.Minor, 6)
            .Number(Bmp.Trace, sale.Trace, 3)
            .Number(Bmp.Time, at.Hour * 10000 + at.Minute * 100 + at.Second, 3)
            .Number(Bmp.Date, at.Month * 100 + at.Day, 2)
            .Raw(Bmp.PaymentType, Online)
            .Raw(Bmp.TerminalId).Raw(Convert.FromHexString(settings.TerminalId));
        if (request.Currency)
        {
            fields.Number(Bmp.Currency, sale.Amount.Currency.Number, 2);
        }
        fields
            .Number(Bmp.Receipt, sale.Receipt, 2)
            .Raw(Bmp.CardType, settings.CardType)
            .LllVar(Bmp.Text, text)
            .Number(Bmp.Turnover, sale.Trace, 3)
            .LlVar(Bmp.CardName, Encoding.ASCII.GetBytes(settings.CardName + "\0"));
        if (request.Tlv && ResultCode.Extended(outcome) is { } extended)
        {
            fields.Tlvs(
                new(0x1F16, Encoding.ASCII.GetBytes(extended.Code)),
                new(0x1F17, Encoding.ASCII.GetBytes(extended.Text)));
        }
        return new(Command.StatusInformation, fields.ToBytes());
    }

    /// <summary>For a command that moved nothing: no receipt, no trace.</summary>
    public Apdu Of(byte code, string text) => new(Command.StatusInformation, new FieldWriter()
        .Raw(Bmp.Result, code)
        .Raw(Bmp.TerminalId).Raw(Convert.FromHexString(settings.TerminalId))
        .LllVar(Bmp.Text, text)
        .ToBytes());
}
