using System.Text;
using Terminal.Ecr;
using Terminal.Panel;
using Terminal.Payments;

namespace Terminal.Tests.Ecr;

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

    static ReplyTerms Terms(Registration agreed, Language language = default) => new(agreed, language);

    static Fields Read(Apdu apdu) => Fields.Read(Apdu.Read(apdu.ToBytes())!.Data);
}
