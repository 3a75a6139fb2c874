using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;
using Terminal.Payments.Periods;

namespace Terminal.Tests.Acceptance;

/// <summary>What the checkout must have decided, read from the message that told it.</summary>
static partial class TracedResult
{
    static readonly Stamp Noon = new(new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());

    /// <summary>An end-of-day, or what the period came to so far.</summary>
    public static EndOfDay PeriodOf(Fields fields)
    {
        var text = Text(fields);
        var m = Totals().Match(text);
        Assert.True(m.Success, text);
        int Count(int group) => int.Parse(m.Groups[group].Value, CultureInfo.InvariantCulture);
        long Minor(int group) => m.Groups[group].Success
            ? (long)(decimal.Parse(m.Groups[group].Value, CultureInfo.InvariantCulture) * 100)
            : 0;
        Tally Sum(int group) => new(Count(group), Minor(group + 1));
        var receipts = fields.Get(Bmp.SingleTotals)!.Value.Span;
        var totals = new PeriodTotals(Sum(1), Sum(3), Sum(5),
            ((int)Bcd.Read(receipts[..2])!.Value, (int)Bcd.Read(receipts[2..4])!.Value), Count(10), Count(9))
        {
            Unresolved = int.TryParse(m.Groups[11].Value, out var unresolved) ? unresolved : 0,
            Balance = new(Minor(7), Minor(8), new(1, Minor(12)), 0),
        };
        var balance = totals.Balance!;
        // Named only where nothing is open; always what makes the sums agree.
        totals = totals with { Balance = balance with { Before = totals.Net + balance.Open.Minor - balance.Gateway } };
        return new(new("PERIOD"), 1, Number(fields, Bmp.Trace), Noon, totals);
    }

    /// <summary>An end-of-day that had nothing to close.</summary>
    public static bool IsClosedBefore(Fields fields) =>
        Text(fields).StartsWith("Closed before.", StringComparison.Ordinal);

    public static Order OrderOf(Fields fields)
    {
        var receipt = Number(fields, Bmp.Receipt);
        var reference = Reference().Match(Text(fields));
        var id = new PaymentId(reference.Success ? reference.Value : $"P{receipt}");
        var (trace, amount) = (Number(fields, Bmp.Trace), new Money(Number(fields, Bmp.Amount), Currency.Eur));
        if (!fields.Has(Bmp.OriginalTrace))
        {
            return new Sale(id, receipt, trace, amount, new string('0', 32), Noon, null);
        }
        var m = Returned().Match(Text(fields));
        var kind = m.Groups["what"].Value == "reversed" ? ReturnKind.Reversal : ReturnKind.Refund;
        return Return.New(kind, new(id, receipt, trace, Noon), amount, new(
            new("P0"), m.Groups["gateway"].Value, int.Parse(m.Groups["receipt"].Value),
            Number(fields, Bmp.OriginalTrace)));
    }

    public static Outcome OutcomeOf(Order order, Fields fields)
    {
        var text = Text(fields);
        var gateway = Gateway().Match(text).Value;
        var code = Code().Match(text).Value;
        IEnumerable<Outcome> possible =
        [
            new Outcome.Approved(gateway), new Outcome.NotConfirmed(),
            .. Enum.GetValues<NotPaidReason>().Select(r => new Outcome.Rejected(new(r, code))),
        ];
        return possible.First(o => InstructionText.Of(order, o, hasHeadOffice: true).Text.English == text);
    }

    public static Refusal RefusalOf(Fields fields)
    {
        var text = Text(fields);
        var receipt = int.TryParse(Receipt().Match(text).Value, out var number) ? number : 0;
        return Enum.GetValues<RefusalReason>().Select(r => new Refusal(r, receipt))
            .First(r => ResultCode.Of(r, new()).Text.English == text);
    }

    public static Stage StageOf(Apdu apdu)
    {
        var text = Encoding.ASCII.GetString(apdu.Data);
        return text.Contains("moment") ? Stage.Confirming
            : text.Contains("scan") ? Stage.AwaitingCode
            : text.Contains("submitted") ? Stage.Submitting
            : text.Contains("confirm") ? Stage.WaitingForCustomer
            : text.Contains("returned") ? Stage.Returning
            : Stage.Cancelling;
    }

    static string Text(Fields fields) => Encoding.ASCII.GetString(fields.Get(Bmp.Text)!.Value.Span);

    static int Number(Fields fields, byte bmp) => (int)(Bcd.Read((fields.Get(bmp) ?? default).Span) ?? 0);

    [GeneratedRegex(@"Sales (\d+) ([\d.]+), reversals (\d+) ([\d.]+), refunds (\d+) ([\d.]+), total .*\. "
        + @"Gateway (-?[\d.]+), head office (-?[\d.]+) (\d+)/(\d+)\."
        + @"(?: Unresolved (\d+)(?: (\d+\.\d+))?, goes on\.)?")]
    private static partial Regex Totals();

    [GeneratedRegex(@"Receipt (?<receipt>\d{4}): .* (?<what>reversed|refunded)\. PID:(?<gateway>.*)")]
    private static partial Regex Returned();

    [GeneratedRegex(@"(?<=PID:)[^ ]*")]
    private static partial Regex Gateway();

    [GeneratedRegex(@"(?<=REF:).*")]
    private static partial Regex Reference();

    [GeneratedRegex(@"(?<=\[).*(?=\])")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<=[Rr]eceipt )\d{4}")]
    private static partial Regex Receipt();
}
