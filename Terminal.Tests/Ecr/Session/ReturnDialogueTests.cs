namespace Terminal.Tests.Ecr.Session;

/// <summary>06 30, 06 31, 06 50 and 06 10, byte by byte; see <see cref="Transcript"/> for how to read them.</summary>
public sealed class ReturnDialogueTests
{
    [Fact]
    public void A_reversal() => Transcript.Check("""
        till 0630 06 123456 87 0042
            8000 00
            < Reversal of 0042 []
        till 8000 00
        desk reverses
            040F 6C 2700 04000000001234 0B004712 37004711 0C030405 0D0102 1960 2900000001 870043 8A61
              3CF0F5F45265636569707420303034323A204555522031322E33342072657665727365642E205049
              443A32303236303130323030303030303031 88004712 8BF0F7414C4950415900
        till 8000 00
            < answered Acknowledged
        desk completes-the-return
            060F 00
        till 8000 00
            < closed True
        """);

    [Fact]
    public void A_reversal_may_name_the_amount_and_the_currency() => Transcript.Check("""
        till 0630 10 123456 87 0042 04 000000001234 49 0978
            8000 00
            < Reversal of 0042 [EUR 12.34]
        """);

    [Fact]
    public void A_reversal_that_is_refused_or_not_confirmed() => Transcript.Check("""
        till 0630 06 123456 87 0042
            8000 00
            < Reversal of 0042 []
        desk cannot-reverse
            040F 78 27B5 04000000001234 0B004712 37004711 0C030405 0D0102 1960 2900000001 870043 8A61
              3CF0F6F65265636569707420303034323A206E6F742072657665727365642C20746865207061796D
              656E74206E6574776F726B20726566757365732E205B544F4F5F4F4C445D 88004712 8BF0F7414C4950415900
        till 8000 00
            < answered Acknowledged
        desk closes-the-return
            061E 01 B5
        till 8000 00
            < closed True
        till 0620 03 123456
            8000 00
            < RepeatAsked
        desk has-not-reversed-yet
            040F A6 27FF 04000000001234 0B004712 37004711 0C030405 0D0102 1960 2900000001 870043 8A61
              3CF1F1F25265636569707420303034323A206E6F7420636F6E6669726D6564207965742C20676F65
              73206F6E20627920697473656C662E20446F206E6F74206F7264657220697420616761696E3B2072
              657065617420746865207265636569707420746F207365652074686520726573756C742E 88004712
              8BF0F7414C4950415900
        """);

    [Fact]
    public void A_reversal_without_a_receipt_number_or_of_nothing_is_refused() => Transcript.Check("""
        till 0630 03 123456
            849A 00
        till 0630 02 1234
            849A 00
        till 0630 06 123456 87 0000
            849A 00
        till 0630 06 123456 87 004A
            849A 00
        till 0630 0D 123456 87 0042 04 000000000000
            849A 00
        till 0630 09 123456 87 0042 49 0840
            846F 00
        """);

    /// <summary>The answer to a receipt line is none to 04 0F.</summary>
    [Fact]
    public void A_reversal_that_nobody_acknowledged_is_completed_once() => Transcript.Check("""
        till 0600 06 000000 82 0978
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        till 0630 06 123456 87 0042
            8000 00
            < Reversal of 0042 []
        desk reverses
            040F 6C 2700 04000000001234 0B004712 37004711 0C030405 0D0102 1960 2900000001 870043 8A61
              3CF0F5F45265636569707420303034323A204555522031322E33342072657665727365642E205049
              443A32303236303130323030303030303031 88004712 8BF0F7414C4950415900
        wait 5
            < answered Silent
        desk completes-the-return
            06D1 11 404D45524348414E542052454345495054
        till 8000 00
        till 8400 00
            06D1 01 00
        till 84CC 00
            060F 00
        till 8000 00
            < closed True
        """);

    [Fact]
    public void A_refund_by_receipt_number() => Transcript.Check("""
        till 0631 0D 123456 87 0042 04 000000000500
            8000 00
            < Refund of 0042 [EUR 5.00]
        """);

    [Fact]
    public void A_refund_by_reference_in_the_text_or_in_a_tag() => Transcript.Check("""
        till 0631 2C 123456 04 000000000500 3C F0F3F0 5245463A4142434445464748494A4B4C4D4E4F505152535455565758595A
            8000 00
            < Refund of ABCDEFGHIJKLMNOPQRSTUVWXYZ [EUR 5.00]
        """);

    [Fact]
    public void A_refund_by_reference_in_a_tag() => Transcript.Check("""
        till 0631 2A 123456 04 000000000500 06 1E 1F8010 1A 4142434445464748494A4B4C4D4E4F505152535455565758595A
            8000 00
            < Refund of ABCDEFGHIJKLMNOPQRSTUVWXYZ [EUR 5.00]
        """);

    [Fact]
    public void A_refund_that_names_nothing_is_left_to_the_desk_to_refuse() => Transcript.Check("""
        till 0631 0A 123456 04 000000000150
            8000 00
            < Refund of  [EUR 1.50]
        desk refuses ReceiptUnknown
            040F 41 27B5 2900000001
              3CF0F5F44E6F207061796D656E7420666F756E642E2053656E64206974732072656365697074206E
              756D6265722C206F7220697473205245463A
        till 8000 00
            061E 01 B5
        till 8000 00
        """);

    [Fact]
    public void A_refund_without_an_amount_or_with_two_references_is_refused() => Transcript.Check("""
        till 0631 06 123456 87 0042
            849A 00
        till 0631 2F 123456 870042 04000000000500 3C F0F3F0 5245463A4142434445464748494A4B4C4D4E4F505152535455565758595A
            849A 00
        """);

    [Fact]
    public void An_end_of_day() => Transcript.Check("""
        till 0650 03 123456
            8000 00
            < CloseInstructed
        desk closes-the-period
            040F F3 2700 04000000017750
              60F0F5F3003000430000000000000000000000000000000000000000000000000000000000000000
              0000000000000000000013000000017750 0B004713 0C030405 0D0102 2900000001
              3CF1F5F7506572696F6420636C6F7365642E2053616C6573203137203230302E30302C2072657665
              7273616C7320312032302E30302C20726566756E6473203120322E35302C20746F74616C20455552
              203137372E35302E2047617465776179203139322E35302C2068656164206F666669636520313637
              2E3530203135382F3136302E20556E7265736F6C76656420322031352E30302C20676F6573206F6E 2E
        till 8000 00
            < answered Acknowledged
        desk completes-the-closing
            060F 00
        till 8000 00
            < closed True
        """);

    [Fact]
    public void An_end_of_day_whose_result_nobody_acknowledged_ends_without_success() => Transcript.Check("""
        till 0650 03 123456
            8000 00
            < CloseInstructed
        desk closes-the-period
            040F F3 2700 04000000017750
              60F0F5F3003000430000000000000000000000000000000000000000000000000000000000000000
              0000000000000000000013000000017750 0B004713 0C030405 0D0102 2900000001
              3CF1F5F7506572696F6420636C6F7365642E2053616C6573203137203230302E30302C2072657665
              7273616C7320312032302E30302C20726566756E6473203120322E35302C20746F74616C20455552
              203137372E35302E2047617465776179203139322E35302C2068656164206F666669636520313637
              2E3530203135382F3136302E20556E7265736F6C76656420322031352E30302C20676F6573206F6E 2E
        wait 5
            < answered Silent
        desk closes-what-stands closes-the-period
            061E 01 6C
        till 8000 00
        till 0650 03 123456
            < closed False
            8000 00
            < CloseInstructed
        """);

    /// <summary>1F07 03, COPY after 06 20 only.</summary>
    [Theory]
    [InlineData("84", "till 0650 03 123456", "03 End")]
    [InlineData("84", "till 0620 05 123456 0300", "03 Copy End")]
    [InlineData("84", "till 0620 05 123456 0302", "")]
    [InlineData("82", "till 0650 03 123456", "")]
    public void An_end_of_day_is_printed_as_an_administration_receipt(string config, string order, string expected)
    {
        var played = Transcript.Play($"""
            till 0600 10 123456 {config} 0978 0301 06 06 26 04 0A 02 06D3
            till 8000 00
            {order}
            desk closes-the-period
            till 8000 00
            desk completes-the-closing
            till 8000 00
            """).Replace(" ", "").Replace("\n", "");
        var prints = played.Split("06D3")[2..];
        Assert.DoesNotContain(prints, p => p.Contains(Hex.Of("RECEIPT"u8)));
        var words = prints.Where(p => p.Contains("1F070103")).SelectMany(p => (string[])
        [
            "03", .. p.Contains(Hex.Of("COPY"u8)) ? ["Copy"] : Array.Empty<string>(),
            .. p.Contains(Hex.Of("END-OF-DAY"u8)) ? ["End"] : Array.Empty<string>(),
        ]);
        Assert.Equal(expected, string.Join(' ', words));
    }

    /// <summary>06 50 of a period in which nothing happened: its zeros, and 06 0F.</summary>
    [Fact]
    public void An_end_of_day_with_nothing_to_close()
    {
        var played = Transcript.Play("""
            till 0650 03 123456
            desk reports-what-was-closed-before
            till 8000 00
            till 8000 00
            till 0650 03 123456
            """).Replace(" ", "").Replace("\n", "");

        Assert.Contains("040F", played);
        Assert.Contains(Hex.Of("Closed before. Sales 17 200.00"u8), played);
        Assert.Contains("060F00", played);
        Assert.Equal(3, played.Split("<CloseInstructed").Length);
    }

    [Fact]
    public void Totals() => Transcript.Check("""
        till 0610 03 123456
            8000 00
            < TotalsAsked
        desk reports
            040F EF 2700 04000000017750
              60F0F5F3003000430000000000000000000000000000000000000000000000000000000000000000
              0000000000000000000013000000017750 0C030405 0D0102 2900000001
              3CF1F5F7546F74616C7320736F206661722E2053616C6573203137203230302E30302C2072657665
              7273616C7320312032302E30302C20726566756E6473203120322E35302C20746F74616C20455552
              203137372E35302E2047617465776179203139322E35302C2068656164206F666669636520313637
              2E3530203135382F3136302E20556E7265736F6C76656420322031352E30302C20676F6573206F6E 2E
        till 8000 00
            060F 00
        till 8000 00
        till 0610 03 123456
            8000 00
            < TotalsAsked
        """);
}
