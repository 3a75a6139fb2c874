using System.Text;
using Terminal.Ecr.Messages;
using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Periods;

namespace Terminal.Tests.Ecr.Messages;

/// <summary>What 04 0F says in the words and within the limits that the till asked for.</summary>
public sealed class StatusInformationTests
{
    static readonly StatusInformation Status = new(new());

    [Fact]
    public void The_error_text_is_in_the_character_set_agreed_on()
    {
        var terms = Terms(new Registration(0) { KnowsTlv = true, Charset = Charset.Utf8 }, Language.German);
        var told = Read(Status.Of(Slips.Sale, ResultCode.Of(new Outcome.NotConfirmed()), terms));
        Assert.Equal("Nicht bestätigt", Encoding.UTF8.GetString(told.Tag(Tag.ErrorText)!.Value.Span));
    }

    [Theory]
    [InlineData(2048, 117, true)]
    [InlineData(200, 117, false)]
    [InlineData(160, 92, false)]
    [InlineData(128, 60, false)]
    public void It_is_no_longer_than_the_till_said_it_takes(int most, int text, bool hasErrorText)
    {
        var terms = Terms(new Registration(0) { KnowsTlv = true, MaxApdu = most, IsNumbered = true });
        var apdu = Status.Of(Slips.Sale, ResultCode.Of(new Outcome.NotConfirmed()), terms);
        var told = Read(apdu);
        var said = Encoding.ASCII.GetString(told.Get(Bmp.Text)!.Value.Span);
        Assert.Equal((text, hasErrorText), (said.Length, told.Tag(Tag.ErrorText) is not null));
        Assert.StartsWith("Not confirmed. Do not hand over the", said);
        Assert.NotNull(told.Tag(Tag.ErrorCode));
        var numbered = apdu with { Tlvs = [.. apdu.Tlvs, new(Tag.MessageNumber, new byte[3])] };
        Assert.InRange(numbered.ToBytes().Length, 1, most);
    }

    [Fact]
    public void A_cut_text_ends_with_a_whole_character()
    {
        var agreed = new Registration(0) { MaxApdu = 128, Charset = Charset.Utf8 };
        foreach (var most in Enumerable.Range(128, 20))
        {
            var terms = Terms(agreed with { MaxApdu = most }, Language.German);
            var told = Read(Status.Of(ResultCode.Of(new Refusal(RefusalReason.TooManyUnresolved), new()), terms));
            Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(told.Get(Bmp.Text)!.Value.Span));
            var totals = Status.Of(Slips.EndOfDay, new(0, "", new("", new string('ü', 60))), terms).ToBytes();
            Assert.InRange(totals.Length, most - 1, most);
        }
    }

    [Fact]
    public void More_returned_than_sold_is_zero_in_the_amounts_and_negative_in_the_text()
    {
        var totals = new PeriodTotals(new(1, 1000), new(0, 0), new(2, 1500), (30, 33), 9, 9);
        var sale = Slips.EndOfDay with { Totals = totals };
        var outcome = new Outcome.Approved("");
        var verdict = InstructionText.Of(sale, outcome, hasHeadOffice: true);
        var told = Read(Status.Of(sale, verdict, Terms(Registration.None)));
        Assert.Equal(0, Bcd.Read(told.Get(Bmp.Amount)!.Value.Span));
        Assert.Contains("total EUR -5.00.", Encoding.ASCII.GetString(told.Get(Bmp.Text)!.Value.Span));
    }

    static ReplyTerms Terms(Registration agreed, Language language = default) => new(agreed, language);

    static Fields Read(Apdu apdu) => Fields.Read(Apdu.Read(apdu.ToBytes())!.Data);
}
