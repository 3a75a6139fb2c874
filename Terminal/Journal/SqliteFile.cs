using SQLitePCL;

namespace Terminal.Journal;

/// <summary>
/// One SQLite database as a journal needs it: owned by this process alone, every commit flushed, every setting read
/// back, every result checked. After the first bad result it stays broken.
/// </summary>
sealed class SqliteFile : IDisposable
{
    /// <summary>"TPJ1", in the header of every file that is ours.</summary>
    public const int ApplicationId = 0x54504A31;

    const int PageBytes = 4096;

    // In this order: the lock before anything is read (without shared memory, so one writer for certain), the page
    // layout before the first table, write-ahead logging before what tunes it.
    static readonly (string Name, string Value, string Reads)[] BeforeReading =
    [
        ("locking_mode", "EXCLUSIVE", "exclusive"),
        ("synchronous", "FULL", "2"),
    ];

    static readonly (string Name, string Value, string Reads)[] BeforeLogging =
    [
        ("page_size", "4096", "4096"),
        ("auto_vacuum", "INCREMENTAL", "2"),
    ];

    static readonly (string Name, string Value, string Reads)[] Settings =
    [
        ("journal_mode", "WAL", "wal"),
        ("wal_autocheckpoint", "1000", "1000"),
        ("journal_size_limit", "8388608", "8388608"),
        ("mmap_size", "0", "0"),
        ("temp_store", "MEMORY", "2"),
        ("foreign_keys", "ON", "1"),
        ("cell_size_check", "ON", "1"),
        ("trusted_schema", "OFF", "0"),
        ("busy_timeout", "5000", "5000"),
        ("cache_size", "-2000", "-2000"),
    ];

    readonly string path;
    readonly sqlite3 database;
    readonly List<SqliteQuery> queries = [];
    SqliteCopy? copy;
    JournalFailedException? failure;

    /// <exception cref="JournalFailedException">
    /// In use, not ours, damaged or not writable. A file that is not ours is as it was.
    /// </exception>
    public SqliteFile(string path, bool create)
    {
        this.path = Path.GetFullPath(path);
        var fresh = CheckHeader(create);
        var hasLog = new FileInfo(LogOf(this.path)) is { Exists: true, Length: > 0 };
        var isLogBroken = hasLog && IsLogBroken();
        Batteries_V2.Init();
        // psow=0: a power cut may garble the rest of a 4 KiB block; a commit then never shares one with the next.
        var uri = new Uri(this.path).AbsoluteUri + "?psow=0";
        const int flags =
            raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_URI | raw.SQLITE_OPEN_NOMUTEX;
        var opened = raw.sqlite3_open_v2(uri, out database, flags, null);
        try
        {
            Check(opened);
            Check(raw.sqlite3_extended_result_codes(database, 1));
            Set(BeforeReading);
            if (hasLog)
            {
                EmptyLog(isLogBroken);
            }
            Set(BeforeLogging);
            if (fresh)
            {
                // Before logging begins, so that it is in the file itself and CheckHeader sees it.
                Run($"PRAGMA application_id = {ApplicationId}");
            }
            Set(Settings);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Rows that the newest statement changed.</summary>
    public int Changed => raw.sqlite3_changes(database);

    /// <summary>The version of the tables; 0 until their creation was committed.</summary>
    public long Version() => Prepare("PRAGMA user_version").Rows(row => row.Long(0))[0];

    public void Run(string sql)
    {
        ThrowIfBroken();
        Check(raw.sqlite3_exec(database, sql));
    }

    /// <summary>A statement for the life of the file.</summary>
    public SqliteQuery Prepare(string sql)
    {
        ThrowIfBroken();
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        var query = new SqliteQuery(this, statement);
        queries.Add(query);
        return query;
    }

    /// <summary>As <see cref="IJournal.Checkpoint"/>; what a commit moved still counts as in the log.</summary>
    public long Checkpoint(long least)
    {
        ThrowIfBroken();
        Check(raw.sqlite3_db_status(database, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, 0));
        if ((long)written * PageBytes < least)
        {
            return (long)written * PageBytes;
        }
        // Passive, so that the log keeps its length: a log that grows again costs a write of its own per commit.
        Check(raw.sqlite3_wal_checkpoint_v2(
            database, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var frames, out var moved));
        Check(raw.sqlite3_db_status(database, raw.SQLITE_DBSTATUS_CACHE_WRITE, out _, out _, 1));
        return (long)(frames - moved) * PageBytes;
    }

    /// <summary>Ends with the file at the latest; one at a time.</summary>
    /// <param name="target">A file that is empty.</param>
    /// <exception cref="BackupFailedException">The file works on.</exception>
    public SqliteCopy CopyTo(string target)
    {
        ThrowIfBroken();
        return copy = new(this, database, target);
    }

    public void ThrowIfBroken()
    {
        if (failure is not null)
        {
            throw new JournalFailedException($"the journal failed before: {failure.Message}", failure);
        }
    }

    /// <summary>Returns the result if it is a good one.</summary>
    public int Check(int result) => result is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE
        ? result
        : throw Broken($"{raw.sqlite3_errmsg(database).utf8_to_string()} (SQLite {result})", NextStep(result));

    /// <summary>From now on nothing works any more.</summary>
    public JournalFailedException Broken(string problem, string next = KeepIt) =>
        failure = new($"journal {path}: {problem}; {next}") { IsDamage = next == KeepIt };

    /// <summary>Ends what is prepared and, unless something failed, moves the log into the file.</summary>
    public void Dispose()
    {
        if (database is null || database.IsInvalid)
        {
            return;
        }
        copy?.Dispose();
        queries.ForEach(q => q.Dispose());
        if (failure is not null)
        {
            // What failed stays on the disk as it is, for whoever looks at it.
            _ = raw.sqlite3_db_config(database, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
        }
        _ = raw.sqlite3_close_v2(database);
        failure ??= new($"journal {path} is closed");
    }

    const string KeepIt = "keep it and its -wal file together and untouched: terminal journal salvage FILE shows " +
        "what is sound; then: terminal journal new-epoch";

    static string NextStep(int result) => (result & 0xFF) switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another process has it open: end that one first",
        raw.SQLITE_FULL => "the disk is full: free some space, then start again",
        raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_READONLY or raw.SQLITE_AUTH =>
            "check that its directory exists and that this user may write there",
        raw.SQLITE_IOERR when result is not raw.SQLITE_IOERR_READ =>
            "the storage failed: check the card, then start again",
        _ => KeepIt,
    };

    void Set((string Name, string Value, string Reads)[] settings)
    {
        foreach (var (name, value, reads) in settings)
        {
            Run($"PRAGMA {name} = {value}");
            using var query = Prepare($"PRAGMA {name}");
            var actual = query.First(row => row.Text(0, Entry.MaxName));
            queries.Remove(query);
            if (actual != reads)
            {
                throw Broken($"{name} is {actual ?? "unknown"} instead of {reads}");
            }
        }
    }

    /// <summary>Is there a file that is not empty, or a log without one?</summary>
    public static bool HoldsAnything(string path) =>
        new[] { path, LogOf(path) }.Any(file => new FileInfo(file) is { Exists: true, Length: > 0 });

    /// <summary>Only before the file is open: to close it once more would end SQLite's lock on it.</summary>
    public static WalScan ScanLog(string path)
    {
        using var log = new FileStream(LogOf(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var file = File.Exists(path) ? File.OpenRead(path) : Stream.Null;
        return new(log, file);
    }

    public static string LogOf(string path) => path + "-wal";

    /// <summary>Is there nothing yet? Looks at the bytes, because SQLite may change what it opens.</summary>
    bool CheckHeader(bool create)
    {
        try
        {
            var header = new byte[SqliteHeader.Length];
            var length = SqliteHeader.Read(path, header);
            if (length > 0 && !SqliteHeader.IsOurs(header) && !SqliteHeader.IsInLog(LogOf(path)))
            {
                throw Broken("it is not a journal of this terminal, or its first page is damaged");
            }
            if (length == 0 && new FileInfo(LogOf(path)) is { Exists: true, Length: > 0 })
            {
                throw Broken("only its -wal file is there, and SQLite would delete that"); // With paid payments in it.
            }
            if (length == 0 && !create)
            {
                throw Broken("there is no journal", "check the path");
            }
            return length == 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Broken(e.Message, NextStep(raw.SQLITE_CANTOPEN));
        }
    }

    /// <summary>
    /// Before the first write, which even a setting can be: WalScan could not tell leftovers behind it from damage.
    /// </summary>
    void EmptyLog(bool isBroken)
    {
        _ = Version(); // Takes the lock: what another process is about to write is no damage.
        if (isBroken)
        {
            throw Broken("its -wal file is damaged, and commits behind the damage would be lost");
        }
        Check(raw.sqlite3_wal_checkpoint_v2(database, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _));
    }

    bool IsLogBroken()
    {
        try
        {
            return ScanLog(path).IsBroken;
        }
        catch (IOException e)
        {
            throw Broken(e.Message);
        }
    }
}
