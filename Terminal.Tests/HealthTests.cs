using Terminal.Device;
using Terminal.Journal;
using Terminal.Panel;

namespace Terminal.Tests;

/// <summary>What stays on the display when a start failed.</summary>
public sealed class HealthTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("health-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_journal_in_use_is_not_writable() => Assert.Equal(FieldCodes.JournalDown, CodeOf(() =>
    {
        using var other = Place.Open(null, create: true);
        Place.Open(null, create: true);
    }));

    [Fact]
    public void A_journal_that_cannot_be_read_is_damaged() => Assert.Equal(FieldCodes.JournalDamaged, CodeOf(() =>
    {
        Place.Open(null, create: true).Dispose();
        File.WriteAllBytes(Place.PathOf(StoreKind.Sqlite), new byte[9000]);
        Place.Open(null, create: true);
    }));

    [Fact]
    public void A_journal_that_is_gone_or_another_one_is_not_ours()
    {
        Place.Open(null, create: true).Dispose();
        File.Delete(Place.PathOf(StoreKind.Sqlite));
        Assert.Equal(FieldCodes.JournalNotOurs, CodeOf(() => Place.Open(null, create: true)));

        new SqliteJournal(Place.PathOf(StoreKind.Sqlite)).Dispose();
        Assert.Equal(FieldCodes.JournalNotOurs, CodeOf(() => Place.Open(null, create: true)));
        Assert.Equal(FieldCodes.JournalNotOurs, CodeOf(() => Place.Open(StoreKind.LiteDb, create: true)));
    }

    [Fact]
    public void Any_other_setting_has_no_code_but_the_gateways()
    {
        Assert.Equal(FieldCodes.NotProvisioned, Health.CodeOf(new SettingsException("acquirer.key", "x", "y")));
        Assert.Null(Health.CodeOf(new SettingsException("ecr.baud", "x", "y")));
    }

    JournalPlace Place => new(folder.FullName, (_, path, create, origin) => new SqliteJournal(path, create, origin));

    static FieldCode? CodeOf(Action start) => Health.CodeOf(Assert.ThrowsAny<Exception>(start));
}
