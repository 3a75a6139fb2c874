using Terminal.Journal;
using Terminal.Journal.Upkeep;
using Terminal.Payments.Charges;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests.Journal.Upkeep;

/// <summary>Why a backup is never put back as the journal: what the page says of it, shown.</summary>
public sealed class BackupPutBackTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("put-back-");

    // Payment 2 is asked about while the backup is made; afterwards it is paid and booked, and so is payment 3.
    public BackupPutBackTests()
    {
        var file = Path.Combine(folder.FullName, "early.backup");
        using (var journal = Place.Open(create: true))
        {
            var ledger = new Ledger(journal);
            ledger.Pay(1);
            ledger.Commit([Requested(2)], At);
            using (var backup = new Backup(journal, file, _ => long.MaxValue))
            {
                while (backup.Step())
                {
                }
            }
            ledger.Commit([.. Approved(2), Acknowledged(2), Completed(2)], At);
            ledger.Pay(3);
            Epoch = journal.Epoch;
        }
        Directory.Delete(Place.Home, recursive: true);
        Directory.Move(file, Place.Home);
    }

    string Epoch { get; }

    JournalPlace Place => new(folder.FullName);

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_came_after_is_unknown_and_what_was_open_is_cancelled(bool inNewEpoch)
    {
        if (inNewEpoch)
        {
            File.Delete(Path.Combine(folder.FullName, "journal.json")); // As on a new card.
            Place.BeginEpoch(At);
        }

        using var journal = Place.Open(create: true);

        var ledger = new Ledger(journal);
        Assert.Empty(new Audit(journal).Everything());
        Assert.Equal(inNewEpoch, Epoch != journal.Epoch);
        Assert.Equal((3, 3), ledger.NextNumbers());
        Assert.Null(ledger.FindByCode(Sale(3).Fingerprint));
        Assert.IsType<PaymentState.Interrupted>(Assert.Single(ledger.Open()).Payment);
    }
}
