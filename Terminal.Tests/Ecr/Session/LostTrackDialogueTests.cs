namespace Terminal.Tests.Ecr.Session;

/// <summary>A till that restarted in the middle of its own order and asks 06 20, as recovery.md tells it to.</summary>
public sealed class LostTrackDialogueTests
{
    [Fact]
    public void What_is_on_offer_when_06_20_comes_is_the_answer_to_it() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 0620 03 000000
            < answered LineDown
            8000 00
            < RepeatAsked
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 8000 00
            < answered Acknowledged
        """);

    [Fact]
    public void A_till_that_asked_in_between_does_not_give_up_by_refusing_what_comes_by_itself() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        till 0620 03 000000
            84A0 00
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 8466 00
            < answered LineDown
        till 0620 03 000000
            8000 00
            < RepeatAsked
        """);

    [Fact]
    public void Nor_by_silence() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        till 0620 03 000000
            84A0 00
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        wait 6 s
            < answered LineDown
        till 0620 03 000000
            8000 00
            < RepeatAsked
        """);
}
