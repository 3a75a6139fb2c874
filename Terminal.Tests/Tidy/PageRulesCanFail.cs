namespace Terminal.Tests.Tidy;

/// <summary>What is held against the architecture page finds what it is there to find.</summary>
public sealed class PageRulesCanFail
{
    static readonly SourceFile[] Product =
    [
        new("Terminal/Program.cs", "Run();"),
        new("Terminal/Ecr/Blocks/Frame.cs", "namespace Terminal.Ecr.Blocks;\n\nsealed class Frame { int Crc; }"),
    ];

    static SourceFile Page(string text) => new(ArchitecturePage.Path, text);

    static SourceFile Glossary(string row) =>
        Page("| shop | a `Shop` | `Shop` | Frame |\n\n## Glossary\n\n| word | what | type | not |\n|---|---|---|---|\n"
            + row);

    [Fact]
    public void A_folder_without_a_row() => Assert.Equal(
        ["Terminal/README.md:1: Ecr/Blocks/ has no row among the folders"],
        ArchitecturePage.Folders(Page("| `Ecr/` | the till |\n"), Product));

    [Fact]
    public void A_row_without_a_folder() => Assert.Equal(["Terminal/README.md:3: Attic/ is no folder"],
        ArchitecturePage.Folders(Page("| `Ecr/` | |\n| `Ecr/Blocks/` | |\n| `Attic/` | |\n"), Product));

    [Theory]
    [InlineData("`Frame`, `Frame.Crc`, `Program.cs`, `Blocks/Frame.cs`, `terminal`, `80 00 00`", 0)]
    [InlineData("`Block`", 1)]
    [InlineData("`Frame.Sum`", 1)]
    [InlineData("`Block.cs`", 1)]
    [InlineData("`Lines/Frame.cs`", 1)]
    public void A_name_that_nothing_has(string text, int findings) =>
        Assert.Equal(findings, ArchitecturePage.Names(Page(text), Product).Count());

    [Theory]
    [InlineData("[a](../README.md) [e](https://a.bc) [b](Ecr/Blocks) [c](#two-words-here) [d](../README.md#top)", 0)]
    [InlineData("[a](Ecr/Attic)", 1)]
    [InlineData("[a](README.md#attic)", 1)]
    [InlineData("[a](#attic)", 1)]
    [InlineData("[a](Ecr/Blocks#attic)", 1)]
    public void A_link_that_leads_nowhere(string links, int findings)
    {
        SourceFile[] pages = [Page($"## Two words, here\n{links}"), new("README.md", "# Top\n")];
        string[] there = ["README.md", "Terminal/README.md", "Terminal/Ecr/Blocks"];
        Assert.Equal(findings, PageLinks.Broken(pages[0], pages.ToDictionary(p => p.Path), there.Contains).Count());
    }

    [Fact]
    public void A_type_of_the_glossary_that_is_gone() => Assert.Equal(["Terminal/README.md:7: Block is no type"],
        ArchitecturePage.Types(
            Glossary("| block | bytes | `Frame`, `Block` | |\n"), new HashSet<string>(["Frame"])));

    [Fact]
    public void A_page_without_a_glossary() => Assert.Throws<InvalidDataException>(
        () => ArchitecturePage.Types(Page("# Architecture\n"), new HashSet<string>()).Count());

    [Theory]
    [InlineData("class ReceiptSlip { }")]
    [InlineData("record struct SlipLine(int A);")]
    [InlineData("interface ISlip { }")]
    public void A_word_that_the_glossary_does_not_want(string code) => Assert.Single(ArchitecturePage.OtherWords(
        Glossary("| receipt | paper | | Slip, Ticket |\n"), new("Terminal/Ecr/Frame.cs", code)));

    [Theory]
    [InlineData("class Slippage { }")]
    [InlineData("class Receipt { int Slip; } // class Slip")]
    [InlineData("class Frame { }")]
    public void A_word_that_only_begins_alike_passes(string code) => Assert.Empty(ArchitecturePage.OtherWords(
        Glossary("| receipt | paper | | Slip, Ticket |\n"), new("Terminal/Ecr/Frame.cs", code)));
}
