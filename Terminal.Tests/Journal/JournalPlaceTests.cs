using System.Diagnostics;
using Terminal.Device;
using Terminal.Journal;
using Terminal.Journal.Upkeep;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests.Journal;

/// <summary>The folder of a terminal's journal: what is begun, continued and refused.</summary>
public sealed class JournalPlaceTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("place-");

    JournalPlace Place => new(folder.FullName);

    string Identity => Path.Combine(folder.FullName, "journal.json");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void The_first_start_makes_a_journal_and_later_ones_go_on_with_it()
    {
        var epoch = Fill(1);

        using var again = Place.Open(create: true);
        Assert.Equal(epoch, again.Epoch);
        Assert.Equal(5, again.Last!.Sequence);
        Assert.Equal(["journal", "journal.json"], folder.GetFileSystemInfos().Select(f => f.Name).Order());
    }

    [Fact]
    public void What_is_made_is_for_its_user_alone_whatever_the_umask()
    {
        Fill(1);

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Place.Home));
        Assert.All(Directory.GetFiles(Place.Home), file =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void A_journal_that_is_missing_or_replaced_is_refused()
    {
        Fill(1);
        Directory.Move(Place.Home, Place.Home + ".away");

        Assert.Contains("new-epoch", Refused());
        Directory.CreateDirectory(Place.Home);
        PaymentJournal.Create(Place.Home);
        Assert.Contains("new-epoch", Refused());
        Directory.Delete(Place.Home, recursive: true);
        Directory.Move(Place.Home + ".away", Place.Home);
        Place.Open(create: true).Dispose();
    }

    [Fact]
    public void A_journal_without_the_file_that_names_it_goes_on_and_gets_one()
    {
        var epoch = Fill(1);
        File.Delete(Identity);

        using (var journal = Place.Open(create: true))
        {
            Assert.Equal((epoch, 5), (journal.Epoch, journal.Last!.Sequence));
        }
        Assert.Equal(epoch, JournalIdentity.Read(Identity)!.Epoch);
    }

    [Fact]
    public void A_damaged_identity_is_refused()
    {
        Fill(1);
        File.WriteAllText(Identity, "{\"format\":1");

        var e = Assert.Throws<JournalFailedException>(() => Place.Open(create: true));
        Assert.True(e.IsDamage);
        Assert.Contains("new-epoch", e.Message);
    }

    /// <summary>Neither is it "none yet", which would begin a journal beside the one that is there.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_identity_that_cannot_be_read_is_no_setting(bool isFolder)
    {
        Fill(1);
        var file = Path.Combine(folder.FullName, "journal.json");
        File.Delete(file);
        _ = isFolder ? Directory.CreateDirectory(file) : File.CreateSymbolicLink(file, "/nowhere/at.all");

        Assert.False(Assert.Throws<JournalFailedException>(() => Place.Open(create: true)).IsDamage);
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

    [Theory]
    [InlineData("journal.json", "\"format\":1", "\"format\":2")]
    [InlineData("journal.json", "\"format\":1,", "")]
    [InlineData("journal/bound", null, null)]
    [InlineData("journal/log.0", null, null)]
    public void What_another_version_wrote_is_said_to_be_so_and_not_touched(string file, string? from, string? to)
    {
        Fill(1);
        var path = Path.Combine(folder.FullName, file);
        if (from is null)
        {
            TemporaryJournal.Flip(path, at: 4, mask: 2);
            if (file.EndsWith("bound", StringComparison.Ordinal))
            {
                TemporaryJournal.Flip(path, at: 4096 + 4, mask: 2);
            }
        }
        else
        {
            File.WriteAllText(path, File.ReadAllText(path).Replace(from, to));
        }
        var before = File.ReadAllBytes(path);

        var e = Assert.Throws<JournalFailedException>(() => Place.Open(create: true));

        Assert.True(e.IsForeign && !e.IsDamage);
        Assert.Contains("next step: install that version", e.Message);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData("journal.db")]
    [InlineData("journal.litedb")]
    public void A_journal_of_the_earlier_program_is_refused_and_not_touched(string name)
    {
        File.WriteAllText(Path.Combine(folder.FullName, name), "SQLite format 3");

        Assert.Contains($"{name}, a journal of an earlier version", Refused());
        Assert.Equal([name], folder.GetFileSystemInfos().Select(f => f.Name));
    }

    [Fact]
    public void Where_no_journal_is_only_the_service_makes_one()
    {
        Assert.Throws<SettingsException>(() => Place.Open(create: false));
        Assert.Throws<SettingsException>(() => Place.Look());
        Assert.Empty(folder.GetFileSystemInfos());
    }

    [Fact]
    public void A_power_cut_while_the_first_one_is_made_leaves_none_or_all_of_it()
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "journal-00000000000000aa-1.draft"));
        File.WriteAllText(Path.Combine(folder.FullName, "journal-00000000000000aa-1.draft", "log.0"), "");
        Fill(1);
        Assert.Empty(folder.GetDirectories("*.draft"));

        var epoch = JournalIdentity.Read(Identity)!.Epoch;
        Directory.Move(Place.Home, Path.Combine(folder.FullName, $"journal-{epoch}-1.draft"));
        using var journal = Place.Open(create: true);
        Assert.Equal(5, journal.Last!.Sequence);
    }

    [Fact]
    public void It_can_be_looked_at_while_somebody_else_has_it_open()
    {
        using var owner = Place.Open(create: true);
        var ledger = new Ledger(owner);
        ledger.Pay(1);
        Assert.Contains(
            "another process", Assert.Throws<JournalFailedException>(() => Place.Open(create: true)).Message);

        using var seen = Place.Look();

        Assert.Equal(5, seen.Last!.Sequence);
        Assert.Empty(new Audit(seen).Everything());
        ledger.Pay(2);
    }

    [Fact]
    public void In_another_users_folder_nothing_is_written_and_the_next_step_is_told()
    {
        // A folder that root gave away, or one of root's.
        var foreign = Environment.IsPrivilegedProcess ? folder.FullName : "/usr";
        if (Environment.IsPrivilegedProcess)
        {
            Fill(1);
            using var give = Process.Start("chown", ["65534", foreign]);
            give.WaitForExit();
        }

        var denied = Assert.Throws<UnauthorizedAccessException>(() => new JournalPlace(foreign).BeginEpoch(At));

        Assert.Contains("sudo -u", denied.Message);
        Assert.Empty(new DirectoryInfo(foreign).GetDirectories("*.aside"));
    }

    string Refused() => Assert.Throws<SettingsException>(() => Place.Open(create: true)).Message;

    string Fill(int payments)
    {
        using var journal = Place.Open(create: true);
        var ledger = new Ledger(journal);
        for (var n = 1; n <= payments; n++)
        {
            ledger.Pay(n);
        }
        journal.Acknowledge(2);
        return journal.Epoch;
    }
}
