using System.Net;
using Terminal.Ecr.Commands;
using Terminal.Ecr.Messages;

namespace Terminal.Tests.Ecr.Commands;

/// <summary>The commands that move no money; see <see cref="Transcript"/> for how to read them.</summary>
public sealed class UpkeepTests
{
    [Fact]
    public void Diagnosis_and_self_test_print_what_this_is() => Transcript.Check("""
        till 0600 10 000000 86 0978 0301 06 06 26 04 0A 02 06D3
            8000 00
            060F 6A 19002900000001490978065E264C0A0206000A0206020A0206010A0206200A0206300A0206310A02
              06500A0206100A0206B00A0205010A0206700A0206930A0206790A0206180A0208300A0208400A02
              06D10A0206D30A0204FF1F710D1541E31F041F1F1F2D1F2E1F2F
        till 8000 00
        till 0670 00
            8000 00
            06D3 7E 067C1F07010325760901400709444941474E4F53495309010007185465726D696E616C2020202020
              20202030303030303030310718536F6674776172652020202020202020202020302E312E30071857
              616C6C6574202020202020202020202020414C49504159090140070F5465726D696E616C20726561 64792E090181
        till 8000 00
            060F 00
        till 8000 00
        till 0679 00
            8000 00
            06D3 7E 067C1F07010325760901400709444941474E4F53495309010007185465726D696E616C2020202020
              20202030303030303030310718536F6674776172652020202020202020202020302E312E30071857
              616C6C6574202020202020202020202020414C49504159090140070F5465726D696E616C20726561 64792E090181
        till 84CC 00
            060F 00
        till 8000 00
        """);

    [Fact]
    public void Diagnosis_without_a_printer_only_ends() => Transcript.Check("""
        till 0670 00
            8000 00
            060F 00
        till 8000 00
        """);

    [Fact]
    public void While_payments_are_stopped_the_till_hears_so_before_it_orders_one() => Transcript.Check("""
        till 0501 00
            8000 00
            060F 09 F0F0F5302E312E30DF
        till 8000 00
        till 0501 05 000000 0302
            8000 00
            060F 01 DF
        till 8000 00
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        till 0501 05 000000 0302
            8000 00
            060F 01 9C
        till 8000 00
        """, isOutOfOrder: true);

    [Fact]
    public void A_diagnosis_does_not_say_ready_while_payments_are_stopped()
    {
        const string Script = """
            till 0600 10 000000 86 0978 0301 06 06 26 04 0A 02 06D3
            till 8000 00
            till 0670 00
            """;
        Assert.EndsWith("5465726D696E616C20726561 64792E090181\n", Transcript.Play(Script));
        var stopped = Transcript.Play(Script, isOutOfOrder: true).Replace(" ", "").Replace("\n", "");
        Assert.EndsWith(Hex.Of("No payments at present."u8) + "090181", stopped);
    }

    [Fact]
    public void Initialisation_has_nothing_to_do() => Transcript.Check("""
        till 0693 03 000000
            8000 00
            060F 00
        till 8000 00
        till 0693 00
            849A 00
        """);

    [Fact]
    public void A_reset_opens_the_line_anew_and_forgets_the_registration() => Transcript.Check("""
        till 0600 06 000000 0E 0978
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        till 0618 00
            8000 00
            060F 00
        till 8000 00
            (line opened at 9600)
            < LinkReady
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk shows Submitting
        """);

    [Fact]
    public void Another_speed_holds_once_its_answer_has_left() => Transcript.Check("""
        till 0840 01 07
            8000 00
            (line opened at 115200)
            < LinkReady
        till 0840 01 05
            84FD 00
        till 0840 00
            84FD 00
        """);

    [Theory]
    [InlineData("07")]
    [InlineData("05")]
    public void Over_TCP_there_is_no_speed_to_change(string data)
    {
        var overTcp = new Agreement(new() { Tcp = new(IPAddress.Loopback, 1) }, Registration.None);
        var answer = LineSpeed.Read(new(Hex.Bytes(data), overTcp, false, _ => throw new InvalidOperationException()));
        Assert.Equal(EcrCommand.Refuse(0x83).ToString(), answer.ToString());
    }

    [Fact]
    public void What_no_terminal_of_ours_does_is_refused() => Transcript.Check("""
        till 0612 05 000000 0001
            8483 00
        till 0691 0B 000000 AA261121 0C120000
            8483 00
        till 06E0 05 F1F0F241 42
            8483 00
        """);

    [Fact]
    public void A_text_of_the_till_is_shown_where_there_is_a_display() => Transcript.Check("""
        till 06E0 15 F0 05 F1 F1F0 48616C6C6F2057656C74 F3 F0F1 81 F9 02
            (display: Hallo Welt||ü|||||, 2 beeps, for 00:00:05)
            8000 00
        till 06E0 06 F1 F0F3 144142
            (display: AB|||||||, 0 beeps, for )
            8000 00
        till 06E0 00
            (display: |||||||, 0 beeps, for )
            8000 00
        till 06E0 05 F1 F0F9 4142
            849A 00
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        till 06E0 06 F1 F0F3 414243
            84A0 00
        """, new() { HasDisplay = true });

    [Fact]
    public void A_terminal_with_a_display_says_that_it_takes_texts()
    {
        const string Script = "till 0600 10 000000 86 0978 0301 06 06 26 04 0A 02 06D3";
        Assert.DoesNotContain("0A0206E0", Transcript.Play(Script));
        Assert.Contains("0A0206E0", Transcript.Play(Script, new() { HasDisplay = true }).ReplaceLineEndings("")
            .Replace(" ", ""));
    }

    [Fact]
    public void Receipts_follow_the_acknowledged_result() => Transcript.Check("""
        till 0600 11 000000 82 0978 06 09 12 01 32 26 04 0A 02 06D3
            8000 00
            060F 6D 190029000000014909780661120132264C0A0206000A0206020A0206010A0206200A0206300A0206
              310A0206500A0206100A0206B00A0205010A0206700A0206930A0206790A0206180A0208300A0208
              400A0206D10A0206D30A0204FF1F710D1541E31F041F1F1F2D1F2E1F2F
        till 8000 00
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 8000 00
            < answered Acknowledged
        desk completes
            06D3 FF3F01 0682013B1F0701012582013309014007104D45524348414E54205245434549505409010007000901
              40070B53414C4520414C4950415909010007205465726D696E616C20202020202020202020202020
              20202030303030303030310720526563656970742020202020202020202020202020202020202020
              20303034320720547261636520202020202020202020202020202020202020202030303437313107
              20323032362D30312D3032202020202020202020202020202030333A30343A30350720416D6F756E
              7420202020202020202020202020202020204555522031322E33340720526573756C742020202020
              2020202020202020202020202020202020202030300700090150070450414944090100071A506169
              642E205049443A32303236303130323030303030303031070B5245463A5041594D454E54090181
        till 8000 00
            06D3 FF3F01 0682013B1F070102258201330901400710435553544F4D4552205245434549505409010007000901
              40070B53414C4520414C4950415909010007205465726D696E616C20202020202020202020202020
              20202030303030303030310720526563656970742020202020202020202020202020202020202020
              20303034320720547261636520202020202020202020202020202020202020202030303437313107
              20323032362D30312D3032202020202020202020202020202030333A30343A30350720416D6F756E
              7420202020202020202020202020202020204555522031322E33340720526573756C742020202020
              2020202020202020202020202020202020202030300700090150070450414944090100071A506169
              642E205049443A32303236303130323030303030303031070B5245463A5041594D454E54090181
        till 8000 00
            060F 00
        till 8000 00
            < closed True
        """);

    [Fact]
    public void A_printer_that_is_not_ready_changes_nothing() => Transcript.Check("""
        till 0600 06 000000 82 0978
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        till 0601 0D 04000000001234 06 04 1F0401 80
            8000 00
            < instructed EUR 12.34, own scanner
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 8000 00
            < answered Acknowledged
        desk completes
            06D1 40 "CUSTOMER RECEIPT"
        till 84CC 00
            060F 00
        till 8000 00
            < closed True
        till 0620 05 000000 0302
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

    [Fact]
    public void A_receipt_that_is_repeated_is_a_copy() => Transcript.Check("""
        till 0600 06 000000 82 0978
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        till 0620 0A 000000 06 05 1F0402 80 00
            8000 00
            < RepeatAsked
        desk approves
            040F result 00, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Paid. PID:2026010200000001 REF:PAYMENT", turnover 4711, card "ALIPAY\0"
        till 8000 00
            < answered Acknowledged
        desk completes
            06D1 40 "CUSTOMER RECEIPT"
        till 8000 00
            06D1 40 "COPY"
        till 84CC 00
            060F 00
        till 8000 00
            < closed True
        """);

    [Fact]
    public void A_log_off_leaves_line_printing_and_no_containers() => Transcript.Check("""
        till 0600 08 000000 0E 0978 0600
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        till 0602 00
            8000 00
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk cannot-confirm
            040F result FF, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Not confirmed. Do not hand over the goods on this payment. If the customer was charged, it is
              returned automatically.", turnover 4711, card "ALIPAY\0"
        """);
}
