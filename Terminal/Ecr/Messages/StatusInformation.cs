using System.Text;
using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Terminal.Ecr.Messages;

/// <summary>
/// Builds 04 0F with only the fields of the table, in its order: some registers drop any other message.
/// </summary>
sealed class StatusInformation(EcrSettings settings)
{
    const byte Online = 0x60;

    /// <summary>Bytes that a message number (TLV 1F73) adds, with a container of its own.</summary>
    const int NumberLength = 8;

    /// <param name="terms">What the ECR let us send; the facts depend on order and verdict only.</param>
    public Apdu Of(Order order, Verdict verdict, ReplyTerms terms) => Fit(terms, fitting => order is EndOfDay closing
        ? new TotalsInformation(settings, fitting).Of(closing, verdict, isClosed: true)
        : Result(order, verdict, fitting));

    Apdu Result(Order order, Verdict verdict, ReplyTerms terms)
    {
        var at = settings.LocalTime(order.At);
        var fields = new FieldWriter()
            .Raw(Bmp.Result, verdict.Code)
            .Number(Bmp.Amount, order.Worth.Minor, 6)
            .Number(Bmp.Trace, order.Trace, 3);
        if (order is Return given)
        {
            fields.Number(Bmp.OriginalTrace, given.Of.Trace, 3);
        }
        fields
            .Number(Bmp.Time, at.Hour * 10000 + at.Minute * 100 + at.Second, 3)
            .Number(Bmp.Date, at.Month * 100 + at.Day, 2)
            .Raw(Bmp.PaymentType, Online)
            .Raw(Bmp.TerminalId).Raw(Convert.FromHexString(settings.TerminalId));
        if (terms.EchoCurrency)
        {
            fields.Number(Bmp.Currency, order.Worth.Currency.Number, 2);
        }
        fields
            .Number(Bmp.Receipt, order.Receipt, 2)
            .Raw(Bmp.CardType, settings.CardType)
            .LllVar(Bmp.Text, terms.Encode(verdict.Text))
            .Number(Bmp.Turnover, order.Trace, 3)
            .LlVar(Bmp.CardName, Encoding.ASCII.GetBytes(settings.CardName + "\0"));
        Tlv[] mirrored = terms is { IsMirrored: true, KnowsTlv: true }
            ? [new(Tag.MirroredReceipt, new[] { (byte)(order.Receipt >> 8), (byte)(order.Receipt & 0xFF) })]
            : [];
        return new(Command.StatusInformation, fields.ToBytes()) { Tlvs = [.. mirrored, .. Error(verdict, terms)] };
    }

    /// <summary>The totals of a period that stays open.</summary>
    public Apdu Of(Effect.Report report, ReplyTerms terms)
    {
        var closing = report.Closing;
        var text = report.IsClosedBefore
            ? TotalsText.ClosedBefore(closing.Totals, closing.Worth, settings.HasHeadOffice)
            : TotalsText.SoFar(closing.Totals, closing.Worth, settings.HasHeadOffice);
        return Fit(terms, fitting => new TotalsInformation(settings, fitting).Of(
            closing, new(ResultCode.Approved, "", text), isClosed: false));
    }

    /// <summary>The answer to a command that moved nothing: no receipt, no trace.</summary>
    public Apdu Of(Verdict verdict, ReplyTerms terms) => Fit(terms, fitting =>
        new(Command.StatusInformation, new FieldWriter()
            .Raw(Bmp.Result, verdict.Code)
            .Raw(Bmp.TerminalId).Raw(Convert.FromHexString(settings.TerminalId))
            .LllVar(Bmp.Text, fitting.Encode(verdict.Text))
            .ToBytes())
        {
            Tlvs = Error(verdict, fitting),
        });

    /// <summary>06 1E.</summary>
    public static Apdu Termination(Verdict verdict, ReplyTerms terms) => new(Command.Termination, [verdict.Code])
    {
        Tlvs = Error(verdict, terms),
    };

    /// <summary>
    /// Keeps the message within the length that the ECR takes (TLV 1A). 1F17 goes first, because it only repeats the
    /// start of 3C; then the end of 3C is cut.
    /// </summary>
    static Apdu Fit(ReplyTerms terms, Func<ReplyTerms, Apdu> build)
    {
        var whole = build(terms);
        if (Excess(whole, terms) <= 0)
        {
            return whole;
        }
        var bare = WithoutErrorText(whole);
        var text = Fields.Read(whole.Data).Get(Bmp.Text)?.Length ?? 0;
        return Excess(bare, terms) is > 0 and var excess
            ? WithoutErrorText(build(terms with { TextLimit = Math.Max(text - excess, 0) }))
            : bare;
    }

    static int Excess(Apdu apdu, ReplyTerms terms) =>
        apdu.ToBytes().Length + (terms.Agreed.IsNumbered ? NumberLength : 0) - terms.Agreed.MaxApdu;

    static Apdu WithoutErrorText(Apdu apdu) =>
        apdu with { Tlvs = [.. apdu.Tlvs.Where(t => t.Tag != Tag.ErrorText)] };

    /// <summary>Our own code and the first sentence (TLV 1F16 and 1F17), more precise than the codes of ZVT.</summary>
    static Tlv[] Error(Verdict verdict, ReplyTerms terms) => terms.KnowsTlv && verdict.Own.Length > 0
        ? [
            new(Tag.ErrorCode, Encoding.ASCII.GetBytes(verdict.Own)),
            new(Tag.ErrorText, terms.Charset.Encode(verdict.Text.In(terms.Language).Split('.')[0])),
        ]
        : [];
}
