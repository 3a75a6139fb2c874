using Terminal.Ecr;
using Terminal.Ecr.Commands;
using Terminal.Ecr.Messages;
using Terminal.Panel.Words;

namespace Terminal.Tests.Ecr.Commands;

/// <summary>What an ECR can agree on with us, and what follows; see <see cref="Transcript"/>.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public void Width_message_size_commands_character_set_and_language_are_agreed_on() => Transcript.Check("""
        till 0600 29 0000008E0978 0300 061F 120142 1A020400 26040A0206D3 2706140107140101 2808150246521502 6465
            8000 00
            060F 7C 1900290000000149097806701201421A020800264C0A0206000A0206020A0206010A0206200A0206
              300A0206310A0206500A0206100A0206B00A0205010A0206700A0206930A0206790A0206180A0208
              300A0208400A0206D10A0206D30A0204FF1F710D1541E31F041F1F1F2D1F2E1F2F27031401012804 15024445
        till 8000 00
        """);

    [Fact]
    public void A_character_set_that_we_do_not_have_is_not_echoed() => Transcript.Check("""
        till 0600 0D 000000 06 0978 06 05 27 03 14 01 07
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        """);

    /// <summary>Of a till that cannot ask for one: a setting, whatever it registers.</summary>
    [Fact]
    public void Without_an_agreement_texts_come_in_the_character_set_of_the_settings() => Transcript.Check("""
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk rejects LimitExceeded
            040F result C3, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              4C696D697420646573204B756E64656E20FC62657273636872697474656E2E, turnover 4711, card "ALIPAY\0"
        till 8000 00
            < answered Acknowledged
        """, new EcrSettings { Charset = Charset.Latin1, Language = Language.German });

    [Fact]
    public void Without_a_currency_none_is_told() => Transcript.Check("""
        till 0600 04 000000 06
            8000 00
            060F 07 19002900000001
        till 8000 00
        """);

    [Fact]
    public void Texts_come_in_the_language_and_character_set_agreed_on() => Transcript.Check("""
        till 0600 13 000000 0E 0978 06 0B 27 03 14 01 01 28 04 15 02 6465
            8000 00
            060F 17 19002900000001490978060B2703140101280415024445
        till 8000 00
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk shows WaitingForCustomer
            04FF FF03 24 {07 426974746520616D2048616E64792062657374E4746967656E2E}
        till 8000 00
        desk rejects LimitExceeded
            040F result C3, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              4C696D697420646573204B756E64656E20FC62657273636872697474656E2E, turnover 4711, card
              "ALIPAY\0", 1F16 "LX", 1F17 4C696D697420646573204B756E64656E20FC62657273636872697474656E
        till 8000 00
            < answered Acknowledged
        desk closes LimitExceeded
            061E C3 1F16 "LX", 1F17 4C696D697420646573204B756E64656E20FC62657273636872697474656E
        till 8000 00
            < closed True
        till 0601 0F 04000000001234 06 06 15 02 454E 0700
            8000 00
            < instructed EUR 12.34, own scanner
        desk rejects LimitExceeded
            040F result C3, 12.34, trace 4711, 03:04:05, 01-02, type 60, terminal 1, receipt 0042, card 61,
              "Customer's limit exceeded.", turnover 4711, card "ALIPAY\0", 1F16 "LX", 1F17 "Customer's
              limit exceeded"
        """);

    [Fact]
    public void Status_lines_fit_the_display_that_the_ECR_told_of() => Transcript.Check("""
        till 0600 0C 000000 0E 0978 06 04 10 02 16 02
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk shows WaitingForCustomer
            04FF FF03 24 {07 "Please confirm", 07 "on the phone."}
        """);

    [Fact]
    public void The_language_can_be_chosen_later() => Transcript.Check("""
        till 0830 01 00
            8000 00
            060F 00
        till 8000 00
        till 0830 01 0F
            8483 00
        till 0601 07 04000000001234
            8000 00
            < instructed EUR 12.34, own scanner
        desk refuses NoTransaction
            040F result 83, terminal 1, "Keine Transaktion zum Wiederholen."
        """);

    [Theory]
    [InlineData("06 00 06 123456 BA 0978")]
    [InlineData("06 00 10 000000 BE 0978 0301 06 06 26 04 0A 02 06D3")]
    [InlineData("06 00 08 000000 BE 0978 0600")]
    public void Nothing_in_a_plain_completion_looks_like_the_end_of_a_block(string registration)
    {
        var request = new EcrRequest(
            Hex.Bytes(registration).AsMemory(3), new(new(), Registration.None), false, _ => null!);
        var served = Assert.IsType<EcrCommand.Serve>(Registration.Read(request));
        // Some clients take any 03 of a slow line for it.
        Assert.DoesNotContain((byte)3, served.Messages.Single().ToBytes());
    }

    [Theory]
    [InlineData("1201 12", 16)]
    [InlineData("1201 24", 24)]
    [InlineData("1201 42", 42)]
    [InlineData("1201 99", 48)]
    [InlineData("1201 FF", 24)]
    [InlineData("1200", 24)]
    public void The_printer_width_is_what_we_can_set(string tlv, int width)
    {
        var container = Hex.Bytes(tlv);
        var data = Hex.Bytes("000000 BE 0978 06" + container.Length.ToString("X2") + tlv);
        var request = new EcrRequest(data, new(new(), Registration.None), false, _ => null!);
        var served = Assert.IsType<EcrCommand.Serve>(Registration.Read(request));
        Assert.Equal(width, served.Registration!.PrinterWidth);
    }
}
