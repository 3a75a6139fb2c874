using Terminal.Ecr;
using Terminal.Ecr.Messages;
using Terminal.Panel.Words;
using Terminal.Payments;

namespace Terminal.Tests.Ecr.Messages;

/// <summary>What the cashier reads if a receipt number names several payments, or one of a closed period.</summary>
public sealed class CandidateTextTests
{
    static readonly EcrSettings Settings = new()
    {
        TimeZone = TimeZoneInfo.CreateCustomTimeZone("shop", TimeSpan.FromHours(1), null, null),
    };

    [Fact]
    public void Each_payment_is_named_with_date_time_amount_and_reference() => Assert.Equal(
        "Receipt 0042 is the number of 2 payments. Add the whole amount, or refund by REF. " +
        "2026-01-02 04:04 EUR 12.00 REF:AAAAAAAAAAAAAAAAAAAAAAAAAA; " +
        "2026-01-02 04:03 EUR 12.01 REF:BBBBBBBBBBBBBBBBBBBBBBBBBB",
        Text(RefusalReason.ReceiptAmbiguous, 2, Language.English));

    [Fact]
    public void Of_more_payments_than_fit_it_says_how_many_are_left_out() => Assert.Equal(
        "Beleg 0042 gibt es 5 mal. Ganzen Betrag angeben oder Gutschrift mit REF. " +
        "02.01.2026 04:04 EUR 12,00 REF:AAAAAAAAAAAAAAAAAAAAAAAAAA; " +
        "02.01.2026 04:03 EUR 12,01 REF:BBBBBBBBBBBBBBBBBBBBBBBBBB; " +
        "02.01.2026 04:02 EUR 12,02 REF:CCCCCCCCCCCCCCCCCCCCCCCCCC; 2 ältere",
        Text(RefusalReason.ReceiptAmbiguous, 5, Language.German));

    [Fact]
    public void A_closed_period_names_what_06_31_takes() => Assert.Equal(
        "Receipt 0042 is in a closed period. Refund it by its REF. " +
        "2026-01-02 04:04 EUR 12.00 REF:AAAAAAAAAAAAAAAAAAAAAAAAAA",
        Text(RefusalReason.PeriodClosed, 1, Language.English));

    static string Text(RefusalReason reason, int count, Language language) => ResultCode.Of(
        new Refusal(reason, 42)
        {
            Candidates = [.. Enumerable.Range(0, count).Select(n => Slips.Sale with
            {
                Id = new(new string((char)('A' + n), 26)),
                Amount = new(1200 + n, Currency.Eur),
                At = new(Slips.Sale.At.UnixMilliseconds - (n * 60_000)),
            })],
        },
        Settings).Text.In(language);
}
