using Terminal.Journal;
using static Terminal.Tests.Journal.Orders;

namespace Terminal.Tests.Journal;

/// <summary>Between the two real stores.</summary>
public sealed class LiteDbConversionTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("convert-");

    JournalPlace Place => new(folder.FullName, (kind, path, create, origin) => kind == StoreKind.LiteDb
        ? new LiteDbJournal(path, create, origin)
        : new SqliteJournal(path, create, origin));

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Entries_heads_anchor_and_cursor_are_the_same_in_both()
    {
        using (var journal = Place.Open(StoreKind.Sqlite, create: true))
        {
            var ledger = new Ledger(journal);
            for (var n = 1; n <= 90; n++)
            {
                ledger.Pay(n);
            }
            ledger.Commit([Requested(91)], At);
            journal.Acknowledge(17);
            journal.Drop(new(5, journal.Read(5, 1)[0].Hash));
        }
        var before = Read();

        Place.Convert(StoreKind.LiteDb);
        Compare(before, Read());
        using (var journal = Place.Open(StoreKind.LiteDb, create: false))
        {
            Assert.IsType<LiteDbJournal>(journal);
            Assert.Equal(452, new Ledger(journal).Commit(Approved(91), At).Sequence - 1);
        }
        var longer = Read();
        Place.Convert(StoreKind.Sqlite);

        Compare(longer, Read());
    }

    [Fact]
    public void A_damaged_LiteDB_journal_goes_on_in_a_new_epoch()
    {
        using (var journal = Place.Open(StoreKind.LiteDb, create: true))
        {
            var ledger = new Ledger(journal);
            for (var n = 1; n <= 200; n++)
            {
                ledger.Pay(n);
            }
            ledger.Commit([Requested(201)], At);
        }
        var data = Path.Combine(Place.PathOf(StoreKind.LiteDb), "data");
        var bytes = File.ReadAllBytes(data);
        bytes.AsSpan(20 * 8192, 8192).Fill(0x5A);
        File.WriteAllBytes(data, bytes);

        Place.BeginEpoch(StoreKind.Sqlite, At);

        using var next = Place.Open(StoreKind.Sqlite, create: true);
        Assert.Empty(new Ledger(next).Verify());
        Assert.Contains(next.Read(1, 9), e => e.Kind == "evidence");
    }

    (string Head, IReadOnlyList<Entry> Entries, IReadOnlyList<Head> Heads) Read()
    {
        using var journal = Place.Open(wanted: null, create: false);
        Assert.Empty(new Audit(journal).Everything());
        return ($"{journal.Epoch} {journal.Anchor} {journal.Acknowledged}",
            journal.Read(1, 10_000), journal.ReadHeads(1, 10_000));
    }

    static void Compare(
        (string Head, IReadOnlyList<Entry> Entries, IReadOnlyList<Head> Heads) expected,
        (string Head, IReadOnlyList<Entry> Entries, IReadOnlyList<Head> Heads) actual)
    {
        Assert.Equal(expected.Head, actual.Head);
        Same.Entries(expected.Entries, actual.Entries);
        Assert.Equal(expected.Heads, actual.Heads);
    }
}
