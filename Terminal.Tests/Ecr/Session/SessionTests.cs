using Terminal.Ecr;

namespace Terminal.Tests.Ecr.Session;

/// <summary>All dialogues but payments, byte by byte; see <see cref="Transcript"/> for how to read them.</summary>
public sealed class SessionTests
{
    [Fact]
    public void A_registration_is_accepted_and_completed() => Transcript.Check("""
        till 0600 06 123456 BA 0978
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        till 0600 10 000000 B6 0978 0301 06 06 26 04 0A 02 06D3
            8000 00
            060F 6A 19002900000001490978065E264C0A0206000A0206020A0206010A0206200A0206300A0206310A02
              06500A0206100A0206B00A0205010A0206700A0206930A0206790A0206180A0208300A0208400A02
              06D10A0206D30A0204FF1F710D1541E31F041F1F1F2D1F2E1F2F
        till 8000 00
        """);

    [Fact]
    public void A_registration_in_another_currency_is_refused() => Transcript.Check("""
        till 0600 06 123456 BA 0840
            841E 03 6F0978
        till 0600 05 123456 BA 08
            849A 00
        """);

    [Fact]
    public void A_password_is_checked_if_there_is_one() => Transcript.Check("""
        till 0600 06 123456 BA 0978
            8483 00
        till 0620 03 123456
            8483 00
        till 0501 03 123456
            8483 00
        wait 60
        till 0600 06 654321 BA 0978
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        """, new EcrSettings { Password = "654321" });

    /// <summary>The right one is not looked at either: nobody learns more than once in a while.</summary>
    [Fact]
    public void After_a_wrong_password_the_next_one_waits_twice_as_long_each_time() => Transcript.Check("""
        till 0600 06 123456 BA 0978
            8483 00
        till 0600 06 654321 BA 0978
            8483 00
        wait 1
        till 0600 06 123457 BA 0978
            8483 00
        wait 1
        till 0600 06 654321 BA 0978
            8483 00
        wait 1
        till 0600 06 654321 BA 0978
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        """, new EcrSettings { Password = "654321" });

    /// <summary>06 01 has no place for a password: who orders must have shown it on this line.</summary>
    [Fact]
    public void Without_the_password_nothing_is_sold_or_asked_on_a_new_line() => Transcript.Check("""
        till 0601 07 04000000001234
            846B 00
        till 0670 00
            846B 00
        till 0501 00
            8000 00
            060F 09 F0F0F5302E312E3000
        till 8000 00
        till 0620 03 654321
            8000 00
            < RepeatAsked
        desk refuses NoTransaction
            040F result 83, terminal 1, "No transaction to repeat."
        till 8000 00
            061E 01 83
        till 8000 00
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk refuses NoTransaction
            040F result 83, terminal 1, "No transaction to repeat."
        till 8000 00
            061E 01 83
        till 8000 00
        unplug
        plug
            < LinkReady
        till 0601 07 04000000001234
            846B 00
        """, new EcrSettings { Password = "654321" });

    [Fact]
    public void A_status_enquiry() => Transcript.Check("""
        till 0501 00
            8000 00
            060F 09 F0F0F5302E312E3000
        till 8000 00
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        till 0501 05 123456 0307
            8000 00
            060F 01 9C
        till 8000 00
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 0501 05 123456 0307
            84A0 00
        """);

    [Fact]
    public void A_busy_terminal_takes_no_other_command() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        till 0601 07 04000000009999
            84A0 00
        till 0620 03 123456
            84A0 00
        till 0602 00
            84A0 00
        """);

    [Fact]
    public void A_repeated_receipt_of_nothing() => Transcript.Check("""
        till 0620 03 000000
            8000 00
            < RepeatAsked
        desk refuses NoTransaction
            040F result 83, terminal 1, "No transaction to repeat."
        till 8000 00
            061E 01 83
        till 8000 00
        """);

    [Fact]
    public void Log_off_ends_status_messages() => Transcript.Check("""
        till 0600 06 000000 BE 0978
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        till 0602 00
            8000 00
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk shows Submitting
        """);

    [Fact]
    public void Unknown_commands_are_refused() => Transcript.Check("""
        till 0652 03 123456
            8483 00
        till 0693 03 123456
            8000 00
            060F 00
        till 0000 00
            8483 00
        till FFFF 00
            8483 00
        """);

    [Fact]
    public void Stray_answers_are_ignored() => Transcript.Check("""
        till 8000 00
        till 8466 00
        till 06B0 00
            8483 00
        """);

    [Fact]
    public void A_message_that_is_no_APDU_is_a_protocol_error() => Transcript.Check("""
        till 06
            849A 00
        till 0601
            849A 00
        till 0601 07 04
            849A 00
        """);
}
