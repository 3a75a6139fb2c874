using System.Text;
using System.Text.Json;
using Sandbox.Scanner;
using Terminal.Device;
using Terminal.Payments;
using Terminal.Scanner;

namespace Terminal.Tests.Scanner;

public sealed class CodeTableTests
{
    const string Cpm = "hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8=";

    static readonly CodeSeal Seal = new(new byte[32]);

    [Theory]
    [InlineData("2512345678901234", "alipay", 97)]
    [InlineData("281234567890123456", "alipay", 97)]
    [InlineData("301234567890123456789012", "alipay", 97)]
    [InlineData("101234567890123456", "wechat", 261)]
    [InlineData("151234567890123456", "wechat", 261)]
    [InlineData("160123456789012345", "wechat", 261)]
    [InlineData("6212345678901234567", "unionpay", 198)]
    [InlineData("62123456789012345678", "unionpay", 198)]
    public void A_code_is_known_by_its_first_digits_and_its_length(string code, string wallet, int cardType) =>
        Assert.Equal(new CodeKind(wallet, cardType), CodeTable.Default.Classify(code));

    [Theory]
    [InlineData("")]
    [InlineData("251234567890123")]
    [InlineData("3012345678901234567890123")]
    [InlineData("24123456789012345")]
    [InlineData("31123456789012345")]
    [InlineData("161234567890123456")]
    [InlineData("10123456789012345")]
    [InlineData("1512345678901234567")]
    [InlineData("621234567890123456")]
    [InlineData("28123456789012345x")]
    [InlineData("28123456789012345\u0663")]
    [InlineData("4006381333931")]
    [InlineData("https://example.org/menu")]
    public void Anything_else_is_no_payment_code(string code) =>
        Assert.Equal(CodeKind.Other, CodeTable.Default.Classify(code));

    [Fact]
    public void An_emv_code_is_known_by_its_contents()
    {
        Assert.Equal(CodeKind.EmvCpm, CodeTable.Default.Classify(Cpm));
        Assert.Equal("A0000000555555", EmvCpm.Aid(Codes.Bytes(Cpm)));
    }

    [Fact]
    public void An_emv_code_cut_anywhere_is_none()
    {
        var bytes = Convert.FromBase64String(Cpm);
        Assert.All(
            Enumerable.Range(0, bytes.Length),
            n => Assert.Null(EmvCpm.Aid(Codes.Bytes(Convert.ToBase64String(bytes[..n])))));
    }

    [Theory]
    [InlineData("850543505630316103500141")] // no application id
    [InlineData("850543505630326109" + "4F07A0000006022020")] // another version
    [InlineData("85054350563031" + "6280")] // indefinite length
    [InlineData("85054350563031" + "6184FFFFFFFF")] // a length of four bytes
    [InlineData("85054350563031" + "6182FFFF4F07A0000006022020")]
    [InlineData("85054350563031" + "61034F0100")] // an application id too short
    public void An_emv_code_with_wrong_fields_is_none(string hex) =>
        Assert.Null(EmvCpm.Aid(Codes.Bytes(Convert.ToBase64String(Convert.FromHexString(hex)))));

    [Fact]
    public void An_emv_code_of_more_than_512_bytes_is_none()
    {
        Assert.NotNull(EmvCpm.Aid(Codes.Bytes(Padded(512))));
        Assert.Null(EmvCpm.Aid(Codes.Bytes(Padded(514))));

        static string Padded(int size)
        {
            var start = Convert.FromHexString("85054350563031" + "61094F07A0000006022020" + "6282");
            byte[] bytes = [.. start, (byte)((size - 22) >> 8), (byte)((size - 22) & 0xFF), .. new byte[size - 22]];
            return Convert.ToBase64String(bytes);
        }
    }

    [Fact]
    public void A_shown_wallet_code_keeps_two_digits_at_each_end()
    {
        var code = Seal.Seal("281234567890123456", default);
        Assert.Equal("18:28**************56", code.ToString());
    }

    [Fact]
    public void A_shown_emv_code_has_no_digit_of_the_card()
    {
        var code = Seal.Seal(Cpm, default);
        Assert.Equal("48*", code.ToString());
    }

    [Fact]
    public void Settings_add_a_wallet_and_replace_a_rule()
    {
        var table = Read("""
            { "bluecode": { "digits": "20", "prefixes": "988" }, "wechat": { "digits": "18", "prefixes": "13" } }
            """);
        Assert.Equal(CodeKind.BlueCode, table.Classify("98812345678901234567"));
        Assert.Equal(CodeKind.WeChat, table.Classify("131234567890123456"));
        Assert.Equal(CodeKind.Other, table.Classify("101234567890123456"));
        Assert.Equal(CodeKind.Alipay, table.Classify("281234567890123456"));
    }

    [Fact]
    public void Settings_come_before_the_built_in_rules()
    {
        var table = Read("""{ "gcash": { "digits": "19", "prefixes": "2810-2819", "cardType": 107 } }""");
        Assert.Equal(new CodeKind("gcash", 107), table.Classify("2815123456789012345"));
        Assert.Equal(CodeKind.Alipay, table.Classify("2820123456789012345"));
    }

    [Theory]
    [InlineData("", "62")]
    [InlineData("18", "")]
    [InlineData("7", "62")]
    [InlineData("65", "62")]
    [InlineData("20-18", "62")]
    [InlineData("8-016", "62")]
    [InlineData("18", "6x")]
    [InlineData("18", "10-9")]
    [InlineData("18", "15-10")]
    [InlineData("18", "10-12-14")]
    [InlineData("18", "10,,12")]
    [InlineData("18", "123456789")]
    public void A_rule_that_makes_no_sense_names_its_wallet(string digits, string prefixes)
    {
        var settings = $$"""{ "x": { "digits": "{{digits}}", "prefixes": "{{prefixes}}" } }""";
        Assert.StartsWith("wallets.x", Assert.Throws<SettingsException>(() => Read(settings)).Key);
    }

    [Fact]
    public void More_than_32_wallets_are_refused()
    {
        var wallets = Enumerable.Range(0, 33).Select(n => $$""" "w{{n}}": { "digits": "18", "prefixes": "1" } """);
        Assert.Throws<SettingsException>(() => Read($"{{{string.Join(',', wallets)}}}"));
    }

    [Fact]
    public void No_text_makes_the_table_throw()
    {
        var random = new Random(20261);
        var valid = Convert.FromBase64String(Cpm);
        var recognised = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var text = (i % 3) switch
            {
                0 => Convert.ToBase64String(Mutated(valid, random)),
                1 => Encoding.Latin1.GetString(Noise(random, 64)),
                _ => "hQVDUFYwM" + Convert.ToBase64String(Noise(random, 900)),
            };
            var code = Seal.Seal(text, default);
            recognised += CodeTable.Default.Classify(text) == CodeKind.EmvCpm ? 1 : 0;
            Assert.InRange($"{code}".Length, 1, 40);
        }
        Assert.InRange(recognised, 1, 99_999);
    }

    [Theory]
    [InlineData("281234567890123456", false)]
    [InlineData("134567890123456789", false)]
    [InlineData("62284800123456789036", false)] // no card has 20 digits
    [InlineData("98812345678901234567", false)]
    [InlineData("4006381333931", true)] // no wallet's
    [InlineData("6212345678901234567", true)]
    [InlineData("6228480012345678903", true)]
    [InlineData("2720123456789010", true)]
    [InlineData("2720123456789011", true)] // keyed wrong: still a card's
    [InlineData("2721123456789010", false)]
    [InlineData("300123456789012345", true)]
    [InlineData("306123456789012345", false)]
    [InlineData("7712345678901234", true)] // of a wallet in the settings, but fuel cards have such numbers
    [InlineData("13712345678901234567", true)] // of a wallet that needs the flag
    public void Without_the_tills_word_only_what_no_card_has_is_a_code(string digits, bool isCard)
    {
        var table = Read("""
            { "bluecode": { "digits": "20", "prefixes": "988" }, "fuel": { "digits": "16", "prefixes": "77" },
              "shy": { "digits": "20", "prefixes": "137", "needsFlag": true } }
            """);
        Assert.Equal(isCard, table.IsCard(digits, isFromBarcode: false));
    }

    [Theory]
    [InlineData("2720123456789010", false)] // Alipay has it, too
    [InlineData("6228480012345678903", false)] // so has UnionPay
    [InlineData("98812345678901234567", false)] // a wallet that only the gateway knows
    [InlineData("4006381333930", false)] // a product, by its check digit
    [InlineData("4111111111111111", true)]
    [InlineData("4111111111111112", false)]
    [InlineData("B4111111111111111^DOE/JANE^27121010000", true)]
    [InlineData(";4111111111111111=27121010000", true)]
    [InlineData(Cpm, false)]
    public void A_bar_code_is_a_cards_if_no_wallet_has_it_and_its_check_digit_is_right(string text, bool isCard) =>
        Assert.Equal(isCard, CodeTable.Default.IsCard(text, isFromBarcode: true));

    [Theory]
    [InlineData("98812345678901234567", true)]
    [InlineData("77123456789012345678", false)]
    [InlineData("281234567890123456", false)]
    [InlineData("4006381333931", false)]
    public void A_wallet_that_returns_no_part_says_so_in_the_settings_and_its_codes_carry_it(string text, bool isWhole)
    {
        var table = Read("""
            { "bluecode": { "digits": "20", "prefixes": "988", "partialRefund": false },
              "house": { "digits": "20", "prefixes": "77", "partialRefund": true } }
            """);
        Assert.Equal(isWhole, new CodeSeal(new byte[32]) { Codes = table }.Seal(text, default).IsIndivisible);
        Assert.False(Seal.Seal(text, default).IsIndivisible);
    }

    static byte[] Mutated(byte[] bytes, Random random)
    {
        var changed = bytes[..random.Next(bytes.Length + 1)];
        for (var n = random.Next(4); n > 0 && changed.Length > 0; n--)
        {
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
        }
        return changed;
    }

    static byte[] Noise(Random random, int most)
    {
        var bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return bytes;
    }

    static CodeTable Read(string json) =>
        CodeTable.From(new SettingsSection(JsonDocument.Parse(json).RootElement, "wallets", "/"));
}
