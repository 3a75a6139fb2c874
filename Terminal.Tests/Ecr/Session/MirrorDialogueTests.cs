namespace Terminal.Tests.Ecr.Session;

/// <summary>TLV 1F1F: mirrored receipt numbers; see <see cref="Transcript"/> for how to read them.</summary>
public sealed class MirrorDialogueTests
{
    [Fact]
    public void The_receipt_number_is_told_and_silence_ends_the_command_without_a_word() => Transcript.Check("""
        till 0601 0C 04000000001234 06 03 1F1F 00
            8000 00
            < instructed EUR 12.34, own scanner, has receipt none
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0", 1F1F 002A
        wait 5
            < answered Silent
        till 0601 0E 04000000001234 06 05 1F1F 02 002A
            8000 00
            < instructed EUR 12.34, own scanner, has receipt 42
        """);

    [Fact]
    public void Patience_at_an_end_is_a_refusal() => Transcript.Check("""
        till 0601 0E 04000000001234 0200 06 03 1F1F 00
            8000 00
            < instructed EUR 12.34, own scanner, has receipt none
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0", 1F1F 002A
        till 849C 00
            < answered Refused
        """);

    /// <summary>06 20 does not carry 1F1F; the approval that it repeats is one that silence does not end.</summary>
    [Fact]
    public void Silence_after_a_repetition_ends_that_command_too() => Transcript.Check("""
        till 0620 03 000000
            8000 00
            < RepeatAsked
        desk approves-the-mirrored
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        wait 60
            < answered Silent
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        """);
}
