using System.Text.Json;
using Sandbox.Scanner;
using Terminal.Device;
using Terminal.Ecr;
using Terminal.Ecr.Commands;
using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Scanner;

namespace Terminal.Tests.Ecr.Commands;

/// <summary>A 06 01 moves money only if it was read to its last byte.</summary>
public sealed class PaymentRequestTests
{
    const string Amount = "04000000001234 ";
    const string Barcode = "06041F2D0102";

    [Theory]
    [InlineData(Amount, null)]
    [InlineData(Amount + "490978", null)]
    [InlineData(Amount + "1940 3CF0F0F141 0205 011E", null)]
    [InlineData(Amount + "22F0F9281234567890123456" + Barcode, "281234567890123456")]
    [InlineData(Amount + "22F1F06212345678901234567F" + Barcode, "6212345678901234567")]
    [InlineData(Amount + "22F0F9281234567890123456", "281234567890123456")]
    [InlineData(Amount + "22F0F9134567890123456789", "134567890123456789")]
    [InlineData(Amount + "22F1F062123456789012345678", "62123456789012345678")]
    [InlineData(Amount + "2DF0F3685156" + Barcode, "hQV")]
    [InlineData(Amount + "22F0F9281234567890123456 06091F800601FF1F2D0102", "281234567890123456")]
    [InlineData(Amount + "060D E30B 1F2E010A 1F2F04 68515644", "hQVD")]
    [InlineData(Amount + "3CF0F0F7 51523A68515644", null)]
    public void A_good_request_is_read(string data, string? code)
    {
        var (request, _) = Read(data);
        Assert.NotNull(request);
        Assert.Equal((1234, Currency.Eur, false), (request.Amount.Minor, request.Amount.Currency, request.IsCard));
        Assert.Equal(code, request.Code?.Text());
    }

    [Theory]
    [InlineData("", 0x9A)]
    [InlineData("490978", 0x9A)]
    [InlineData("04000000000000", 0x9A)]
    [InlineData("0400000000123A", 0x9A)]
    [InlineData("040000000012", 0x9A)]
    [InlineData(Amount + Amount, 0x9A)]
    [InlineData(Amount + "490978490978", 0x9A)]
    [InlineData(Amount + "490840", 0x6F)]
    [InlineData(Amount + "49", 0x9A)]
    [InlineData(Amount + "22F0F0", 0x9A)]
    [InlineData(Amount + "22F0F9281234", 0x9A)]
    [InlineData(Amount + "22F0FA281234567890123456", 0x9A)]
    [InlineData(Amount + "22F0F9281234567890EE3456" + Barcode, 0x9A)]
    [InlineData(Amount + "22F0F928123456789012F456" + Barcode, 0x9A)]
    [InlineData(Amount + "22F0F9281234567890123456 2DF0F141" + Barcode, 0x9A)]
    [InlineData(Amount + "22F0F9281234567890123456 22F0F9281234567890123456" + Barcode, 0x9A)]
    [InlineData(Amount + "22F0F9281234567890123456 06081F2D01021F2D0102", 0x9A)]
    [InlineData(Amount + "22F0F9281234567890123456 06051F2D020200", 0x9A)]
    [InlineData(Amount + "22F0F9281234567890123456 06041F2D0202", 0x9A)]
    [InlineData(Amount + "22F0F9281234567890123456 0680", 0x9A)]
    [InlineData(Amount + "2DF0F10A" + Barcode, 0x9A)]
    [InlineData(Amount + "2DF0F0" + Barcode, 0x9A)]
    [InlineData(Amount + Barcode, 0x9A)]
    [InlineData(Amount + "22F0F9281234567890123456 060D E30B 1F2E010A 1F2F04 68515644", 0x9A)]
    [InlineData(Amount + "0609 E307 1F2F04 68515644", 0x9A)]
    [InlineData(Amount + "0609 E307 1F2E010A 1F2F00", 0x9A)]
    [InlineData(Amount + "060D E30B 1F2E010A 1F2F04 6851560A", 0x9A)]
    [InlineData(Amount + "0605 E303 1F2E01", 0x9A)]
    [InlineData(Amount + "FE00", 0x83)]
    [InlineData(Amount + "00", 0x83)]
    public void A_bad_request_is_refused(string data, byte code)
    {
        var (request, refused) = Read(data);
        Assert.Null(request);
        Assert.Equal(code, refused);
    }

    [Theory]
    [InlineData(Amount + "22F0F84111111111111111")]
    [InlineData(Amount + "22F0F84111111111111111" + Barcode)]
    [InlineData(Amount + "22F0F82720123456789010")]
    [InlineData(Amount + "22F1F06228480012345678903F")]
    [InlineData(Amount + "22F0F9281234567890123456 0E2512")]
    [InlineData(Amount + "22F0F9281234567890123456 0E2512" + Barcode)]
    [InlineData(Amount + "2DF1F634313131313131313131313131313131" + Barcode)]
    [InlineData(Amount + "0619 E317 1F2E010A 1F2F10 34313131313131313131313131313131")]
    [InlineData(Amount + "22F0F9281234567890123456 06041F2D0100")]
    [InlineData(Amount + "22F0F15F")]
    [InlineData(Amount + "23F0F3411111")]
    [InlineData(Amount + "24F0F0F3411111")]
    [InlineData(Amount + "2DF0F3685156")]
    public void A_card_is_known_as_one_and_not_kept(string data)
    {
        var (request, _) = Read(data);
        Assert.True(request!.IsCard);
        Assert.Null(request.Code);
    }

    [Theory]
    [InlineData("3CF0F0F7 51523A68515644", "hQVD")]
    [InlineData("3CF0F0F7 54433A68515644", null)]
    public void A_code_in_the_text_is_taken_where_the_settings_say_so(string field, string? code) =>
        Assert.Equal(code, Read(Amount + field, new() { CodeInText = true }).Request!.Code?.Text());

    [Fact]
    public void A_code_in_the_text_beside_another_is_no_request() =>
        Assert.Null(Read(Amount + "22F0F9281234567890123456 3CF0F0F4 51523A31", new() { CodeInText = true }).Request);

    [Theory]
    [InlineData("22F0F9281234567890123456 8A61", false)]
    [InlineData("22F0F9281234567890123456 8A6B", false)]
    [InlineData("22F0F9281234567890123456 8A05", false)]
    [InlineData("22F0F9281234567890123456 8AC6", true)]
    [InlineData("22F0F9134567890123456789 8A61", true)]
    [InlineData("22F0F9134567890123456789 8AFF 0604 4102 0105", false)]
    [InlineData("22F0F9281234567890123456 8AFF 0604 4102 0105", true)]
    [InlineData("2DF0F3685156 8A61" + Barcode, false)]
    public void A_code_of_another_wallet_than_the_one_named_is_known(string fields, bool isContradictory) =>
        Assert.Equal(isContradictory, Read(Amount + fields).Request!.IsContradictory);

    [Fact]
    public void A_card_and_an_amount_over_the_limit_are_orders_too_and_06_20_tells_of_them() => Transcript.Check("""
        till 0601 12 04000000001234 22F0F84111111111111111
            8000 00
            < instructed EUR 12.34, own scanner, objection Card
        desk rejects Card
            040F result C5, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "No cards: ask for a payment code.", turnover 4711, card "ALIPAY\0"
        till 8000 00
            < answered Acknowledged
        desk closes Card
            061E 01 C5
        till 8000 00
            < closed True
        till 0601 07 04000001000001
            8000 00
            < instructed EUR 10000.01, own scanner, objection AmountOutOfRange
        desk rejects AmountOutOfRange
            040F result C3, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Amount too high for this terminal.", turnover 4711, card "ALIPAY\0"
        """);

    [Fact]
    public void No_cut_of_a_good_request_is_taken_for_another_amount_or_code()
    {
        var whole = Hex.Bytes(Amount + "490978 22F0F9281234567890123456 8A61 06041F2D0102");
        for (var length = 0; length < whole.Length; length++)
        {
            var (request, _) = Read(Hex.Of(whole.AsSpan(0, length)));
            Assert.True(request is null || request.Amount.Minor == 1234);
            Assert.True(request?.Code is null || request.Code.Text() == "281234567890123456");
        }
    }

    [Fact]
    public void A_wallet_of_the_settings_is_a_wallet_to_the_till_too()
    {
        const string Wallets = """{ "bluecode": { "digits": "20", "prefixes": "988" } }""";
        var section = new SettingsSection(JsonDocument.Parse(Wallets).RootElement, "wallets", "/");
        var settings = new EcrSettings { Codes = CodeTable.From(section) };

        Assert.False(Read(Amount + "22F1F098812345678901234567", settings).Request!.IsCard);
        Assert.True(Read(Amount + "22F1F098812345678901234567").Request!.IsCard);
        Assert.True(Read(Amount + "22F1F098812345678901234567 8A61", settings).Request!.IsContradictory);
    }

    static (PaymentRequest? Request, byte Refused) Read(string data, EcrSettings? settings = null) =>
        PaymentRequest.Parse(new(
            Hex.Bytes(data), new(settings ?? new(), Registration.None), false,
            raw => new(raw.ToArray(), "fingerprint", default)));
}
