using Sandbox.Journal;
using Terminal.Journal;
using Terminal.Payments;
using static Terminal.Tests.Journal.Orders;

namespace Terminal.Tests.Journal;

/// <summary>A copy of a journal that goes on meanwhile.</summary>
public sealed class BackupTests : IDisposable
{
    readonly TemporaryJournal place = new();
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("backup-");
    readonly SqliteJournal journal;
    readonly Ledger ledger;
    long free = long.MaxValue;

    public BackupTests()
    {
        journal = place.Open();
        ledger = new(journal);
        ledger.PayAll(1, 400);
    }

    public void Dispose()
    {
        journal.Dispose();
        place.Dispose();
        folder.Delete(recursive: true);
    }

    string Target => In("shop.db");

    [Fact]
    public void It_holds_the_same_entries_and_nothing_else_lies_beside_it()
    {
        Complete(Begin());

        Assert.Equal([Target], Files());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
        Assert.Equal(Files(), FilesAfterReading());
        using var salvage = new Salvage(Target);
        Assert.Equal(2000, salvage.Entries().Count(e => e.Verdict == SalvageVerdict.Intact));
    }

    [Fact]
    public void What_happens_between_the_slices_is_in_it_too()
    {
        ledger.PayAll(401, 4000);
        var (backup, slices) = (Begin(), 0);
        for (var n = 4001; backup.Step(); n++, slices++)
        {
            // In pages that are copied already, in those that are not, and at the end.
            journal.Acknowledge(n);
            ledger.Pay(n);
            journal.Checkpoint(slices % 2 == 0 ? 0 : long.MaxValue);
            if (slices == 3)
            {
                journal.Drop(new(100, journal.Read(100, 1)[0].Hash));
            }
            ledger.Commit([Requested(10_000 + n)], At);
        }

        Assert.InRange(slices, 6, 100);
        Check(Target);
        using var copy = new SqliteJournal(Target, create: false);
        Assert.Equal(slices, copy.OpenHeads().Count);
        Assert.Equal(100, copy.Anchor.Sequence);
        ledger.Pay(9000);
        Assert.Equal(copy.Last!.Sequence + 5, journal.Last!.Sequence);
    }

    [Fact]
    public void A_journal_of_nothing_can_be_backed_up()
    {
        using var other = new TemporaryJournal();
        using var fresh = other.Open();

        Complete(new(fresh, new(Target, folder.FullName), _ => free));

        using var copy = new SqliteJournal(Target, create: false);
        Assert.Equal((fresh.Epoch, null), (copy.Epoch, copy.Last));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-wal")]
    [InlineData("-journal")]
    public void A_file_that_is_there_is_never_replaced_nor_its_log_adopted(string suffix)
    {
        File.WriteAllText(Target + suffix, "precious");

        Refused("is there already; next step: another FILE");

        Assert.Equal("precious", File.ReadAllText(Target + suffix));
        Assert.Equal([Target + suffix], Files());
    }

    [Fact]
    public void A_file_that_comes_up_meanwhile_is_not_replaced_either()
    {
        var backup = Begin();
        Assert.True(backup.Step());
        File.WriteAllText(Target, "precious");

        Assert.EndsWith("next step: another FILE",
            Assert.Throws<BackupFailedException>(() => Complete(backup)).Message);

        Assert.Equal("precious", File.ReadAllText(Target));
        Assert.Equal([Target], Files());
    }

    [Theory]
    [InlineData("shop.db", false)]
    [InlineData("journal.db-wal", false)]
    [InlineData("journal.damaged", false)]
    [InlineData("journal-1-2.draft.backup", false)]
    [InlineData("journal.db.backup", true)]
    public void Beside_a_journal_its_name_can_mean_nothing_else(string name, bool isGood)
    {
        File.WriteAllText(In("journal.json"), "{}");
        var target = new BackupTarget(In(name), folder.FullName);

        var refusal = Record.Exception(() => Backup.Check(target));

        Assert.Equal(isGood, refusal is null);
        Assert.Contains(isGood ? "" : $"{Path.GetFileNameWithoutExtension(name)}.backup", refusal?.Message ?? "");
    }

    [Theory]
    [InlineData("shop.db")]
    [InlineData("/tmp/a\nb")]
    public void A_name_that_the_service_could_take_for_another_is_refused(string name) =>
        Assert.Throws<BackupFailedException>(() => Backup.Check(new(name, folder.FullName)));

    [Fact]
    public void Where_it_cannot_be_written_it_says_where_it_can()
    {
        var none = new BackupTarget(In("none/shop.db"), "/journals");
        Assert.EndsWith("next step: /journals/shop.backup, and from there copy it as root",
            Assert.Throws<BackupFailedException>(() => Backup.Check(none)).Message);
        var unwritable = new BackupTarget("/proc/shop.db", "/journals");
        Assert.EndsWith("next step: /journals/shop.backup, and from there copy it as root",
            Assert.Throws<BackupFailedException>(() => new Backup(journal, unwritable, _ => free)).Message);
        ledger.Pay(401);
    }

    [Fact]
    public void The_room_of_open_payments_is_not_taken()
    {
        free = Room.ReservedBytes + new FileInfo(place.Path).Length - 4096;
        var backup = Begin();

        Assert.Contains("kept for open payments",
            Assert.Throws<BackupFailedException>(() => backup.Step()).Message);

        Assert.Empty(Files());
        ledger.Pay(401);
    }

    [Fact]
    public void What_is_left_of_one_that_never_ended_is_removed_by_the_next()
    {
        var first = Begin();
        Assert.True(first.Step() && first.Step());
        var left = Assert.Single(Files());
        var bytes = File.ReadAllBytes(left);
        first.Dispose();
        Assert.Empty(Files());
        File.WriteAllBytes(left, bytes); // As a power cut leaves it.
        File.WriteAllBytes(left + "-journal", bytes);

        Complete(Begin());

        Check(Target);
        Assert.Equal([Target], Files());
    }

    [Fact]
    public void A_journal_that_is_closed_ends_it_as_its_own_failure()
    {
        using var backup = Begin();
        Assert.True(backup.Step() && backup.Step());
        journal.Dispose();

        Assert.Throws<JournalFailedException>(() => backup.Step());

        Assert.Empty(Files());
    }

    [Fact]
    public void A_store_that_has_none_says_what_else_to_do()
    {
        using var other = new MemoryJournal();

        Assert.Contains("next step: with the service stopped, copy", Assert.Throws<BackupFailedException>(
            () => new Backup(other, new(Target, folder.FullName), _ => free)).Message);
    }

    string In(string name) => Path.Combine(folder.FullName, name);

    string[] Files() => Directory.GetFiles(folder.FullName);

    Backup Begin() => new(journal, new(Target, folder.FullName), _ => free);

    void Refused(string why) => Assert.Contains(why, Assert.Throws<BackupFailedException>(Begin).Message);

    static void Complete(Backup backup)
    {
        while (backup.Step())
        {
            Assert.InRange(backup.Progress.Bytes, 0, backup.Progress.All);
        }
        Assert.Equal(backup.Progress.All, backup.Progress.Bytes);
    }

    string[] FilesAfterReading()
    {
        Check(Target);
        return Files();
    }

    void Check(string file)
    {
        using var copy = new SqliteJournal(file, create: false);
        JournalCopy.Compare(journal, copy);
        Assert.Empty(copy.Inspect());
    }
}
