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
            040F result 00, 12.34, trace 4712, returns trace 4711, 03:04:05, 01-02, type 60, terminal 1,
              receipt 0043, card 61, "Receipt 0042: EUR 12.34 reversed. PID:2026010200000001", turnover
              4712, card "ALIPAY\0"
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
            040F result B5, 12.34, trace 4712, returns trace 4711, 03:04:05, 01-02, type 60, terminal 1,
              receipt 0043, card 61, "Receipt 0042: not reversed, the payment network refuses. [TOO_OLD]",
              turnover 4712, card "ALIPAY\0"
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
            040F result FF, 12.34, trace 4712, returns trace 4711, 03:04:05, 01-02, type 60, terminal 1,
              receipt 0043, card 61, "Receipt 0042: not confirmed yet, goes on by itself. Do not order it
              again; repeat the receipt to see the result.", turnover 4712, card "ALIPAY\0"
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
            040F result 00, 12.34, trace 4712, returns trace 4711, 03:04:05, 01-02, type 60, terminal 1,
              receipt 0043, card 61, "Receipt 0042: EUR 12.34 reversed. PID:2026010200000001", turnover
              4712, card "ALIPAY\0"
        wait 5
            < answered Silent
        desk completes-the-return
            06D1 40 "MERCHANT RECEIPT"
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
            040F result B5, terminal 1, "No payment found. Send its receipt number, or its REF:"
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
            040F result 00, 177.50, receipts 0030 to 0043: 0 of 0.00 + 0 of 0.00 + 0 of 0.00 + 0 of 0.00 + 0
              of 0.00 + 0 of 0.00 + 19 of 177.50, trace 4713, 03:04:05, 01-02, terminal 1, "Period closed.
              Sales 17 200.00, reversals 1 20.00, refunds 1 2.50, total EUR 177.50. Gateway 192.50, head
              office 167.50 158/160. Unresolved 2 15.00, goes on."
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
            040F result 00, 177.50, receipts 0030 to 0043: 0 of 0.00 + 0 of 0.00 + 0 of 0.00 + 0 of 0.00 + 0
              of 0.00 + 0 of 0.00 + 19 of 177.50, trace 4713, 03:04:05, 01-02, terminal 1, "Period closed.
              Sales 17 200.00, reversals 1 20.00, refunds 1 2.50, total EUR 177.50. Gateway 192.50, head
              office 167.50 158/160. Unresolved 2 15.00, goes on."
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
        Assert.Contains("Closedbefore.Sales17200.00", played);
        Assert.Contains("060F00", played);
        Assert.Equal(3, played.Split("<CloseInstructed").Length);
    }

    [Fact]
    public void Totals() => Transcript.Check("""
        till 0610 03 123456
            8000 00
            < TotalsAsked
        desk reports
            040F result 00, 177.50, receipts 0030 to 0043: 0 of 0.00 + 0 of 0.00 + 0 of 0.00 + 0 of 0.00 + 0
              of 0.00 + 0 of 0.00 + 19 of 177.50, 03:04:05, 01-02, terminal 1, "Totals so far. Sales 17
              200.00, reversals 1 20.00, refunds 1 2.50, total EUR 177.50. Gateway 192.50, head office
              167.50 158/160. Unresolved 2 15.00, goes on."
        till 8000 00
            060F 00
        till 8000 00
        till 0610 03 123456
            8000 00
            < TotalsAsked
        """);
}
