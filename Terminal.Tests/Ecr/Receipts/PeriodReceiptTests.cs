using System.Text;
using Terminal.Ecr;
using Terminal.Ecr.Messages;
using Terminal.Ecr.Receipts;
using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Answers;

namespace Terminal.Tests.Ecr.Receipts;

/// <summary>What the ECR prints of an end-of-day.</summary>
public sealed class PeriodReceiptTests
{
    static readonly EcrSettings Settings = new() { ReceiptHeader = ["Example Shop"] };

    [Theory]
    [InlineData(nameof(Language.English), 24, true, """
              Example Shop
           END-OF-DAY ALIPAY

        Terminal        00000001
        Receipt             0044
        Trace             004713
        2026-01-02      03:04:05
        Sales 17          200.00
        Reversals 1        20.00
        Refunds 1           2.50
        Total         EUR 177.50
        Gateway       EUR 192.50
        Head office   EUR 167.50
        Entries          158/160
        Unresolved 2   EUR 15.00
        Result                00

                 CLOSED
        Unresolved 2 15.00, goes
        on.
        """)]
    [InlineData(nameof(Language.German), 24, false, """
              Example Shop
          KASSENSCHNITT ALIPAY

        Terminal        00000001
        Beleg               0044
        Trace             004713
        02.01.2026      03:04:05
        Zahlungen 17      200,00
        Storno 1           20,00
        Gutschriften 1      2,50
        Summe         EUR 177,50
        Gateway       EUR 192,50
        Offen 2        EUR 15,00
        Ergebnis              00

             ABGESCHLOSSEN
        Offen 2 15,00, läuft.
        """)]
    [InlineData(nameof(Language.German), 16, true, """
          Example Shop
         KASSENSCHNITT
             ALIPAY

        Terminal
                00000001
        Beleg       0044
        Trace     004713
        02.01.2026
                03:04:05
        Zahlungen 17
                  200,00
        Storno 1   20,00
        Gutschriften 1
                    2,50
        Summe EUR 177,50
        Gateway
              EUR 192,50
        Zentrale
              EUR 167,50
        Einträge 158/160
        Offen 2
               EUR 15,00
        Ergebnis      00

         ABGESCHLOSSEN
        Offen 2 15,00,
        läuft.
        """)]
    [InlineData(nameof(Language.English), 48, false, """
                          Example Shop
                       END-OF-DAY ALIPAY

        Terminal                                00000001
        Receipt                                     0044
        Trace                                     004713
        2026-01-02                              03:04:05
        Sales 17                                  200.00
        Reversals 1                                20.00
        Refunds 1                                   2.50
        Total                                 EUR 177.50
        Gateway                               EUR 192.50
        Unresolved 2                           EUR 15.00
        Result                                        00

                             CLOSED
        Unresolved 2 15.00, goes on.
        """)]
    public void An_end_of_day_has_a_line_for_each_figure(
        string name, int width, bool hasHeadOffice, string expected)
    {
        var language = Enum.Parse<Language>(name);
        var receipt = new Receipt(new() { ReceiptHeader = ["Example Shop"], HasHeadOffice = hasHeadOffice });
        var terms = new ReplyTerms(new Registration(0x84) { PrinterWidth = width }, language);
        ReceiptTests.Check(
            receipt.Of(Slips.EndOfDay, new Outcome.Approved(""), ReceiptKind.Administration, terms), expected, width);
    }

    [Fact]
    public void An_end_of_day_names_what_was_open_when_the_period_began()
    {
        var sale = Slips.EndOfDay with
        {
            Totals = Slips.EndOfDay.Totals with { Unresolved = 0, Balance = new(16250, 0, default, 1500) },
        };
        var lines = new Receipt(Settings).Of(sale, new Outcome.Approved(""), ReceiptKind.Administration,
            new(new Registration(0x84), Language.German));

        Assert.Contains("Vorher offen   EUR 15,00", lines.Select(l => l.Text));
        Assert.Equal("Vorperiode 15,00 erledigt.", string.Join(' ', lines.TakeLast(2).Select(l => l.Text)));
    }

    [Fact]
    public void An_end_of_day_that_is_not_confirmed_has_no_figures()
    {
        var terms = new ReplyTerms(new Registration(0x84), Language.English);
        ReceiptTests.Check(
            new Receipt(Settings).Of(
                Slips.EndOfDay, new Outcome.NotConfirmed(), ReceiptKind.Administration, terms),
            """
                  Example Shop
               END-OF-DAY ALIPAY

            Terminal        00000001
            Receipt             0044
            Trace             004713
            2026-01-02      03:04:05
            Result                FF

                 NOT CONFIRMED
            Not confirmed. Repeat
            the end-of-day.
            """, 24);
    }

    /// <summary>It is one administration receipt, whoever else prints what of payments.</summary>
    [Theory]
    [InlineData(0x82, null, 0)]
    [InlineData(0x84, null, 1)]
    [InlineData(0x86, null, 1)]
    [InlineData(0x86, "00", 1)]
    [InlineData(0x06, null, 0)]
    [InlineData(0x00, null, 0)]
    [InlineData(0x00, "01", 1)]
    public void An_end_of_day_is_printed_once_for_who_prints_administration_receipts(
        byte config, string? parameter, int receipts)
    {
        var agreed = new Registration(config) { Takes = [Command.PrintBlock] };
        ReadOnlyMemory<byte>? bytes = parameter is null ? null : Hex.Bytes(parameter);
        var terms = new ReplyTerms(agreed, default) { Receipts = agreed.Receipts.Adjust(bytes) };

        var messages = new Receipt(Settings).Messages(Slips.EndOfDay, new Outcome.Approved(""), terms).ToList();

        var texts = messages.Select(m => Encoding.ASCII.GetString(m.ToBytes())).ToList();
        Assert.Equal(receipts, texts.Count(t => t.Contains("END-OF-DAY")));
        Assert.DoesNotContain(texts, t => t.Contains("MERCHANT") || t.Contains("CUSTOMER"));
        Assert.All(messages.SelectMany(m => m.Tlvs).Where(t => t.Tag == Tag.ReceiptType),
            t => Assert.Equal((byte)ReceiptKind.Administration, t.Value.Span[0]));
    }
}
