namespace Terminal.Tests.Ecr.Session;

/// <summary>
/// A till that is gone, or that began anew, in the middle of its own order; see <see cref="Transcript"/> for how to
/// read them.
/// </summary>
public sealed class GoneTillTests
{
    [Fact]
    public void An_order_that_waits_for_its_code_ends_with_its_line() => Transcript.Check("""
        till 0601 07 04000000005000
            8000 00
            < instructed EUR 50.00, own scanner
        unplug
            < TillGone
        desk rejects TillGone
            < answered LineDown
        plug
            < LinkReady
        till 0601 07 04000000000500
            8000 00
            < instructed EUR 5.00, own scanner
        """);

    [Fact]
    public void One_whose_04_FF_nobody_acknowledges_ends_too() => Transcript.Check("""
        till 0600 06 000000 BE 0978
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        till 0601 07 04000000005000
            8000 00
            < instructed EUR 50.00, own scanner
        deaf
        desk shows AwaitingCode
            04FF 02 0E03
        wait 5 s
            04FF 02 0E03
        wait 5 s
            04FF 02 0E03
        wait 5 s
            < TillGone
            04FF 02 0E03
        """);

    [Fact]
    public void A_04_FF_that_shall_prove_the_till_is_told_when_it_is_acknowledged() => Transcript.Check("""
        till 0600 06 000000 BE 0978
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        till 0601 07 04000000005000
            8000 00
            < instructed EUR 50.00, own scanner
        desk asks-for-proof
            04FF 02 0E03
            < TillThere
        till 8000 00
            < TillThere
        """);

    [Fact]
    public void A_till_that_does_not_acknowledge_it_proves_nothing() => Transcript.Check("""
        till 0600 06 000000 BE 0978
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        till 0601 07 04000000005000
            8000 00
            < instructed EUR 50.00, own scanner
        deaf
        desk asks-for-proof
            04FF 02 0E03
        wait 1 s
        desk rejects TillGone
        """);

    [Fact]
    public void A_registration_while_a_code_is_awaited_ends_the_order() => Transcript.Check("""
        till 0601 07 04000000005000
            8000 00
            < instructed EUR 50.00, own scanner
        till 0600 06 123456 8E 0978
            < TillGone
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        desk rejects TillGone
            < answered Restarted
        till 0601 07 04000000000500
            8000 00
            < instructed EUR 5.00, own scanner
        """);

    [Fact]
    public void A_registration_does_not_give_up_an_approval_on_offer() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 0600 06 123456 8E 0978
            < answered Restarted
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        till 0620 03 000000
            8000 00
            < RepeatAsked
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 8000 00
            < answered Acknowledged
        """);

    [Fact]
    public void In_a_payment_a_registration_is_answered_and_06_20_waits_for_the_outcome() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk shows Submitting
        till 0600 06 123456 86 0978
            < TillGone
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        till 0601 07 04000000000500
            84A0 00
        till 06B0 00
            8483 00
        till 0620 03 000000
            8000 00
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 8000 00
            < answered Acknowledged
        """);

    [Fact]
    public void Its_outcome_waits_for_06_20_if_that_comes_later() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk shows Submitting
        till 0600 06 123456 86 0978
            < TillGone
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        desk approves
            < answered Restarted
        till 0620 03 000000
            8000 00
            < RepeatAsked
        """);

    [Fact]
    public void A_registration_between_04_0F_and_06_0F_takes_nothing_back() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 8000 00
            < answered Acknowledged
        desk completes
            060F 00
        till 0600 06 123456 86 0978
            < closed False
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        """);

    [Fact]
    public void A_refused_registration_changes_nothing() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        till 0600 06 123456 BA 0840
            841E 03 6F0978
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        """);

    /// <summary>It asked for patience (84 9C), and the 04 0F that it asked for goes to nobody unasked.</summary>
    [Fact]
    public void A_registration_while_04_0F_is_put_off_keeps_the_approval_for_06_20() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 849C 00
            < answered NotYet
        till 0600 06 123456 86 0978
            < answered Restarted
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        desk approves once-more
        till 0620 03 000000
            8000 00
            < RepeatAsked
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        """);

    /// <summary>The desk was at it when the till registered; the next customer's sale must not be told by it.</summary>
    [Fact]
    public void What_was_put_off_is_not_told_inside_the_next_order() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 849C 00
            < answered NotYet
        till 0600 06 123456 86 0978
            < answered Restarted
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        till 0601 07 04000000005000
            8000 00
            < instructed EUR 50.00, own scanner
        desk approves once-more
        """);
}
