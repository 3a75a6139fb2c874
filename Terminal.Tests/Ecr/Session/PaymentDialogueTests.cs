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
            040F 5B 2700 04000000001234 0B004711 0C030405 0D0102 1960 2900000001 490978 870042 8A61
              3CF0F3F8506169642E205049443A32303236303130323030303030303031205245463A5041594D45 4E54 88004711
              8BF0F7414C4950415900
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
            04FF 25 FF030621241F071D506C65617365207363616E20746865207061796D656E7420636F64652E
        till 8000 00
        wait 9.9
        wait 0.2
            04FF 25 FF030621241F071D506C65617365207363616E20746865207061796D656E7420636F64652E
        till 8000 00
        desk shows WaitingForCustomer
            04FF 24 FF030620241E071C506C6561736520636F6E6669726D206F6E207468652070686F6E652E
        till 8000 00
        wait 10
            04FF 24 FF030620241E071C506C6561736520636F6E6669726D206F6E207468652070686F6E652E
        till 8000 00
        wait 10
            04FF 24 FF030620241E071C506C6561736520636F6E6669726D206F6E207468652070686F6E652E
        till 8000 00
        wait 20
        desk approves
            040F 58 2700 04000000001234 0B004711 0C030405 0D0102 1960 2900000001 870042 8A61
              3CF0F3F8506169642E205049443A32303236303130323030303030303031205245463A5041594D45 4E54 88004711
              8BF0F7414C4950415900
        till 8000 00
            < answered Acknowledged
        desk completes
            06D1 11 404D45524348414E542052454345495054
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
            040F 43 2771 04000000001234 0B004711 0C030405 0D0102 1960 2900000001 870042 8A61
              3CF0F1F74E6F7420656E6F7567682066756E64732E 88004711 8BF0F7414C4950415900
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
            040F BE 27FF 04000000001234 0B004711 0C030405 0D0102 1960 2900000001 870042 8A61
              3CF1F1F74E6F7420636F6E6669726D65642E20446F206E6F742068616E64206F7665722074686520
              676F6F6473206F6E2074686973207061796D656E742E2049662074686520637573746F6D65722077
              617320636861726765642C2069742069732072657475726E6564206175746F6D61746963616C6C79 2E 88004711
              8BF0F7414C4950415900 06151F16024E431F170D4E6F7420636F6E6669726D6564
        till 8000 00
            < answered Acknowledged
        desk closes NoAnswer
            061E 37 A106341F16024E411F172C4E6F7420706169643A206E6F20616E737765722066726F6D2074686520
              7061796D656E74206E6574776F726B
        till 8000 00
            < closed True
        """);

    [Fact]
    public void A_refused_instruction_frees_the_terminal_without_a_word_to_the_desk() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk refuses JournalFull
            040F 2E 27B1 2900000001
              3CF0F3F55465726D696E616C206D656D6F72792066756C6C2E2043616C6C20736572766963652E
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
            040F 44 276C 04000000001234 0B004711 0C030405 0D0102 1960 2900000001 870042 8A61
              3CF0F1F841626F727465642C206E6F7420706169642E 88004711 8BF0F7414C4950415900
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
            040F 58 2700 04000000001234 0B004711 0C030405 0D0102 1960 2900000001 870042 8A61
              3CF0F3F8506169642E205049443A32303236303130323030303030303031205245463A5041594D45 4E54 88004711
              8BF0F7414C4950415900
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
            040F 58 2700 04000000001234 0B004711 0C030405 0D0102 1960 2900000001 870042 8A61
              3CF0F3F8506169642E205049443A32303236303130323030303030303031205245463A5041594D45 4E54 88004711
              8BF0F7414C4950415900
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
            040F 58 2700 04000000001234 0B004711 0C030405 0D0102 1960 2900000001 870042 8A61
              3CF0F3F8506169642E205049443A32303236303130323030303030303031205245463A5041594D45 4E54 88004711
              8BF0F7414C4950415900
        till 8000 00
            < answered Acknowledged
        desk completes
            060F 00
        till 8000 00
            < closed True
        """);
}
