using LiteDB;
using Terminal.Journal.Log;
using static Terminal.Journal.Books.BooksDocuments;

namespace Terminal.Journal.Books;

/// <summary>
/// Every entry and every payment's head in a LiteDB file, for questions about the past. Any thread may call; one call
/// runs at a time. After the first failure the file stays failed, and its owner rebuilds it from the log.
/// </summary>
/// <remarks>
/// LiteDB is not trusted with anything that must stay: its own log is in memory, and its pages reach the disk only when
/// <see cref="Save"/> puts all of them there at once (<see cref="PageFile"/>). So the file on the disk always holds
/// every entry up to one that it names, and no other.
/// </remarks>
sealed class BooksFile : IDisposable
{
    /// <summary>
    /// Entries in one transaction. LiteDB keeps every page of a transaction in memory until its end and never gives the
    /// memory back. A question waits for one transaction, which takes milliseconds.
    /// </summary>
    public const int MostAtOnce = 16;

    // How many heads with the same key are tried until one is the wanted head.
    const int FewHeads = 16;

    readonly Lock gate = new();
    readonly PageFile pages;
    readonly BooksEngine engine;
    volatile bool isOver;

    BooksFile(PageFile pages)
    {
        this.pages = pages;
        engine = new(pages);
    }

    /// <summary>The newest entry in the file, saved or not.</summary>
    public Anchor Fed { get; private set; } = Anchor.Start;

    /// <summary>All entries up to this one were dropped, or never were in the file.</summary>
    public long Dropped { get; private set; }

    /// <summary>How many pages the next <see cref="Save"/> writes.</summary>
    public int Unsaved => pages.Changed;

    /// <exception cref="BooksBrokenException">The files are missing or are not as they were saved.</exception>
    /// <exception cref="IOException">The files cannot be read.</exception>
    public static BooksFile Open(IDisk disk, string epoch) => Begin(PageFile.Open(disk, epoch), books =>
    {
        if (books.engine.Find("fed", "$._id = @0", 1, 1) is not [var fed])
        {
            throw new BooksBrokenException("they do not say how far they are");
        }
        (books.Fed, books.Dropped) = (new(fed["s"].AsInt64, fed["h"].AsBinary), fed["d"].AsInt64);
    });

    /// <summary>Makes empty files in place of any others; the first entry will follow the anchor.</summary>
    public static BooksFile Create(IDisk disk, string epoch, Anchor anchor) =>
        Begin(PageFile.Create(disk, epoch), books =>
        {
            books.engine.AddIndexes("head", "pk", "fk", "rk");
            books.Commit(() => { }, anchor, anchor.Sequence);
        });

    /// <summary>Takes the records that follow <see cref="Fed"/>, at most <see cref="MostAtOnce"/> of them.</summary>
    public void Feed(IReadOnlyList<LogRecord> records) => Do(() =>
    {
        var before = Fed.Sequence;
        if (records.Any(r => r.Entry.Sequence != ++before) || records.Count is 0 or > MostAtOnce)
        {
            throw new ArgumentException($"{records.Count} entries cannot follow entry {Fed.Sequence}", nameof(records));
        }
        var newest = records[^1].Entry;
        Commit(() =>
        {
            engine.Insert("entry", records.Select(r => Write(r.Entry)));
            engine.Put("head", records.Select(r => r.Head).OfType<Head>()
                .Where(h => h.FirstSequence > Dropped).Select(Write));
        }, new(newest.Sequence, newest.Hash), Dropped);
        return true;
    });

    /// <summary>Removes entries that the log has dropped, a limited number at a time.</summary>
    /// <returns>True if there is more to remove.</returns>
    public bool Drop(long upto) => Do(() =>
    {
        var end = Math.Min(Math.Min(upto, Fed.Sequence), Dropped + MostAtOnce);
        if (end > Dropped)
        {
            Commit(() =>
            {
                engine.Delete("entry", "$._id <= @0", end);
                engine.Delete("head", "$._id <= @0", end);
            }, Fed, end);
        }
        return end < Math.Min(upto, Fed.Sequence);
    });

    /// <summary>
    /// Makes everything durable. Questions are answered meanwhile; feeding and dropping must wait, so one thread does
    /// all three.
    /// </summary>
    public void Save()
    {
        try
        {
            pages.Save();
        }
        catch (Exception e)
        {
            isOver = true; // LiteDB has nothing open; without a clean-up a full disk would fill memory.
            throw AsBroken(e);
        }
    }

    /// <summary>The newest head of one payment.</summary>
    public Head? Find(string paymentId) => Do(() =>
        Newest(0, "pk", stretch => KeysOf(stretch, paymentId)).FirstOrDefault(h => h.PaymentId == paymentId));

    /// <summary>The newest head with this fingerprint.</summary>
    public Head? FindByFingerprint(string fingerprint) => Do(() =>
        Newest(0, "fk", stretch => KeysOf(stretch, fingerprint)).FirstOrDefault(h => h.Fingerprint == fingerprint));

    /// <summary>Heads with this receipt number that begin at <paramref name="from"/> or later, newest first.</summary>
    public IReadOnlyList<Head> FindByReceipt(int receipt, long from, int limit) => Do<IReadOnlyList<Head>>(() =>
    [
        .. Newest(from, "rk", stretch => KeysOf(stretch, receipt)).TakeWhile(h => h.FirstSequence >= from)
            .Where(h => h.Receipt == receipt).Take(limit),
    ]);

    public void Dispose()
    {
        lock (gate)
        {
            isOver = true;
            engine.Dispose();
            pages.Dispose();
        }
    }

    static BooksFile Begin(PageFile pages, Action<BooksFile> begin)
    {
        BooksFile? books = null;
        try
        {
            books = new(pages);
            books.Do(() =>
            {
                begin(books);
                return true;
            });
            return books;
        }
        catch (Exception e)
        {
            books?.Dispose();
            pages.Dispose();
            throw AsBroken(e);
        }
    }

    /// <summary>The stretches from the newest one back to the one with this entry.</summary>
    IEnumerable<Head> Newest(long from, string key, Func<long, (long First, long Last)> keysOf)
    {
        var oldest = Stretch(Math.Max(from, Dropped));
        for (var stretch = Stretch(Fed.Sequence); stretch >= oldest; stretch--)
        {
            var (first, last) = keysOf(stretch);
            List<BsonDocument> page;
            do
            {
                page = engine.Between("head", key, (first, last), FewHeads, newestFirst: true);
                foreach (var head in page)
                {
                    last = head[key].AsInt64 - 1;
                    yield return ReadHead(head);
                }
            }
            while (page.Count == FewHeads);
        }
    }

    /// <summary>Runs one transaction and records how far the file then reaches.</summary>
    void Commit(Action write, Anchor fed, long dropped)
    {
        engine.Commit(() =>
        {
            write();
            engine.Put("fed", [new() { ["_id"] = 1, ["s"] = fed.Sequence, ["h"] = fed.Hash, ["d"] = dropped }]);
        });
        (Fed, Dropped) = (fed, dropped);
    }

    /// <summary>Runs one call at a time, and none after the first that fails.</summary>
    T Do<T>(Func<T> work)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isOver, this);
            try
            {
                var result = work();
                engine.Trim();
                return result;
            }
            catch (Exception e) when (e is not ArgumentException { ParamName: "records" })
            {
                throw Fail(e);
            }
        }
    }

    Exception Fail(Exception e)
    {
        isOver = true;
        engine.Abandon();
        return AsBroken(e);
    }

    /// <summary>LiteDB may throw any exception on what it does not expect.</summary>
    static Exception AsBroken(Exception e) =>
        e is BooksBrokenException or IOException or UnauthorizedAccessException ? e
        : new BooksBrokenException($"LiteDB: {e.Message}", e);
}
