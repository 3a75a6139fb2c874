namespace Terminal.Tests.Ecr.Session;

/// <summary>Payments as the till sees them, byte by byte; see <see cref="Transcript"/> for how to read them.</summary>
public sealed class PaymentDialogueTests
{
    [Fact]
    public void An_approved_payment_with_the_code_from_the_till() => Transcript.Check("""
        till 0601 1E 04000000001234 490978 22F0F9281234567890123456 8A61 06041F2D0102
            8000 00
            < instructed EUR 12.34, 18:28**************56
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, currency 978, receipt
              0042, card 61, "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 8000 00
            < answered Acknowledged
        desk completes
            060F 00
        till 8000 00
            < closed True
        """);

    [Fact]
    public void An_approved_payment_with_our_own_scanner_shows_every_stage() => Transcript.Check("""
        till 0600 08 000000 BE 0978 0600
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk shows AwaitingCode
            04FF FF03 24 {07 "Please scan the payment code."}
        till 8000 00
        wait 9.9
        wait 0.2
            04FF FF03 24 {07 "Please scan the payment code."}
        till 8000 00
        desk shows WaitingForCustomer
            04FF FF03 24 {07 "Please confirm on the phone."}
        till 8000 00
        wait 10
            04FF FF03 24 {07 "Please confirm on the phone."}
        till 8000 00
        wait 10
            04FF FF03 24 {07 "Please confirm on the phone."}
        till 8000 00
        wait 20
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 8000 00
            < answered Acknowledged
        desk completes
            06D1 40 "MERCHANT RECEIPT"
        till 8000 00
            06D1 01 00
        """);

    [Fact]
    public void A_code_in_track_1_may_hold_letters() => Transcript.Check("""
        till 0601 1A 04000000001234 2DF1F068515644554659774D51 06041F2D0102
            8000 00
            < instructed EUR 12.34, 10*
        """);

    [Fact]
    public void A_declined_payment() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk rejects InsufficientFunds
            040F result 71, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Not enough funds.", turnover 4711, card "ALIPAY\0"
        till 8000 00
            < answered Acknowledged
        desk closes InsufficientFunds
            061E 01 71
        till 8000 00
            < closed True
        """);

    [Fact]
    public void A_payment_that_cannot_be_confirmed() => Transcript.Check("""
        till 0601 09 04000000001234 0600
            8000 00
            < instructed EUR 12.34, own scanner
        desk cannot-confirm
            040F result FF, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Not confirmed. Do not hand over the goods on this payment. If the customer was charged, it is
              returned automatically.", turnover 4711, card "ALIPAY\0", 1F16 "NC", 1F17 "Not confirmed"
        till 8000 00
            < answered Acknowledged
        desk closes NoAnswer
            061E A1 1F16 "NA", 1F17 "Not paid: no answer from the payment network"
        till 8000 00
            < closed True
        """);

    [Fact]
    public void A_refused_instruction_frees_the_terminal_without_a_word_to_the_desk() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk refuses JournalFull
            040F result B1, terminal 1, "Terminal memory full. Call service."
        till 8000 00
            061E 01 B1
        till 8000 00
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        """);

    [Fact]
    public void An_abort_that_the_till_then_answers_with_not_in_transaction() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        till 06B0 00
            8000 00
            < AbortAsked
        desk rejects Aborted
            040F result 6C, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Aborted, not paid.", turnover 4711, card "ALIPAY\0"
        till 8466 00
            < answered Refused
        desk closes Aborted
            061E 01 6C
        till 8466 00
            < closed True
        till 06B0 00
            8483 00
        """);

    [Fact]
    public void An_abort_after_the_result_is_too_late() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 06B0 00
            8483 00
        till 8000 00
            < answered Acknowledged
        desk completes
            060F 00
        till 8000 00
            < closed True
        """);

    [Fact]
    public void A_repeated_receipt_has_the_fields_of_the_first() => Transcript.Check("""
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
        till 8000 00
            < closed True
        till 0620 05 123456 0303
            8000 00
            < RepeatAsked
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 8000 00
            < answered Acknowledged
        desk completes
            060F 00
        till 8000 00
            < closed True
        """);
}
