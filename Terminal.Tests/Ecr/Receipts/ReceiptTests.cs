using System.Text;
using Terminal.Ecr;
using Terminal.Ecr.Commands;
using Terminal.Ecr.Messages;
using Terminal.Ecr.Receipts;
using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Ecr.Receipts;

/// <summary>What the ECR prints for us.</summary>
public sealed class ReceiptTests
{
    static readonly Sale Sale = new(
        new("PAYMENT"), Receipt: 42, Trace: 4711, new(1234, Currency.Eur), new string('0', 32), new(1767323045000),
        Expiry: null);

    static readonly EcrSettings Settings = new() { ReceiptHeader = ["Example Shop"] };

    [Fact]
    public void A_paid_receipt() => Check(new Outcome.Approved("2026010200000001"), ReceiptKind.Merchant, """
              Example Shop
            MERCHANT RECEIPT

              SALE ALIPAY
        Terminal        00000001
        Receipt             0042
        Trace             004711
        2026-01-02      03:04:05
        Amount         EUR 12.34
        Result                00

                  PAID
        Paid.
        PID:2026010200000001
        REF:PAYMENT
        """, Language.English);

    [Fact]
    public void A_receipt_of_a_part_names_what_was_paid_and_what_was_ordered()
    {
        var terms = new ReplyTerms(new Registration(0x82) { PrinterWidth = 24 }, Language.English);
        var part = Sale with { Delivered = 500 };
        Check(new Receipt(Settings).Of(part, new Outcome.Approved("2026010200000001"), ReceiptKind.Customer, terms), """
                  Example Shop
                CUSTOMER RECEIPT

                  SALE ALIPAY
            Terminal        00000001
            Receipt             0042
            Trace             004711
            2026-01-02      03:04:05
            Ordered        EUR 12.34
            Amount          EUR 5.00
            Result                00

                      PAID
            Paid.
            PID:2026010200000001
            Part of EUR 12.34, the
            rest goes back.
            REF:PAYMENT
            """, 24);
    }

    /// <summary>A cashier types it from paper: the line's end, a blank or small letters spoil nothing.</summary>
    [Fact]
    public void A_refund_by_what_the_receipt_printed_is_understood()
    {
        var id = new PaymentId("ABCDEFGHIJKLMNOPQRSTUVWX67");
        var terms = new ReplyTerms(new Registration(0x82), Language.English);
        var printed = string.Join('\n', new Receipt(Settings)
            .Of(Sale with { Id = id }, new Outcome.Approved("1"), ReceiptKind.Customer, terms).Select(l => l.Text));
        var typed = printed[printed.IndexOf("REF:", StringComparison.Ordinal)..];
        Assert.Contains('\n', typed[..31]);

        foreach (var text in (string[])[typed, typed.ToLowerInvariant(), typed.Replace('\n', ' '), typed[..31]])
        {
            var data = new FieldWriter().Raw(Hex.Bytes("000000")).Number(Bmp.Amount, 500, 6)
                .LllVar(Bmp.Text, Encoding.ASCII.GetBytes(text)).ToBytes();
            var read = CommandTable.Find(Command.Refund)!.Read(
                new(data, new Agreement(Settings, Registration.None), IsBusy: false, _ => null!));
            var order = Assert.IsType<Arrival.ReturnInstructed>(Assert.IsType<EcrCommand.Instruct>(read).Input);
            Assert.Equal(id, order.Request.Reference);
        }
    }

    [Fact]
    public void A_receipt_of_what_is_not_confirmed() => Check(new Outcome.NotConfirmed(), ReceiptKind.Customer, """
              Example Shop
              KUNDENBELEG

             ZAHLUNG ALIPAY
        Terminal        00000001
        Beleg               0042
        Trace             004711
        02.01.2026      03:04:05
        Betrag         EUR 12,34
        Ergebnis              FF

            NICHT BESTÄTIGT
        Nicht bestätigt. Ware
        auf diese Zahlung nicht
        herausgeben. Wurde der
        Kunde belastet, wird der
        Betrag automatisch
        erstattet.
         Kein Zahlungsnachweis.
        """, Language.German);

    [Fact]
    public void A_receipt_of_what_is_not_paid() => Check(
        new Outcome.Rejected(new(NotPaidReason.InsufficientFunds)), ReceiptKind.Customer, """
          Example Shop
        CUSTOMER RECEIPT

          SALE ALIPAY
        Terminal
                00000001
        Receipt     0042
        Trace     004711
        2026-01-02
                03:04:05
        Amount EUR 12.34
        Result        71

            NOT PAID
        Not enough
        funds.
        This is no proof
          of payment.
        """, Language.English, 16);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Only_the_merchant_reads_the_code_of_the_gateway(bool isMerchant)
    {
        var kind = isMerchant ? ReceiptKind.Merchant : ReceiptKind.Customer;
        var terms = new ReplyTerms(new Registration(0x82) { PrinterWidth = 48 }, Language.English);
        foreach (var order in (Order[])[Slips.Sale, Slips.Reversal])
        {
            var lines = new Receipt(Settings).Of(order, Slips.TooOld, kind, terms);
            Assert.Equal(isMerchant, lines.Any(l => l.Text.Contains("[TOO_OLD]")));
            Assert.DoesNotContain(lines, l => l.Text.Contains("[]"));
        }
    }

    [Theory]
    [InlineData(nameof(Language.English), "MERCHANT RECEIPT", "COPY")]
    [InlineData(nameof(Language.German), "HÄNDLERBELEG", "KOPIE")]
    public void A_copy_says_so_in_its_head(string name, string title, string word)
    {
        var language = Enum.Parse<Language>(name);
        Assert.DoesNotContain(word, Lines(new Outcome.Approved("1"), language));
        var terms = new ReplyTerms(new Registration(0x82), language);
        var copy = new Receipt(Settings).Of(Sale, new Outcome.Approved("1"), ReceiptKind.Merchant,
            terms with { Receipts = terms.Receipts with { IsCopy = true } });
        Assert.Equal(["Example Shop", title, word, ""], copy.Take(4).Select(l => l.Text));
    }

    /// <summary>Receipts cannot be mistaken for one another: the word for "paid" stands only on one of them.</summary>
    [Theory]
    [InlineData(nameof(Language.English), "PAID")]
    [InlineData(nameof(Language.German), "BEZAHLT")]
    public void Only_a_paid_receipt_says_so(string name, string word)
    {
        var language = Enum.Parse<Language>(name);
        foreach (var reason in Enum.GetValues<NotPaidReason>())
        {
            Assert.DoesNotContain(word, Lines(new Outcome.Rejected(new(reason)), language));
        }
        Assert.DoesNotContain(word, Lines(new Outcome.NotConfirmed(), language));
        Assert.Contains(word, Lines(new Outcome.Approved("1"), language));
    }

    [Theory]
    [InlineData(0x82, null, true, "Merchant Customer")]
    [InlineData(0x82, null, false, "Merchant Customer")]
    [InlineData(0x02, null, true, "")]
    [InlineData(0x84, null, true, "")]
    [InlineData(0x00, null, true, "")]
    [InlineData(0x00, "A1", true, "Merchant Customer")]
    [InlineData(0x82, "80", true, "Customer")]
    [InlineData(0x82, "80", false, "")]
    [InlineData(0x82, "40", false, "Customer")]
    [InlineData(0x82, "10", false, "Merchant")]
    [InlineData(0x82, "A8", true, "Customer Merchant")]
    public void Which_receipts_are_wanted(byte config, string? parameter, bool isPaid, string kinds)
    {
        ReadOnlyMemory<byte>? bytes = parameter is null ? null : Hex.Bytes(parameter);
        var order = new Registration(config).Receipts.Adjust(bytes);
        Assert.Equal(kinds, string.Join(' ', order.Wanted(isPaid)));
    }

    [Theory]
    [InlineData(128)]
    [InlineData(255)]
    [InlineData(2048)]
    public void Blocks_are_no_longer_than_the_ECR_takes_and_hold_every_line(int most)
    {
        var terms = new ReplyTerms(
            new Registration(0x82) { MaxApdu = most, Takes = [Command.PrintBlock], PrinterWidth = 48 }, default);
        var lines = new Receipt(Settings).Of(Sale, new Outcome.NotConfirmed(), ReceiptKind.Customer, terms);

        var blocks = PrintMessages.Of(lines, ReceiptKind.Customer, terms).ToList();

        Assert.All(blocks, b => Assert.InRange(b.ToBytes().Length, 1, most));
        var inner = blocks.SelectMany(b => Tlv.ReadAll(b.Tlvs.Single(t => t.Tag == Tag.PrintTexts).Value)!).ToList();
        Assert.Equal(
            lines.Select(l => Encoding.ASCII.GetString(terms.Charset.Encode(l.Text))),
            inner.Where(t => t.Tag == Tag.TextLine).Select(t => Encoding.ASCII.GetString(t.Value.Span)));
        Assert.Equal(0x81, inner[^1].Value.Span[0]);
        Assert.All(blocks, b => Assert.Equal(2, b.Tlvs[0].Value.Span[0]));
    }

    static string[] Lines(Outcome outcome, Language language, int width = 24)
    {
        var terms = new ReplyTerms(new Registration(0x82) { PrinterWidth = width }, language);
        return [.. new Receipt(Settings).Of(Sale, outcome, ReceiptKind.Merchant, terms).Select(l => l.Text)];
    }

    static void Check(Outcome outcome, ReceiptKind kind, string expected, Language language, int width = 24)
    {
        var terms = new ReplyTerms(new Registration(0x82) { PrinterWidth = width }, language);
        Check(new Receipt(Settings).Of(Sale, outcome, kind, terms), expected, width);
    }

    internal static void Check(IReadOnlyList<PrintLine> lines, string expected, int width)
    {
        Assert.All(lines, line => Assert.InRange(line.Text.Length, 0, width));
        var printed = string.Join('\n', lines.Select(l => (l.Attribute & PrintLine.Centred) == 0 ? l.Text
            : new string(' ', (width - l.Text.Length) / 2) + l.Text));
        Assert.True(expected.ReplaceLineEndings("\n").TrimEnd() == printed.TrimEnd(), "\n" + printed);
    }
}
