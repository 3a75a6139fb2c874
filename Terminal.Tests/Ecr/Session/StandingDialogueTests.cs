namespace Terminal.Tests.Ecr.Session;

/// <summary>A till refuses to hear again of a success; see <see cref="Transcript"/> for how to read them.</summary>
public sealed class StandingDialogueTests
{
    [Fact]
    public void A_repeated_approval_that_is_refused_ends_with_what_stands() => Transcript.Check("""
        till 0620 05 123456 0600
            8000 00
            < RepeatAsked
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 8405 00
            < answered Refused
        desk closes-what-stands approves
            061E 6C 1F16 "ST", 1F17 "Paid: the payment stands"
        till 8000 00
            < closed True
        """);

    /// <summary>Asked for it more often than it said, an ECR that mirrors receipts hears 04 0F once more.</summary>
    [Fact]
    public void One_that_was_asked_for_too_often_is_not_approved_again_either() => Transcript.Check("""
        till 0601 0E 04000000001234 0200 06 03 1F1F 00
            8000 00
            < instructed EUR 12.34, own scanner, has receipt none
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0", 1F1F 002A
        till 849C 00
            < answered Refused
        desk closes-what-stands approves
            040F result 6C, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid: the payment stands. Only a reversal returns it.", turnover 4711, card "ALIPAY\0", 1F1F
              002A, 1F16 "ST", 1F17 "Paid: the payment stands"
        till 8000 00
            061E 6C 1F16 "ST", 1F17 "Paid: the payment stands"
        till 8000 00
            < closed True
        """);

    [Fact]
    public void So_do_a_return_and_an_end_of_day() => Transcript.Check("""
        till 0620 05 123456 0600
            8000 00
            < RepeatAsked
        desk reverses
            040F result 00, 12.34, trace 4712, returns trace 4711, 03:04:05, 01-02, type 60, terminal 1,
              receipt 0043, card 61, "Receipt 0042: EUR 12.34 reversed. PID:2026010200000001", turnover
              4712, card "ALIPAY\0"
        till 8405 00
            < answered Refused
        desk closes-what-stands reverses
            061E 6C 1F16 "ST", 1F17 "Receipt 0042: reversed, and it stands"
        till 8000 00
            < closed True
        till 0620 05 123456 0600
            8000 00
            < RepeatAsked
        desk closes-the-period
            040F result 00, 177.50, receipts 0030 to 0043: 0 of 0.00 + 0 of 0.00 + 0 of 0.00 + 0 of 0.00 + 0
              of 0.00 + 0 of 0.00 + 19 of 177.50, trace 4713, 03:04:05, 01-02, terminal 1, "Period closed.
              Sales 17 200.00, reversals 1 20.00, refunds 1 2.50, total EUR 177.50. Gateway 192.50, head
              office 167.50 158/160. Unresolved 2 15.00, goes on."
        till 8405 00
            < answered Refused
        desk closes-what-stands closes-the-period
            061E 6C 1F16 "ST", 1F17 "The period is closed"
        till 8000 00
            < closed True
        """);
}
