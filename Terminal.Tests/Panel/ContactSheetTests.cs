using Sandbox.Panel;
using Terminal.Tests.Tidy;

namespace Terminal.Tests.Panel;

/// <summary>The screens as they look. APPROVE=1 in the environment rewrites the picture.</summary>
public sealed class ContactSheetTests
{
    [Fact]
    public void The_screens_look_as_approved() => Compare("screens.png", ContactSheet.Draw());

    [Fact]
    public void The_overview_looks_as_approved() => Compare("overview.png", ContactSheet.Overview());

    [Fact]
    public void The_screens_verb_writes_the_sheet_and_refuses_other_arguments()
    {
        var file = Path.GetTempFileName();
        Assert.Equal(0, ScreensVerb.Run(["--out", file]));
        Assert.Equal(ContactSheet.Draw().Pixels, Png.Read(File.ReadAllBytes(file)).Pixels);
        File.Delete(file);
        Assert.Equal(64, ScreensVerb.Run([]));
    }

    [Fact]
    public void The_checksum_of_a_chunk_is_crc_32() =>
        Assert.Equal(0xCBF43926u, Png.Crc32("123456789"u8));

    [Fact]
    public void An_empty_end_chunk_is_written_with_its_known_checksum() =>
        Assert.Equal(Convert.FromHexString("0000000049454E44AE426082"), Png.Write(new GreyPicture(1, 1))[^12..]);

    static void Compare(string name, GreyPicture sheet)
    {
        var file = Repository.PathOf($"Terminal.Tests/Panel/{name}");
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            File.WriteAllBytes(file, Png.Write(sheet));
        }
        var approved = Png.Read(File.ReadAllBytes(file));
        Assert.Equal((approved.Width, approved.Height), (sheet.Width, sheet.Height));
        Assert.True(approved.Pixels.AsSpan().SequenceEqual(sheet.Pixels), "a screen changed; look at it, then approve");
    }
}
