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
        if (sale.Instruction is Instruction.EndOfDay)
        {
            return TotalsInformation.Of(sale, outcome, settings, isClosed: true);
        }
        var (code, text) = InstructionText.Of(sale, outcome);
        var at = ReceiptTime.Of(sale.At, settings);
        var fields = new FieldWriter()
            .Raw(Bmp.Result, code)
            .Number(Bmp.Amount, sale.Amount.Minor, 6)
            .Number(Bmp.Trace, sale.Trace, 3);
        if (sale.Instruction is Instruction.Return returned)
        {
            fields.Number(Bmp.OriginalTrace, returned.Trace, 3);
        }
        fields
            .Number(Bmp.Time, at.Time, 3)
            .Number(Bmp.Date, at.Date, 2)
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

    public Apdu Of(Effect.Report report) =>
        TotalsInformation.Of(report.Sale, new Outcome.Approved(""), settings, isClosed: false);

    /// <summary>For a command that moved nothing: no receipt, no trace.</summary>
    public Apdu Of(byte code, string text) => new(Command.StatusInformation, new FieldWriter()
        .Raw(Bmp.Result, code)
        .Raw(Bmp.TerminalId).Raw(Convert.FromHexString(settings.TerminalId))
        .LllVar(Bmp.Text, text)
        .ToBytes());
}
