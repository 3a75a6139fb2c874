namespace Terminal.Tests.Ecr.Session;

/// <summary>Tills that answer late, wrongly or never; see <see cref="Transcript"/> for how to read them.</summary>
public sealed class AnswerTests
{
    [Fact]
    public void A_till_that_wants_patience_is_asked_again_as_often_as_it_said() => Transcript.Check("""
        till 0601 09 04000000001234 0201
            8000 00
            < instructed EUR 12.34, own scanner
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 849C 00
            < answered NotYet
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 849C 00
            < answered Silent
        desk closes Withdrawn
            040F result 6C, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Not paid: the approval was not taken and is returned.", turnover 4711, card "ALIPAY\0"
        till 8000 00
            061E 01 6C
        """);

    [Fact]
    public void A_refused_approval_is_told_to_the_desk() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 8466 00
            < answered Refused
        desk closes Withdrawn
            061E 01 6C
        till 8000 00
            < closed True
        """);

    [Fact]
    public void A_till_that_does_not_answer_in_the_time_it_asked_for() => Transcript.Check("""
        till 0601 09 04000000001234 0114
            8000 00
            < instructed EUR 12.34, own scanner
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        wait 19.9
        wait 0.2
            < answered Silent
        desk closes Withdrawn
            061E 01 6C
        """);

    [Fact]
    public void A_late_acknowledgement_reaches_the_desk_if_a_second_one_follows() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        wait 5
            < answered Silent
        desk closes Withdrawn
            061E 01 6C
        till 8000 00
        till 8466 00
            < answered Acknowledged
            < closed True
        """);

    [Fact]
    public void A_single_late_answer_belongs_to_the_newest_message() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        wait 5
            < answered Silent
        desk closes Withdrawn
            061E 01 6C
        till 8000 00
        wait 1
            < closed True
        """);

    /// <summary>Found by the simulation: its answer to 04 FF was held up behind the order that it tried.</summary>
    [Fact]
    public void Behind_a_command_the_answer_belongs_to_the_message_that_was_given_up() => Transcript.Check("""
        till 0600 08 000000 BE 0978 0600
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk shows WaitingForCustomer
            04FF FF03 24 {07 "Please confirm on the phone."}
        desk approves
        wait 5
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 0601 07 04000000005000
            84A0 00
        till 8000 00
        wait 5
            < answered Silent
        """);

    [Fact]
    public void An_acknowledgement_between_two_messages_belongs_to_the_one_that_was_given_up() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        wait 5
            < answered Silent
        till 8000 00
            < answered Acknowledged
        """);

    [Fact]
    public void A_lost_line_is_an_answer_and_frees_the_terminal() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        unplug
            < answered LineDown
        plug
            < LinkReady
        till 0620 03 123456
            8000 00
            < RepeatAsked
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 8000 00
            < answered Acknowledged
        desk completes
            060F 00
        unplug
            < closed False
        desk closes Aborted
            < closed False
        """);

    [Fact]
    public void A_status_message_without_answer_makes_way_for_the_result() => Transcript.Check("""
        till 0600 06 000000 BE 0978
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk shows Submitting
            04FF 02 0403
        desk approves
        wait 5
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 8000 00
        wait 1
            < answered Acknowledged
        """);

    [Fact]
    public void What_belongs_to_an_earlier_command_is_never_said_inside_the_next() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        unplug
            < answered LineDown
        plug
            < LinkReady
        desk closes Withdrawn
            061E 01 6C
        till 0601 07 04000000001234
            < closed False
            8000 00
            < instructed EUR 12.34, own scanner
        desk refuses Busy
            040F result A0, terminal 1, "Terminal busy."
        """);
}
