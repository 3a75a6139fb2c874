using Terminal.Ecr;
using Terminal.Ecr.Messages;
using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Periods;

namespace Terminal.Tests.Ecr.Messages;

/// <summary>The balance as the cashier reads it.</summary>
public sealed class TotalsTextTests
{
    /// <summary>One sale of 5.00.</summary>
    static readonly PeriodTotals Sold = new(new(1, 500), default, default, (1, 1), 160, 158)
    {
        Balance = new(500, 500, default, 0),
    };

    static readonly Money Unit = new(0, Currency.Eur);

    [Fact]
    public void All_three_agree() => Check(Sold,
        "Gateway 5.00, head office 5.00 158/160. Balanced.",
        "Gateway 5,00, Zentrale 5,00 158/160. Stimmt überein.");

    [Fact]
    public void The_head_office_does_not_have_it_all() => Check(Sold with { Balance = new(500, 0, default, 0) },
        "Gateway 5.00, head office 0.00 158/160. Head office follows.",
        "Gateway 5,00, Zentrale 0,00 158/160. Zentrale folgt.");

    [Fact]
    public void An_approval_that_the_till_did_not_acknowledge() => Check(
        Sold with { Unresolved = 2, Balance = new(2000, 500, new(1, 1500), 0) },
        "Gateway 20.00, head office 5.00 158/160. Unresolved 2 15.00, goes on.",
        "Gateway 20,00, Zentrale 5,00 158/160. Offen 2 15,00, läuft.");

    [Fact]
    public void Nobody_knows_yet_whether_it_was_paid() => Check(Sold with { Unresolved = 1 },
        "Gateway 5.00, head office 5.00 158/160. Unresolved 1, goes on.",
        "Gateway 5,00, Zentrale 5,00 158/160. Offen 1, läuft.");

    [Fact]
    public void What_was_open_when_the_period_began_is_back() => Check(
        Sold with { Balance = new(-1000, 500, default, 1500) },
        "Gateway -10.00, head office 5.00 158/160. Last period's 15.00 settled.",
        "Gateway -10,00, Zentrale 5,00 158/160. Vorperiode 15,00 erledigt.");

    [Fact]
    public void What_was_open_when_the_period_began_still_is() => Check(
        Sold with { Unresolved = 1, Balance = new(500, 500, new(1, 1500), 1500) },
        "Gateway 5.00, head office 5.00 158/160. Unresolved 1 15.00, goes on.",
        "Gateway 5,00, Zentrale 5,00 158/160. Offen 1 15,00, läuft.");

    [Fact]
    public void What_nothing_explains_is_for_service() => Check(Sold with { Balance = new(700, 500, new(1, 100), 0) },
        "Gateway 7.00, head office 5.00 158/160. Unresolved 0 1.00, differs by 1.00: call service.",
        "Gateway 7,00, Zentrale 5,00 158/160. Offen 0 1,00, Differenz 1,00: Service rufen.");

    [Fact]
    public void Nothing_is_said_of_a_head_office_that_is_not_there() => Check(
        Sold with { Balance = new(500, 0, default, 0) }, "Gateway 5.00. Balanced.", "Gateway 5,00. Stimmt überein.",
        hasHeadOffice: false);

    [Fact]
    public void An_end_of_day_of_an_older_version_has_no_balance() => Check(
        Sold with { Unresolved = 2, Balance = null }, "Unresolved 2.", "Offen 2.");

    [Theory]
    [InlineData(nameof(Language.English), 3, 0)]
    [InlineData(nameof(Language.German), 3, 0)]
    [InlineData(nameof(Language.English), 3, 1500)]
    [InlineData(nameof(Language.German), 3, 1500)]
    [InlineData(nameof(Language.English), 0, 1500)]
    [InlineData(nameof(Language.German), 0, 1500)]
    public void A_busy_day_still_fits_into_a_short_message(string name, int unresolved, long before)
    {
        var language = Enum.Parse<Language>(name);
        var totals = new PeriodTotals(new(250, 999_999), new(3, 10_000), new(2, 10_000), (1, 255), 1022, 1020)
        {
            Unresolved = unresolved,
            Balance = new(979_999 + unresolved * 500 - before, 979_999, new(2, unresolved * 500), before),
        };
        var sale = Slips.EndOfDay with { Totals = totals };
        var verdict = InstructionText.Of(sale, new Outcome.Approved(""), hasHeadOffice: true);
        var settings = new EcrSettings();
        var terms = new ReplyTerms(Registration.None, language);
        var message = new StatusInformation(settings).Of(sale, verdict, terms).ToBytes();

        Assert.InRange(message.Length, 200, 257); // Command and length, then as much as one byte can say.
        Assert.Equal(terms.Encode(verdict.Text), message[^terms.Encode(verdict.Text).Length..]);
    }

    /// <summary>The field has one byte for the number: above that the words tell of it, in every language.</summary>
    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void Field_60_is_left_out_only_with_a_word(int sales, bool hasField)
    {
        var sale = Slips.EndOfDay with
        {
            Totals = new(new(sales, 17750), default, default, (1, sales), 0, 0),
        };
        foreach (var (language, word) in ((Language, string)[])[
            (Language.English, "Over 255: no field 60."), (Language.German, "Über 255: ohne Feld 60.")])
        {
            var terms = new ReplyTerms(Registration.None, language) { Charset = Charset.Latin1 };
            var message = new StatusInformation(new()).Of(
                sale, InstructionText.Of(sale, new Outcome.Approved(""), hasHeadOffice: true), terms);
            var fields = Fields.Read(message.Data);

            Assert.Equal(hasField, fields.Has(Bmp.SingleTotals));
            Assert.Equal(!hasField, Charset.Latin1.Decode(fields.Get(Bmp.Text)!.Value.Span).EndsWith(word));
        }
    }

    static void Check(PeriodTotals totals, string english, string german, bool hasHeadOffice = true)
    {
        var text = TotalsText.SoFar(totals, Unit, hasHeadOffice);
        Assert.Equal(
            $"Totals so far. Sales 1 5.00, reversals 0 0.00, refunds 0 0.00, total EUR 5.00. {english}", text.English);
        Assert.Equal(
            $"Zwischensumme. Zahlungen 1 5,00, Storno 0 0,00, Gutschriften 0 0,00, Summe EUR 5,00. {german}",
            text.German);
    }
}
