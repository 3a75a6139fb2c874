using System.Globalization;
using Terminal.Journal.Log;
using Terminal.Payments;

namespace Terminal.Journal.Books;

/// <summary>
/// Keeps the books as the log says: opens them, feeds them what they lack, and makes them anew whenever they are not
/// what they should be. It does so on a thread of its own and owns nothing that a payment waits for.
/// </summary>
sealed class Bookkeeper(IDisk disk, LogView log, Clock clock) : IDisposable
{
    /// <summary>Entries that are worth a batch while nobody pays: smaller ones write more to the disk.</summary>
    public const int WorthFeeding = 1024;

    /// <summary>Entries that may be in the log only, however busy the lane is: 8 MiB, some 1,000 payments.</summary>
    public const int MostUnfed = 4096;

    /// <summary>After a failure of the disk.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    // A till that waits for the start to be over pays at once.
    static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(2);

    // Whatever breaks them again and again is not cured by making them.
    const int MostAnew = 3;

    // Pages in memory that call for a save: 1 MiB.
    const int WorthSaving = 128;

    const long ProgressEach = 50_000;

    // A transaction and a save take a second at worst; a LiteDB that hangs is left to the end of the process.
    static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(10);

    readonly Lock gate = new();
    readonly AutoResetEvent wake = new(initialState: false);
    readonly ManualResetEvent stop = new(initialState: false);
    Thread? thread;
    BooksFile? books;
    Moment restUntil = clock.Now;
    int anew;
    long fed, told;
    volatile string? broken;
    string? complaint;

    /// <summary>For the log; true if all is well.</summary>
    public Action<bool, string> Report { get; init; } = (_, _) => { };

    /// <summary>The newest entry that can be asked for; it only falls when the books are made anew.</summary>
    public long Fed => Volatile.Read(ref fed);

    /// <summary>How far they are; null: they have all but the newest entries.</summary>
    public string? Progress => log.Last() - Fed > MostUnfed
        ? string.Create(CultureInfo.InvariantCulture, $"{Fed:N0} of {log.Last():N0} entries")
        : null;

    bool IsWorthFeeding => books is null || broken is not null || log.Last() - Fed >= WorthFeeding;

    bool IsStopping => stop.WaitOne(0);

    bool IsGoingOn => !IsStopping && broken is null;

    /// <summary>The thread opens them when a start is over and done with.</summary>
    public void Start()
    {
        thread = new(Run) { IsBackground = true, Name = "books" };
        thread.Start();
    }

    /// <summary>Nobody pays: feeds what there is, if it is worth a batch.</summary>
    public void Idle()
    {
        if (IsWorthFeeding)
        {
            wake.Set();
        }
    }

    /// <summary>Something was appended: feeds what there is, if it is too much to wait for an idle moment.</summary>
    public void Appended()
    {
        if (log.Last() - Fed >= MostUnfed)
        {
            wake.Set();
        }
    }

    /// <summary>Answers from the books, if they have everything up to an entry.</summary>
    public bool TryAsk<T>(long upto, Func<BooksFile, T> question, out T? answer)
    {
        answer = default;
        BooksFile? asked;
        lock (gate)
        {
            asked = broken is null && Fed >= upto ? books : null;
        }
        if (asked is null)
        {
            return false;
        }
        try
        {
            answer = question(asked);
            return true;
        }
        catch (Exception e) when (e is BooksBrokenException or IOException or UnauthorizedAccessException)
        {
            broken ??= e.Message;
            wake.Set();
            return false;
        }
        catch (ObjectDisposedException) // They failed under somebody else, who has said so.
        {
            return false;
        }
    }

    /// <summary>
    /// Opens, feeds and saves until nothing is left to do. The thread does it; whoever has no thread may instead.
    /// </summary>
    public void Work()
    {
        if (clock.Now < restUntil)
        {
            return;
        }
        try
        {
            if (broken is { } why)
            {
                MakeAnew(why);
            }
            else if (books is null)
            {
                Open();
            }
            Feed(books!);
        }
        catch (BooksBrokenException e)
        {
            broken = e.Message;
            wake.Set();
        }
        catch (Exception e)
        {
            Close();
            restUntil = clock.Now + Rest;
            // A disk that fails says nothing against the books: only what breaks on a good one is not made again.
            anew = anew <= MostAnew ? 0 : anew;
            if (e.Message != complaint)
            {
                complaint = e.Message;
                Report(
                    false, $"books: not kept, so payments of long ago are not found: {e.Message}; tried again later");
            }
        }
    }

    public void Dispose()
    {
        stop.Set();
        wake.Set();
        if (thread?.Join(LongestStop) != false)
        {
            Close();
            wake.Dispose();
            stop.Dispose();
        }
    }

    void Run()
    {
        for (stop.WaitOne(AfterStart); !IsStopping; wake.WaitOne())
        {
            Work();
        }
    }

    void Open()
    {
        BooksFile? opened = null;
        try
        {
            opened = BooksFile.Open(disk, log.Epoch);
            if (WhyNot(opened) is { } reason)
            {
                throw new BooksBrokenException(reason);
            }
            Use(opened);
        }
        catch (Exception e) when (e is BooksBrokenException or IOException or UnauthorizedAccessException)
        {
            opened?.Dispose();
            MakeAnew(e.Message);
        }
    }

    /// <summary>Why they are not what the log says; null: they are.</summary>
    string? WhyNot(BooksFile opened)
    {
        var (at, dropped) = (opened.Fed, log.Dropped());
        var hash = at.Sequence == dropped.Sequence ? dropped.Hash
            : at.Sequence > dropped.Sequence && at.Sequence <= log.Last() ? log.Read(at.Sequence, 1)[0].Entry.Hash
            : null;
        return hash is null ? $"they end with entry {at.Sequence}, which the log does not have"
            : !hash.AsSpan().SequenceEqual(at.Hash) ? $"their entry {at.Sequence} is not that of the log"
            : null;
    }

    void MakeAnew(string why)
    {
        Close();
        if (++anew > MostAnew)
        {
            throw new IOException($"made anew {MostAnew} times, and broken again: {why}");
        }
        Report(false, $"books: made anew from the log: {why}");
        Use(BooksFile.Create(disk, log.Epoch, log.Dropped()));
    }

    void Use(BooksFile opened)
    {
        lock (gate)
        {
            (books, broken) = (opened, null);
            Volatile.Write(ref fed, opened.Fed.Sequence);
        }
        told = Fed;
    }

    void Close()
    {
        lock (gate)
        {
            books?.Dispose();
            books = null;
            Volatile.Write(ref fed, 0);
        }
    }

    void Feed(BooksFile to)
    {
        var isBehind = Progress is not null;
        while (IsGoingOn && log.Read(to.Fed.Sequence + 1, BooksFile.MostAtOnce) is [_, ..] next)
        {
            to.Feed(next);
            Volatile.Write(ref fed, to.Fed.Sequence);
            SaveIfMuch(to);
            if (Fed - told >= ProgressEach && Progress is { } progress)
            {
                told = Fed;
                Report(true, $"books: {progress}");
            }
        }
        while (IsGoingOn && to.Drop(log.Dropped().Sequence))
        {
            SaveIfMuch(to);
        }
        to.Save();
        if (isBehind && Progress is null)
        {
            Report(true, string.Create(CultureInfo.InvariantCulture, $"books: complete, {Fed:N0} entries"));
        }
    }

    static void SaveIfMuch(BooksFile to)
    {
        if (to.Unsaved >= WorthSaving)
        {
            to.Save();
        }
    }
}
