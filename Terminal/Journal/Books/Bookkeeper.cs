using System.Globalization;
using Terminal.Journal.Log;
using Terminal.Payments;

namespace Terminal.Journal.Books;

/// <summary>
/// Keeps the books in step with the log: opens them, feeds them new entries, and rebuilds them when they are damaged or
/// wrong. It works on a thread of its own and owns nothing that a payment waits for.
/// </summary>
sealed class Bookkeeper(IDisk disk, LogView log, Clock clock) : IDisposable
{
    /// <summary>
    /// How many entries make a batch worthwhile while nobody pays: smaller batches write more to the disk.
    /// </summary>
    public const int WorthFeeding = 1024;

    /// <summary>
    /// How many entries may be in the log only, however busy the lane is: 8 MiB, about 1,000 payments.
    /// </summary>
    public const int MostUnfed = 4096;

    /// <summary>Pause after a failure of the disk.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    // A till that waits for the end of the start pays at once, so the books wait too.
    static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(2);

    // A cause that breaks the books again and again is not cured by rebuilding them.
    const int MostAnew = 3;

    // When this many pages are in memory the books are saved: 1 MiB.
    const int WorthSaving = 128;

    const long ProgressEach = 50_000;

    // A transaction and a save take at most a second. A LiteDB that hangs is left to the end of the process.
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

    /// <summary>A line for the log, and true if all is well.</summary>
    public Action<bool, string> Report { get; init; } = (_, _) => { };

    /// <summary>The newest entry that can be asked for; it falls only when the books are rebuilt.</summary>
    public long Fed => Volatile.Read(ref fed);

    /// <summary>How far the books are; null: they have all but the newest entries.</summary>
    public string? Progress => log.Last() - Fed > MostUnfed
        ? string.Create(CultureInfo.InvariantCulture, $"{Fed:N0} of {log.Last():N0} entries")
        : null;

    bool IsWorthFeeding => books is null || broken is not null || log.Last() - Fed >= WorthFeeding;

    bool IsStopping => stop.WaitOne(0);

    bool IsGoingOn => !IsStopping && broken is null;

    /// <summary>Starts the thread, which opens the books when the start is over.</summary>
    public void Start()
    {
        thread = new(Run) { IsBackground = true, Name = "books" };
        thread.Start();
    }

    /// <summary>Nobody pays: feeds the waiting entries if they make a batch.</summary>
    public void Idle()
    {
        if (IsWorthFeeding)
        {
            wake.Set();
        }
    }

    /// <summary>Entries were appended: feeds them if too many wait for an idle moment.</summary>
    public void Appended()
    {
        if (log.Last() - Fed >= MostUnfed)
        {
            wake.Set();
        }
    }

    /// <summary>Answers from the books if they have every entry up to this one.</summary>
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
        catch (ObjectDisposedException) // The books failed in another call, which reported that.
        {
            return false;
        }
    }

    /// <summary>
    /// Opens, feeds and saves until nothing is left to do. The thread calls it; without a thread the caller does.
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
            // A failing disk proves nothing against the books: only books that break on a good disk are given up.
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

    /// <summary>Why the books do not match the log; null if they do.</summary>
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
