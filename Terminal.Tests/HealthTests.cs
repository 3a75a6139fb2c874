using Terminal.Device;
using Terminal.Journal;
using Terminal.Panel.Words;

namespace Terminal.Tests;

/// <summary>What stays on the display when a start failed.</summary>
public sealed class HealthTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("health-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_journal_in_use_is_not_writable() => Assert.Equal(FieldCodes.JournalDown, CodeOf(() =>
    {
        using var other = Place.Open(create: true);
        Place.Open(create: true);
    }));

    [Fact]
    public void A_journal_that_cannot_be_read_is_damaged() => Assert.Equal(FieldCodes.JournalDamaged, CodeOf(() =>
    {
        Place.Open(create: true).Dispose();
        File.WriteAllBytes(Path.Combine(Place.Home, "log.0"), new byte[9000]);
        Place.Open(create: true);
    }));

    [Fact]
    public void A_journal_that_is_gone_or_another_one_is_not_ours()
    {
        Place.Open(create: true).Dispose();
        Directory.Delete(Place.Home, recursive: true);
        Assert.Equal(FieldCodes.JournalNotOurs, CodeOf(() => Place.Open(create: true)));

        Directory.CreateDirectory(Place.Home);
        PaymentJournal.Create(Place.Home);
        Assert.Equal(FieldCodes.JournalNotOurs, CodeOf(() => Place.Open(create: true)));
    }

    [Fact]
    public void Any_other_setting_has_no_code_but_the_gateways()
    {
        Assert.Equal(FieldCodes.NotProvisioned, Health.CodeOf(new SettingsException("acquirer.key", "x", "y")));
        Assert.Null(Health.CodeOf(new SettingsException("ecr.baud", "x", "y")));
    }

    JournalPlace Place => new(folder.FullName);

    static FieldCode? CodeOf(Action start) => Health.CodeOf(Assert.ThrowsAny<Exception>(start));
}
