using System.Text;
using Terminal.Ecr.Messages;

namespace Terminal.Tests.Ecr.Messages;

public sealed class CharsetTests
{
    [Fact]
    public void Code_page_437_is_the_one_of_the_world()
    {
        var page = CodePagesEncodingProvider.Instance.GetEncoding(437)!;
        for (var b = 0x80; b <= 0xFF; b++)
        {
            Assert.Equal([(byte)b], Charset.CodePage437.Encode(page.GetString([(byte)b])));
        }
    }

    [Theory]
    [InlineData(0x00, "41 E4", "A?")]
    [InlineData(0x01, "E4 14 41", "äA")]
    [InlineData(0xFE, "C3 A4 FF", "ä\uFFFD")]
    [InlineData(0xFF, "84 9B 0A", "ä¢")]
    public void A_text_of_the_till_is_read_in_its_set(byte code, string bytes, string text) =>
        Assert.Equal(text, Charset.Find(code)!.Decode(Hex.Bytes(bytes.Replace(" ", ""))));

    [Theory]
    [InlineData(0x00, "Größe € 5", "Groesse EUR 5")]
    [InlineData(0x01, "Größe € 5", "Gr\u00F6\u00DFe EUR 5")]
    [InlineData(0xFE, "Ü\u0001Ż", "\u00C3\u009C \u00C5\u00BB")]
    [InlineData(0xFF, "ÄŻ支", "\u008E??")]
    public void What_a_set_lacks_is_spelled_or_marked(byte code, string text, string latin) =>
        Assert.Equal(Encoding.Latin1.GetBytes(latin), Charset.Find(code)!.Encode(text));

    [Fact]
    public void A_cut_never_splits_a_character() => Assert.Equal("aü"u8.ToArray(), Charset.Utf8.Encode("aüü", most: 4));

    [Fact]
    public void Others_are_not_known() => Assert.Null(Charset.Find(0x07));
}
