using Sandbox.Disk;
using Sandbox.PowerCut;
using SQLitePCL;
using Terminal.Journal;
using Terminal.Tests.Journal;
using static Terminal.Tests.Journal.Orders;

namespace Terminal.Tests.Disk;

/// <summary>Each single call on the files of a backup fails once; the journal must not notice.</summary>
public sealed class BackupDiskTests : IDisposable
{
    readonly TemporaryJournal place = new();
    readonly ScratchFolder folder = new();
    readonly SqliteJournal journal;
    readonly Ledger ledger;
    int paid = 200;

    public BackupDiskTests()
    {
        journal = place.Open();
        ledger = new(journal);
        ledger.PayAll(1, paid);
    }

    public void Dispose()
    {
        journal.Dispose();
        place.Dispose();
        folder.Dispose();
    }

    string Target => Path.Combine(folder.Path, "shop.db");

    [Theory]
    [InlineData(DiskTrouble.Error)]
    [InlineData(DiskTrouble.ErrorAfterwards)]
    [InlineData(DiskTrouble.Full)]
    public void A_disk_that_fails_costs_the_backup_and_nothing_else(DiskTrouble trouble)
    {
        var failed = new HashSet<Type>();
        for (var call = 1; Fail(call, trouble) is { } kind; call++)
        {
            failed.Add(kind);
        }
        Assert.Superset(
            new HashSet<Type>([typeof(DiskCall.Open), typeof(DiskCall.Write), typeof(DiskCall.Flush)]), failed);
    }

    [Fact]
    public void A_disk_that_is_full_says_so()
    {
        using var disk = TinyDisk.Mount(folder.Path);
        using var backup = new Backup(journal, new(Target, folder.Path), _ => long.MaxValue);
        Assert.True(backup.Step());
        disk.Fill();

        var e = Assert.Throws<BackupFailedException>(() =>
        {
            while (backup.Step())
            {
                ledger.Pay(++paid);
            }
        });

        Assert.EndsWith("next step: free some space there", e.Message);
        Assert.False(e.MayBeDamage);
        Assert.DoesNotContain(Target, Directory.GetFiles(folder.Path));
        ledger.Pay(++paid);
        Assert.Empty(new Audit(journal).Everything());
    }

    [Fact]
    public void A_journal_that_cannot_be_read_is_found_out_by_reading_it()
    {
        var path = Path.Combine(folder.Path, "journal.db");
        var card = new DyingCard();
        using var watched = DiskLayer.Watch(folder.Path, card);
        using (var fresh = new SqliteJournal(path))
        {
            new Ledger(fresh).PayAll(1, 1000);
        }
        using var store = new SqliteJournal(path);
        using var elsewhere = new ScratchFolder();
        using var orders = new BackupOrders(store, elsewhere.Path) { FreeBytes = _ => long.MaxValue };
        var time = new ManualTime();
        var maintenance = new Maintenance(store, new(Path.Combine(elsewhere.Path, "mark")), new(time))
        {
            Backups = orders,
        };
        var target = Path.Combine(elsewhere.Path, "shop.db");
        orders.Order(target);
        void Run()
        {
            time.Advance(TimeSpan.FromSeconds(1));
            maintenance.Step();
        }
        Run();
        Run();
        card.IsDead = true;

        while (orders.IsPending)
        {
            Run();
        }

        Assert.StartsWith("error: no backup: ", orders.Progress(target));
        Assert.Null(maintenance.Damage);
        Assert.True(Assert.Throws<JournalFailedException>(() =>
        {
            while (maintenance.Damage is null)
            {
                Run();
            }
        }).IsDamage);
        Assert.NotNull(maintenance.Damage);
    }

    /// <returns>What failed; null: there are not so many calls.</returns>
    Type? Fail(int call, DiskTrouble trouble)
    {
        var disk = new FaultyDisk(call, trouble);
        using (DiskLayer.Watch(folder.Path, disk))
        {
            var failure = Record.Exception(() =>
            {
                using var backup = new Backup(journal, new(Target, folder.Path), _ => long.MaxValue);
                while (backup.Step())
                {
                    ledger.Pay(++paid);
                }
            });
            Assert.True(failure is null or BackupFailedException, $"{disk.Failed}: {failure}");
            Assert.Equal(failure is null, File.Exists(Target));
            Assert.Equal(failure is null ? 1 : 0, Directory.GetFiles(folder.Path).Length);
        }
        if (File.Exists(Target))
        {
            // SQLite can do without some calls.
            using var copy = new SqliteJournal(Target, create: false);
            JournalCopy.Compare(journal, copy);
        }
        File.Delete(Target);
        ledger.Pay(++paid);
        Assert.Empty(new Audit(journal).Everything());
        return disk.Failed?.GetType();
    }

    /// <summary>Nothing can be read from it any more.</summary>
    sealed class DyingCard : DiskWatch
    {
        public bool IsDead { get; set; }

        public override DiskFault? Before(DiskCall call) =>
            IsDead && call is DiskCall.Read ? new(raw.SQLITE_IOERR_READ, false) : null;
    }
}
