using Sandbox.Journal;
using Terminal.Journal;
using Terminal.Journal.Log;
using Terminal.Journal.Upkeep;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests.Journal.Upkeep;

/// <summary>A copy of a journal that goes on meanwhile.</summary>
public sealed class BackupTests : IDisposable
{
    readonly TemporaryJournal place = new(room: 256 << 10);
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("backup-");
    readonly PaymentJournal journal;
    readonly Ledger ledger;
    long free = long.MaxValue;

    public BackupTests()
    {
        journal = place.Open();
        ledger = new(journal);
        ledger.PayEach(1, 400);
    }

    public void Dispose()
    {
        journal.Dispose();
        place.Dispose();
        folder.Delete(recursive: true);
    }

    string Target => In("shop");

    [Fact]
    public void It_holds_the_same_entries_and_nothing_else_lies_beside_it()
    {
        Complete(Begin());

        Assert.Equal([Target], Names());
        Check(Target);
        Assert.Equal([Target], Names());
        using var salvage = new Salvage(Target);
        Assert.Equal(2000, salvage.Entries().Count(e => e.Verdict == SalvageVerdict.Intact));
    }

    [Fact]
    public void It_is_as_the_journal_was_when_it_began_whatever_happens_meanwhile()
    {
        ledger.Commit([Requested(401)], At);
        var last = (int)journal.Last!.Sequence;
        using var seen = new PaymentJournal(place.Path, isReadOnly: true); // As the verb does beside a service.
        var (backup, slices) = (new Backup(seen, Target, _ => free), 0);
        for (var n = 4001; backup.Step(); n++, slices++)
        {
            journal.Acknowledge(n);
            ledger.PayEach(10 * n, (10 * n) + 9); // So that segments end and are sealed meanwhile.
            journal.Tend();
        }

        Assert.InRange(slices, 6, 100);
        using var copy = new PaymentJournal(Target, isReadOnly: true);
        Assert.Empty(new Audit(copy).Everything());
        Assert.Single(copy.OpenHeads());
        Assert.Equal(last, copy.Last!.Sequence);
        Same.Entries(journal.Read(1, last), copy.Read(1, last + 1));
    }

    [Fact]
    public void A_part_that_is_dropped_meanwhile_ends_it()
    {
        using var seen = new PaymentJournal(place.Path, isReadOnly: true);
        var backup = new Backup(seen, Target, _ => free);
        Assert.True(backup.Step());
        Array.ForEach(Directory.GetFiles(place.Path, "*.sealed"), File.Delete);

        Assert.EndsWith("next step: the same command again",
            Assert.Throws<BackupFailedException>(() => Complete(backup)).Message);

        Assert.Empty(Names());
    }

    [Fact]
    public void A_journal_of_nothing_can_be_backed_up()
    {
        using var other = new TemporaryJournal();
        using var fresh = other.Open();

        Complete(new(fresh, Target, _ => free));

        using var copy = new PaymentJournal(Target, isReadOnly: true);
        Assert.Equal((fresh.Epoch, null), (copy.Epoch, copy.Last));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_there_is_never_replaced(bool meanwhile)
    {
        var backup = meanwhile ? Begin() : null;
        backup?.Step();
        Directory.CreateDirectory(Target);

        Assert.EndsWith("is there already; next step: another FOLDER",
            Assert.Throws<BackupFailedException>(() => Complete(backup ?? Begin())).Message);

        Assert.Equal([Target], Names());
        Assert.Empty(Directory.GetFiles(Target));
    }

    [Theory]
    [InlineData("shop", false)]
    [InlineData("journal.damaged", false)]
    [InlineData("journal-1-2.draft.backup", false)]
    [InlineData("journal.backup", true)]
    public void Beside_a_journal_its_name_can_mean_nothing_else(string name, bool isGood)
    {
        File.WriteAllText(In("journal.json"), "{}");

        var refusal = Record.Exception(() => Complete(new(journal, In(name), _ => free)));

        Assert.Equal(isGood, refusal is null);
        Assert.Contains(isGood ? "" : "a name that ends in .backup", refusal?.Message ?? "");
    }

    [Theory]
    [InlineData("none/shop")]
    [InlineData("/proc/shop")]
    [InlineData("/")]
    public void Where_it_cannot_be_written_another_folder_is_asked_for(string name)
    {
        Assert.EndsWith("next step: another FOLDER",
            Assert.Throws<BackupFailedException>(() => new Backup(journal, In(name), _ => free)).Message);
        ledger.Pay(401);
    }

    [Fact]
    public void The_room_of_open_payments_is_not_taken()
    {
        free = Room.ReservedBytes + 4096;
        var backup = Begin();

        Assert.Contains("kept for open payments",
            Assert.Throws<BackupFailedException>(() => backup.Step()).Message);

        Assert.Empty(Names());
        ledger.Pay(401);
    }

    [Fact]
    public void What_is_left_of_one_that_never_ended_is_removed_by_the_next()
    {
        var first = Begin();
        Assert.True(first.Step() && first.Step());
        var left = Assert.Single(Names());
        first.Dispose();
        Assert.Empty(Names());
        Directory.CreateDirectory(left); // As a power cut leaves it.
        File.WriteAllText(Path.Combine(left, Bound.Name), "half");

        Complete(Begin());

        Check(Target);
        Assert.Equal([Target], Names());
    }

    string In(string name) => Path.Combine(folder.FullName, name);

    string[] Names() => Directory.GetFileSystemEntries(folder.FullName);

    Backup Begin() => new(journal, Target, _ => free);

    static void Complete(Backup backup)
    {
        while (backup.Step())
        {
            Assert.InRange(backup.Progress.Bytes, 0, backup.Progress.All);
        }
        Assert.Equal(backup.Progress.All, backup.Progress.Bytes);
    }

    void Check(string copied)
    {
        using var copy = new PaymentJournal(copied, isReadOnly: true);
        Assert.Null(JournalsAlike.Difference(journal, copy));
    }
}
