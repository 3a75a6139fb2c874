namespace Terminal.Tests.Ecr.Commands;

/// <summary>TLV 1F73: numbered messages; see <see cref="Transcript"/> for how to read them.</summary>
public sealed class MessageNumberTests
{
    [Fact]
    public void Every_message_after_the_registration_has_the_next_number() => Transcript.Check("""
        till 0600 0E 000000 06 0978 06 06 1F73 03 000000
            8000 00
            060F 12 1900290000000149097806061F7303000000
        till 8000 00
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 08 06061F7303000001
            < instructed EUR 12.34, own scanner, new
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0", 1F73 000002
        till 8000 08 06 06 1F73 03 000002
            < answered Acknowledged
        desk completes
            060F 08 06061F7303000003
        till 8000 08 06 06 1F73 03 000003
            < closed True
        till 0501 0B 000000 06 06 1F73 03 000004
            8000 08 06061F7303000004
            060F 11 F0F0F5302E312E300006061F7303000005
        till 8000 08 06 06 1F73 03 000005
        """);

    [Fact]
    public void The_order_that_comes_again_is_answered_and_not_carried_out_again() => Transcript.Check("""
        till 0600 0E 000000 06 0978 06 06 1F73 03 000000
            8000 00
            060F 12 1900290000000149097806061F7303000000
        till 8000 00
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 08 06061F7303000001
            < instructed EUR 12.34, own scanner, new
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 08 06061F7303000001
        till 0601 0F 04000000001234 06 06 1F73 03 000002
            84A0 08 06061F7303000002
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0", 1F73 000003
        unplug
            < answered LineDown
        plug
            < LinkReady
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 08 06061F7303000001
            < RepeatAsked of PAYMENT
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0", 1F73 000004
        till 8000 08 06 06 1F73 03 000004
            < answered Acknowledged
        desk completes
            060F 08 06061F7303000005
        till 8000 08 06 06 1F73 03 000005
            < closed True
        till 0601 0F 04000000001234 06 06 1F73 03 000006
            8000 08 06061F7303000006
            < instructed EUR 12.34, own scanner, new
        """);

    [Fact]
    public void An_order_that_was_refused_may_come_again() => Transcript.Check("""
        till 0600 0E 000000 06 0978 06 06 1F73 03 000000
            8000 00
            060F 12 1900290000000149097806061F7303000000
        till 8000 00
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 08 06061F7303000001
            < instructed EUR 12.34, own scanner, new
        desk refuses JournalFull
            040F result B1, terminal 1, "Terminal memory full. Call service.", 1F16 "JF", 1F17 "Terminal
              memory full", 1F73 000002
        till 8000 08 06 06 1F73 03 000002
            061E B1 1F16 "JF", 1F17 "Terminal memory full", 1F73 000003
        till 8000 08 06 06 1F73 03 000003
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 08 06061F7303000001
            < instructed EUR 12.34, own scanner, new
        """);

    [Fact]
    public void A_new_registration_begins_a_new_count() => Transcript.Check("""
        till 0600 0E 000000 06 0978 06 06 1F73 03 000000
            8000 00
            060F 12 1900290000000149097806061F7303000000
        till 8000 00
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 08 06061F7303000001
            < instructed EUR 12.34, own scanner, new
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0", 1F73 000002
        till 8000 08 06 06 1F73 03 000002
            < answered Acknowledged
        desk completes
            060F 08 06061F7303000003
        till 8000 08 06 06 1F73 03 000003
            < closed True
        till 0600 06 000000 06 0978
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 00
            < instructed EUR 12.34, own scanner
        """);

    /// <summary>A register that began to count anew without a word must not hear the old approval.</summary>
    [Fact]
    public void Another_amount_under_an_old_number_is_no_order_that_comes_again() => Transcript.Check("""
        till 0600 0E 000000 06 0978 06 06 1F73 03 000000
            8000 00
            060F 12 1900290000000149097806061F7303000000
        till 8000 00
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 08 06061F7303000001
            < instructed EUR 12.34, own scanner, new
        desk rejects NoAnswer
            040F result A1, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Not paid: no answer from the payment network.", turnover 4711, card "ALIPAY\0", 1F16 "NA",
              1F17 "Not paid: no answer from the payment network", 1F73 000002
        till 8000 08 06 06 1F73 03 000002
            < answered Acknowledged
        desk closes NoAnswer
            061E A1 1F16 "NA", 1F17 "Not paid: no answer from the payment network", 1F73 000003
        till 8000 08 06 06 1F73 03 000003
            < closed True
        till 0601 0F 04000000009900 06 06 1F73 03 000001
            849A 08 06061F7303000001
        """);

    [Fact]
    public void Another_amount_under_the_open_number_is_refused_and_the_order_goes_on() => Transcript.Check("""
        till 0600 0E 000000 06 0978 06 06 1F73 03 000000
            8000 00
            060F 12 1900290000000149097806061F7303000000
        till 8000 00
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 08 06061F7303000001
            < instructed EUR 12.34, own scanner, new
        till 0601 0F 04000000009900 06 06 1F73 03 000001
            849A 08 06061F7303000001
        till 0601 1C 04000000001234 2DF1F068515644554659774D51 06 06 1F73 03 000001
            849A 08 06061F7303000001
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 08 06061F7303000001
        desk refuses JournalFull
            040F result B1, terminal 1, "Terminal memory full. Call service.", 1F16 "JF", 1F17 "Terminal
              memory full", 1F73 000002
        """);
}
