using Terminal.Payments.Orders;
using Terminal.Payments.Periods;

namespace Terminal.Ecr.Messages;

/// <summary>Builds the 04 0F of an end-of-day or its preview.</summary>
sealed class TotalsInformation(EcrSettings settings, ReplyTerms terms)
{
    /// <summary>girocard, JCB, Eurocard, American Express, VISA, Diners; wallets come last, under "others".</summary>
    const int CardBrands = 6;

    const int MostInOneByte = 255;

    /// <summary>More than BMP 60 can hold; the text then says so.</summary>
    public static bool IsTooMany(PeriodTotals totals) => CountOf(totals) > MostInOneByte;

    /// <param name="isClosed">The period is closed and has a trace number; a preview has none.</param>
    public Apdu Of(EndOfDay closing, Verdict verdict, bool isClosed)
    {
        var at = settings.LocalTime(closing.At);
        var fields = new FieldWriter().Raw(Bmp.Result, verdict.Code);
        if (verdict.Code == ResultCode.Approved)
        {
            fields.Number(Bmp.Amount, closing.Worth.Minor, 6);
            WriteSingleTotals(fields, closing.Totals, closing.Worth.Minor);
        }
        if (isClosed)
        {
            fields.Number(Bmp.Trace, closing.Trace, 3);
        }
        return new(Command.StatusInformation, fields
            .Number(Bmp.Time, at.Hour * 10000 + at.Minute * 100 + at.Second, 3)
            .Number(Bmp.Date, at.Month * 100 + at.Day, 2)
            .Raw(Bmp.TerminalId).Raw(Convert.FromHexString(settings.TerminalId))
            .LllVar(Bmp.Text, terms.Encode(verdict.Text))
            .ToBytes());
    }

    /// <summary>
    /// BMP 60: first and last receipt, then count (one byte) and sum of each brand. Left out if the count does not fit:
    /// a till that compares it would find a difference every busy day. The words of 3C have the true count.
    /// </summary>
    static void WriteSingleTotals(FieldWriter fields, PeriodTotals totals, long minor)
    {
        if (!IsTooMany(totals))
        {
            fields.LllVar(Bmp.SingleTotals, (ReadOnlySpan<byte>)[
                .. Bcd.Write(totals.Receipts.First, 2), .. Bcd.Write(totals.Receipts.Last, 2),
                .. new byte[CardBrands * 7], (byte)CountOf(totals), .. Bcd.Write(minor, 6)]);
        }
    }

    static int CountOf(PeriodTotals totals) =>
        totals.Sales.Count + totals.Reversals.Count + totals.Refunds.Count;
}
