using Sandbox.Disk;
using Sandbox.PowerCut;
using Terminal.Journal;
using Terminal.Journal.Log;
using Terminal.Journal.Upkeep;
using Terminal.Tests.Journal;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests.Disk;

/// <summary>The disk of a backup fails; the journal must not notice.</summary>
public sealed class BackupDiskTests : IDisposable
{
    readonly TemporaryJournal place = new(room: 512 << 10);
    readonly ScratchFolder folder = new();
    readonly PaymentJournal journal;
    readonly Ledger ledger;
    int paid = 100;

    public BackupDiskTests()
    {
        journal = place.Open();
        ledger = new(journal);
        ledger.PayEach(1, paid);
    }

    public void Dispose()
    {
        journal.Dispose();
        place.Dispose();
        folder.Dispose();
    }

    string Target => Path.Combine(folder.Path, "shop");

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
        Assert.Empty(new Audit(journal).Everything());
    }

    [Fact]
    public void A_disk_that_is_full_says_so()
    {
        ledger.PayEach(1001, 1400); // So that there is more than one slice.
        using var disk = TinyDisk.Mount(folder.Path);
        using var backup = new Backup(journal, Target, _ => long.MaxValue);
        Assert.True(backup.Step());
        disk.Fill();

        var e = Assert.Throws<BackupFailedException>(() =>
        {
            while (backup.Step())
            {
                ledger.Pay(++paid);
            }
        });

        Assert.EndsWith("next step: check that disk", e.Message);
        Assert.DoesNotContain(Target, Directory.GetDirectories(folder.Path));
        ledger.Pay(++paid);
        Assert.Empty(new Audit(journal).Everything());
    }

    /// <returns>What failed; null: there are not so many calls.</returns>
    Type? Fail(int call, DiskTrouble trouble)
    {
        var (files, disk) = (new MemoryDisk(), new FaultyDisk(call, trouble));
        var failure = Record.Exception(() =>
        {
            foreach (var _ in journal.Backup(new WatchedDisk(files, disk)))
            {
            }
        });
        Assert.True(failure is null or IOException, $"{disk.Failed}: {failure}");
        Assert.Equal(failure is null, disk.Failed is null);
        ledger.Pay(++paid);
        return disk.Failed?.GetType();
    }
}
