using LiteDB;
using Sandbox.Journal;
using Terminal.Journal;
using Terminal.Journal.Books;
using Terminal.Journal.Log;

namespace Terminal.Tests.Journal.Books;

/// <summary>Real LiteDB files, and every question against the records that they were fed.</summary>
public sealed class BooksFileTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("books-");

    FolderDisk Disk => new(folder.FullName);

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(16_200)] // Keys are looked for in two stretches.
    public void What_was_saved_is_answered_after_the_next_opening(long first)
    {
        var log = new Records(payments: 300, first);
        using (var made = BooksFile.Create(Disk, Records.Epoch, log.Begins))
        {
            Feed(made, log);
            Check(made, log);
            made.Save();
        }

        CheckSaved(Disk, log);
        using var books = BooksFile.Open(Disk, Records.Epoch);

        Assert.Equal(log.Last, books.Fed.Sequence);
        Assert.Equal(log.Entries[^1].Hash, books.Fed.Hash);
        Check(books, log);
    }

    [Fact]
    public void What_was_not_saved_is_gone_as_a_whole()
    {
        var log = new Records(payments: 100);
        using (var made = BooksFile.Create(Disk, Records.Epoch, log.Begins))
        {
            Feed(made, log);
            made.Save();
            var more = new Records(payments: 200);
            Feed(made, more);
            Check(made, more);
        }

        CheckSaved(Disk, log);
        using var books = BooksFile.Open(Disk, Records.Epoch);

        Assert.Equal(400, books.Fed.Sequence);
        Check(books, log);
    }

    [Fact]
    public void What_was_dropped_is_forgotten_and_stays_so()
    {
        var log = new Records(payments: 200);
        using (var made = BooksFile.Create(Disk, Records.Epoch, log.Begins))
        {
            Feed(made, log);
            log.Dropped = new(600, log.Entries[599].Hash);
            while (made.Drop(600))
            {
                Assert.InRange(made.Dropped, 1, 599);
            }
            made.Save();
        }

        CheckSaved(Disk, log);
        using var books = BooksFile.Open(Disk, Records.Epoch);

        Assert.Equal(600, books.Dropped);
        Check(books, log);
        Assert.Null(books.Find("PAYMENT0000000000000000001"));
    }

    [Fact]
    public void Nothing_more_than_what_was_fed_can_be_dropped()
    {
        var log = new Records(payments: 10);
        using var books = BooksFile.Create(Disk, Records.Epoch, log.Begins);
        Feed(books, log);

        while (books.Drop(1_000_000))
        {
        }

        books.Save();
        Assert.Equal(40, books.Dropped);
        Assert.Empty(SavedBooks.Read(Disk).Entries);
    }

    [Fact]
    public void A_body_that_is_no_text_comes_back_as_it_was()
    {
        byte[][] bodies = [[], [0], [0xFF, 0xFE, 0x80], [0xEF, 0xBB, 0xBF, 0x41], new byte[Entry.MaxBody]];
        using var books = BooksFile.Create(Disk, Records.Epoch, Anchor.Start);
        books.Feed([.. bodies.Select((b, i) => new LogRecord(new(i + 1, "", "note", -1, b, new byte[32]), 0, null))]);

        books.Save();
        Assert.Equal(bodies, SavedBooks.Read(Disk).Entries.Select(e => e.Body));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, BooksFile.MostAtOnce + 1)]
    public void Only_what_follows_can_be_fed_and_no_more_than_a_batch(long first, int count)
    {
        var log = new Records(payments: 100);
        using var books = BooksFile.Create(Disk, Records.Epoch, log.Begins);

        Assert.Throws<ArgumentException>(() => books.Feed(log.Read(first, count)));

        Feed(books, log);
        Check(books, log);
    }

    [Fact]
    public void The_file_is_one_that_LiteDB_reads_without_us()
    {
        var log = new Records(payments: 50);
        using (var books = BooksFile.Create(Disk, Records.Epoch, log.Begins))
        {
            Feed(books, log);
            books.Save();
        }

        using var database = new LiteDatabase(
            $"Filename={Path.Combine(folder.FullName, "books.db")};ReadOnly=true");

        Assert.Equal(200, database.GetCollection("entry").Count());
        var found = database.GetCollection("head").FindOne("$.p = 'PAYMENT0000000000000000007'");
        Assert.Equal(25L, found["_id"].AsInt64);
        Assert.Contains("\"step\":3", database.GetCollection("entry").FindById(28L)["b"].AsString);
    }

    [Fact]
    public void Memory_is_given_back_after_much_was_read()
    {
        const int Many = 2_208; // Two on a page of LiteDB, which is opened again after 500 pages.
        static Head Long(int n) => new($"{n}{new string('x', 3600)}", n, "", false, n, n);
        using var books = BooksFile.Create(Disk, Records.Epoch, Anchor.Start);
        for (var first = 1; first <= Many; first += BooksFile.MostAtOnce)
        {
            books.Feed([.. Enumerable.Range(first, BooksFile.MostAtOnce).Select(n => new LogRecord(
                new(n, "", "note", n, [], new byte[32]), 0, Long(n)))]);
        }

        Assert.All(Enumerable.Range(1, Many), n => Assert.Equal(Long(n), books.Find(Long(n).PaymentId)));
    }

    static void Feed(BooksFile books, Records log)
    {
        while (log.Read(books.Fed.Sequence + 1, BooksFile.MostAtOnce) is [_, ..] next)
        {
            books.Feed(next);
        }
    }

    internal static void CheckSaved(IDisk disk, Records log)
    {
        var (entries, heads) = SavedBooks.Read(disk);
        Same.Entries(log.Entries, entries);
        Assert.Equal(log.Heads, heads);
    }

    internal static void Check(BooksFile books, Records log)
    {
        var heads = log.Heads;
        foreach (var head in heads.Where((_, i) => i % 7 == 0))
        {
            Assert.Equal(head, books.Find(head.PaymentId));
            Assert.Equal(heads.Last(h => h.Fingerprint == head.Fingerprint), books.FindByFingerprint(head.Fingerprint));
        }
        Assert.Null(books.Find("PAYMENT"));
        Assert.Null(books.FindByFingerprint(""));
        CheckReceipts(books, heads);
    }

    static void CheckReceipts(BooksFile books, IReadOnlyList<Head> heads)
    {
        var from = heads[heads.Count / 3].FirstSequence;
        foreach (var receipt in new[] { 0, 1, 17, Records.MostReceipts, Records.MostReceipts + 1 })
        {
            var all = heads.Where(h => h.Receipt == receipt).Reverse().ToList();
            Assert.Equal(all, books.FindByReceipt(receipt, 0, int.MaxValue));
            Assert.Equal(all.Where(h => h.FirstSequence >= from), books.FindByReceipt(receipt, from, int.MaxValue));
            Assert.Equal(all.Take(2), books.FindByReceipt(receipt, 0, 2));
        }
    }
}
