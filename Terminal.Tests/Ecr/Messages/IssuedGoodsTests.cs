using Terminal.Ecr.Messages;

namespace Terminal.Tests.Ecr.Messages;

/// <summary>84 9D decides what stays sold, so it is believed only if it is right to its last byte.</summary>
public sealed class IssuedGoodsTests
{
    [Theory]
    [InlineData("04000000000100", 100L)]
    [InlineData("04000000000000", 0L)]
    [InlineData("04999999999999", 999_999_999_999L)]
    [InlineData("04000000000100 490978", 100L)]
    [InlineData("04000000000100 06 06 1F73 03 000007", 100L)]
    public void An_amount_that_is_right_to_its_last_byte_counts(string data, long minor) =>
        Assert.Equal(minor, IssuedGoods.Read(Bytes(data)));

    [Theory]
    [InlineData("")]
    [InlineData("04")]
    [InlineData("0400000000010")]
    [InlineData("040000000001 00 00")] // a field behind it that is none
    [InlineData("04000000000A00")]
    [InlineData("0400000000010F")]
    [InlineData("F4000000000100")]
    [InlineData("04000000000100 04000000000100")]
    [InlineData("04000000000100 04000000000200")]
    [InlineData("04000000000100 FF")]
    [InlineData("04000000000100 490840")]
    [InlineData("04000000000100 06 05 1F73 03 0000")]
    [InlineData("490978")]
    public void Anything_else_is_no_amount(string data) => Assert.Null(IssuedGoods.Read(Bytes(data)));

    [Fact]
    public void No_bytes_at_all_stop_the_reader()
    {
        var random = new Random(84_9);
        for (var n = 0; n < 20_000; n++)
        {
            var data = new byte[random.Next(20)];
            random.NextBytes(data);
            data = n % 2 == 0 || data.Length == 0 ? data : [0x04, .. data[1..]];
            Assert.True(IssuedGoods.Read(data) is null or (>= 0 and <= 999_999_999_999));
        }
    }

    [Fact]
    public void A_part_reaches_the_desk_and_the_receipts_name_it() => Transcript.Check("""
        till 0600 0E 000000 82 0978 06 06 2604 0A02 06D3
            8000 00
            060F 6A 19002900000001490978065E264C0A0206000A0206020A0206010A0206200A0206300A0206310A02
              06500A0206100A0206B00A0205010A0206700A0206930A0206790A0206180A0208300A0208400A02
              06D10A0206D30A0204FF1F710D1541E31F041F1F1F2D1F2E1F2F
        till 8000 00
        till 0601 0D 04000000001234 06 04 1F040180
            8000 00
            < instructed EUR 12.34, own scanner
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 849D 07 04000000000500
            < answered InPart 500
        desk completes 500
            06D3 FF5301 0682014F1F070102258201470901400710435553544F4D4552205245434549505409010007000901
              40070B53414C4520414C4950415909010007185465726D696E616C20202020202020203030303030
              30303107185265636569707420202020202020202020202020303034320718547261636520202020
              2020202020202020203030343731310718323032362D30312D303220202020202030333A30343A30
              3507184F72646572656420202020202020204555522031322E33340718416D6F756E742020202020
              202020202045555220352E30300718526573756C7420202020202020202020202020202020303007
              000901500704504149440901000705506169642E07145049443A3230323630313032303030303030
              3031071650617274206F66204555522031322E33342C20746865070F7265737420676F6573206261
              636B2E070B5245463A5041594D454E54090181
        till 8000 00
            060F 00
        """);

    [Fact]
    public void To_06_20_the_part_is_the_amount() => Transcript.Check("""
        till 0620 03 123456
            8000 00
            < RepeatAsked
        desk approves-a-part
            040F result 00, 5.00, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 Part of EUR 12.34, the rest goes back. REF:PAYMENT", turnover
              4711, card "ALIPAY\0"
        """);

    [Theory]
    [InlineData("849D 00")]
    [InlineData("849D 07 0400000000050A")]
    [InlineData("849D 0E 04000000000500 04000000000500")]
    public void Without_a_readable_amount_it_is_a_refusal(string answer) => Transcript.Check($"""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till {answer}
            < answered Refused
        desk closes Withdrawn
            061E 01 6C
        till 8000 00
            < closed True
        """);

    static byte[] Bytes(string hex) =>
        Hex.Bytes(hex.Replace(" ", "") is var packed && packed.Length % 2 == 1 ? packed[..^1] : packed);
}
