using System.Diagnostics;
using Terminal.Device;
using Terminal.Journal;
using static Terminal.Tests.Journal.Orders;

namespace Terminal.Tests.Journal;

/// <summary>
/// The choice of the store. Both kinds are SQLite here, each at its own path, so that the choice is tested in every
/// build; <see cref="JournalContract"/> tests the stores.
/// </summary>
public sealed class JournalPlaceTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("place-");
    int failAt = int.MaxValue;
    int opened;

    JournalPlace Place => PlaceAt(folder.FullName);

    JournalPlace PlaceAt(string where) => new(where, (kind, path, create, origin) =>
    {
        if (++opened == failAt)
        {
            throw new JournalFailedException("injected");
        }
        if (kind == StoreKind.Sqlite)
        {
            return new SqliteJournal(path, create, origin);
        }
        if (create)
        {
            Directory.CreateDirectory(path);
        }
        return new SqliteJournal(Path.Combine(path, "data"), create, origin);
    });

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(null, StoreKind.Sqlite)]
    [InlineData(StoreKind.Sqlite, StoreKind.Sqlite)]
    [InlineData(StoreKind.LiteDb, StoreKind.LiteDb)]
    public void The_first_start_writes_down_which_store_it_chose_and_later_ones_keep_it(
        StoreKind? wanted, StoreKind chosen)
    {
        var epoch = Fill(wanted, 1);

        using var again = Place.Open(wanted: null, create: true);
        Assert.Equal(epoch, again.Epoch);
        Assert.Equal(5, again.Last!.Sequence);
        Assert.True(Path.Exists(Place.PathOf(chosen)));
        Assert.False(Path.Exists(Place.PathOf(chosen == StoreKind.Sqlite ? StoreKind.LiteDb : StoreKind.Sqlite)));
    }

    [Theory]
    [InlineData(StoreKind.Sqlite, StoreKind.LiteDb)]
    [InlineData(StoreKind.LiteDb, StoreKind.Sqlite)]
    public void Another_store_than_the_one_in_use_is_refused_with_the_next_step(StoreKind first, StoreKind second)
    {
        Fill(first, 1);

        var e = Assert.Throws<SettingsException>(() => Place.Open(second, create: true));
        Assert.Contains($"journal convert --to {second}".ToLowerInvariant(), e.Message);
        File.Delete(Path.Combine(folder.FullName, "journal.json"));
        e = Assert.Throws<SettingsException>(() => Place.Open(second, create: true));
        Assert.Contains($"journal convert --to {second}".ToLowerInvariant(), e.Message);
        Place.Open(wanted: null, create: true).Dispose();
    }

    [Fact]
    public void A_journal_that_is_missing_replaced_or_doubled_is_refused()
    {
        Fill(null, 1);
        var file = Place.PathOf(StoreKind.Sqlite);
        File.Move(file, file + ".away");

        Assert.Contains("new-epoch", Refused());
        new SqliteJournal(file).Dispose();
        Assert.Contains("new-epoch", Refused());
        File.Move(file + ".away", file, overwrite: true);
        Place.Open(null, create: true).Dispose();
        Directory.CreateDirectory(Place.PathOf(StoreKind.LiteDb));
        Assert.Contains("another journal", Refused());
        File.Delete(Path.Combine(folder.FullName, "journal.json"));
        Assert.Contains("one of them alone", Refused());
    }

    [Fact]
    public void A_damaged_identity_is_refused()
    {
        Fill(null, 1);
        File.WriteAllText(Path.Combine(folder.FullName, "journal.json"), "{\"store\":\"Sqlite\"");

        var e = Assert.Throws<JournalFailedException>(() => Place.Open(null, create: true));
        Assert.True(e.IsDamage);
        Assert.Contains("new-epoch", e.Message);
    }

    /// <summary>Neither is it "none yet", which would begin a journal beside the one that is there.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_identity_that_cannot_be_read_is_no_setting(bool isFolder)
    {
        Fill(null, 1);
        var file = Path.Combine(folder.FullName, "journal.json");
        File.Delete(file);
        _ = isFolder ? Directory.CreateDirectory(file) : File.CreateSymbolicLink(file, "/nowhere/at.all");

        Assert.False(Assert.Throws<JournalFailedException>(() => Place.Open(null, create: true)).IsDamage);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_mark_that_cannot_be_read_counts_as_one(bool isFolder)
    {
        var file = Path.Combine(folder.FullName, "journal.damaged");
        Assert.Null(Place.Mark.Text);

        _ = isFolder ? Directory.CreateDirectory(file) : File.CreateSymbolicLink(file, "/nowhere/at.all");

        Assert.StartsWith("found earlier: ", Place.Mark.Text);
    }

    [Fact]
    public void Where_no_journal_is_only_the_service_makes_one()
    {
        Assert.Throws<SettingsException>(() => Place.Open(null, create: false));
        Assert.Throws<SettingsException>(() => Place.Convert(StoreKind.LiteDb));
        Assert.Empty(folder.GetFileSystemInfos());
    }

    [Fact]
    public void Converting_there_and_back_changes_nothing_but_the_place()
    {
        Fill(null, 3);
        var before = Read();

        Place.Convert(StoreKind.LiteDb);
        Compare(before, Read());
        Assert.False(File.Exists(Place.PathOf(StoreKind.Sqlite)));
        Assert.Contains("already", Place.Convert(StoreKind.LiteDb));
        Place.Convert(StoreKind.Sqlite);
        Place.Convert(StoreKind.LiteDb);
        Place.Convert(StoreKind.Sqlite);

        Compare(before, Read());
        Assert.Equal(4, folder.GetDirectories("*.aside").Length);
        using var journal = Place.Open(StoreKind.Sqlite, create: true);
        Assert.Equal(16, new Ledger(journal).Commit([Requested(9)], At).Sequence);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_conversion_that_ends_before_it_is_decided_leaves_the_old_journal(int failing)
    {
        Fill(null, 3);
        var before = Read();
        (opened, failAt) = (0, failing);

        Assert.Throws<JournalFailedException>(() => Place.Convert(StoreKind.LiteDb));

        failAt = int.MaxValue;
        Compare(before, Read());
        Place.Open(StoreKind.Sqlite, create: true).Dispose();
        Place.Convert(StoreKind.LiteDb);
        Compare(before, Read());
        Assert.Empty(folder.GetFileSystemInfos("*.draft*"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_conversion_that_was_decided_is_finished_by_whoever_opens_next(bool oldIsAside)
    {
        Fill(null, 3);
        var before = Read();
        Place.Convert(StoreKind.LiteDb);
        // Back to what a power cut leaves between its last steps.
        Directory.Move(
            Place.PathOf(StoreKind.LiteDb), Path.Combine(folder.FullName, $"journal-{before.Epoch}-2.draft"));
        if (!oldIsAside)
        {
            var aside = Path.Combine(folder.FullName, $"journal-{before.Epoch}-1.aside");
            File.Move(Path.Combine(aside, "journal.db"), Place.PathOf(StoreKind.Sqlite));
            Directory.Delete(aside);
        }

        Compare(before, Read());
        Assert.False(File.Exists(Place.PathOf(StoreKind.Sqlite)));
        Place.Open(StoreKind.LiteDb, create: true).Dispose();
    }

    [Fact]
    public void A_damaged_journal_is_not_converted()
    {
        Fill(null, 3);
        File.WriteAllBytes(Place.PathOf(StoreKind.Sqlite), new byte[5000]);

        Assert.Throws<JournalFailedException>(() => Place.Convert(StoreKind.LiteDb));
        Assert.False(Path.Exists(Place.PathOf(StoreKind.LiteDb)));
    }

    [Fact]
    public void In_another_users_folder_nothing_is_written_and_the_next_step_is_told()
    {
        // A folder that root gave away, or one of root's.
        var foreign = Environment.IsPrivilegedProcess ? folder.FullName : "/usr";
        if (Environment.IsPrivilegedProcess)
        {
            Fill(null, 1);
            using var give = Process.Start("chown", ["65534", foreign]);
            give.WaitForExit();
        }
        opened = 0;
        var place = PlaceAt(foreign);

        Assert.Contains("sudo -u", Denied(() => place.Convert(StoreKind.LiteDb)));
        Assert.Contains("sudo -u", Denied(() => place.BeginEpoch(null, At)));
        Assert.Equal(0, opened);

        static string Denied(Func<object> act) => Assert.Throws<UnauthorizedAccessException>(act).Message;
    }

    string Refused() => Assert.Throws<SettingsException>(() => Place.Open(null, create: true)).Message;

    string Fill(StoreKind? wanted, int payments)
    {
        using var journal = Place.Open(wanted, create: true);
        var ledger = new Ledger(journal);
        for (var n = 1; n <= payments; n++)
        {
            ledger.Pay(n);
        }
        journal.Acknowledge(2);
        return journal.Epoch;
    }

    Content Read()
    {
        using var journal = Place.Open(wanted: null, create: false);
        Assert.Empty(new Audit(journal).Everything());
        return new(journal.Epoch, journal.Acknowledged, journal.Read(1, 100), journal.ReadHeads(1, 100));
    }

    static void Compare(Content expected, Content actual)
    {
        Assert.Equal((expected.Epoch, expected.Acknowledged), (actual.Epoch, actual.Acknowledged));
        Same.Entries(expected.Entries, actual.Entries);
        Assert.Equal(expected.Heads, actual.Heads);
    }

    sealed record Content(string Epoch, long Acknowledged, IReadOnlyList<Entry> Entries, IReadOnlyList<Head> Heads);
}
