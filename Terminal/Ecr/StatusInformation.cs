using System.Text;
using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>Builds 04 0F. Only fields of the table and in its order: some registers drop a message otherwise.</summary>
public sealed class StatusInformation(EcrSettings settings)
{
    const byte Online = 0x60;

    /// <param name="terms">What the ECR let us send; the facts depend on sale and verdict only.</param>
    public Apdu Of(Sale sale, Verdict verdict, ReplyTerms terms)
    {
        if (sale.Instruction is Instruction.EndOfDay)
        {
            return new TotalsInformation(settings, terms).Of(sale, verdict, isClosed: true);
        }
        var at = settings.LocalTime(sale.At);
        var fields = new FieldWriter()
            .Raw(Bmp.Result, verdict.Code)
            .Number(Bmp.Amount, sale.Amount.Minor, 6)
            .Number(Bmp.Trace, sale.Trace, 3);
        if (sale.Instruction is Instruction.Return returned)
        {
            fields.Number(Bmp.OriginalTrace, returned.Trace, 3);
        }
        fields
            .Number(Bmp.Time, at.Hour * 10000 + at.Minute * 100 + at.Second, 3)
            .Number(Bmp.Date, at.Month * 100 + at.Day, 2)
            .Raw(Bmp.PaymentType, Online)
            .Raw(Bmp.TerminalId).Raw(Convert.FromHexString(settings.TerminalId));
        if (terms.EchoCurrency)
        {
            fields.Number(Bmp.Currency, sale.Amount.Currency.Number, 2);
        }
        fields
            .Number(Bmp.Receipt, sale.Receipt, 2)
            .Raw(Bmp.CardType, settings.CardType)
            .LllVar(Bmp.Text, terms.Charset.Encode(verdict.Text.In(terms.Language), 999))
            .Number(Bmp.Turnover, sale.Trace, 3)
            .LlVar(Bmp.CardName, Encoding.ASCII.GetBytes(settings.CardName + "\0"));
        List<Tlv> tlvs = [Tlv.Of(Tag.PaymentType, [new(Tag.OnlineFlag, new byte[] { 1 })])];
        if (terms.IsMirrored)
        {
            tlvs.Add(new(Tag.MirroredReceipt, new[] { (byte)(sale.Receipt >> 8), (byte)(sale.Receipt & 0xFF) }));
        }
        return new(Command.StatusInformation, fields.ToBytes())
        {
            Tlvs = terms.KnowsTlv ? [.. tlvs, .. Error(verdict, terms)] : [],
        };
    }

    /// <summary>Totals of a period that stays open.</summary>
    public Apdu Of(Effect.Report report, ReplyTerms terms) => new TotalsInformation(settings, terms).Of(
        report.Sale,
        new(ResultCode.Approved, "", InstructionText.TotalsSoFar(
            ((Instruction.EndOfDay)report.Sale.Instruction).Totals, report.Sale.Amount, settings.HasHeadOffice)),
        isClosed: false);

    /// <summary>For a command that moved nothing: no receipt, no trace.</summary>
    public Apdu Of(Verdict verdict, ReplyTerms terms) => new(Command.StatusInformation, new FieldWriter()
        .Raw(Bmp.Result, verdict.Code)
        .Raw(Bmp.TerminalId).Raw(Convert.FromHexString(settings.TerminalId))
        .LllVar(Bmp.Text, terms.Charset.Encode(verdict.Text.In(terms.Language), 999))
        .ToBytes())
    {
        Tlvs = Error(verdict, terms),
    };

    /// <summary>06 1E.</summary>
    public static Apdu Termination(Verdict verdict, ReplyTerms terms) => new(Command.Termination, [verdict.Code])
    {
        Tlvs = Error(verdict, terms),
    };

    /// <summary>Our own code and the first sentence (TLV 1F16 and 1F17), finer than the codes of ZVT.</summary>
    static Tlv[] Error(Verdict verdict, ReplyTerms terms) => terms.KnowsTlv && verdict.Own.Length > 0
        ? [
            new(Tag.ErrorCode, Encoding.ASCII.GetBytes(verdict.Own)),
            new(Tag.ErrorText, Charset.CodePage437.Encode(verdict.Text.In(terms.Language).Split('.')[0])),
        ]
        : [];
}
