using SQLitePCL;

namespace Terminal.Journal;

/// <summary>
/// A copy of an open database in another file, some pages at a time. What the same connection commits in between,
/// SQLite writes into the copy as well, so it never begins again. Its failures are its own, not the database's.
/// </summary>
sealed class SqliteCopy : IDisposable
{
    const int PageBytes = 4096;

    /// <summary>256 KiB: what a payment may have to wait for.</summary>
    const int Slice = 64;

    readonly SqliteFile source;
    readonly string path;
    readonly sqlite3 copy;
    readonly sqlite3_backup? backup;

    /// <param name="database">The connection of <paramref name="source"/>.</param>
    /// <param name="path">A file that is empty.</param>
    public SqliteCopy(SqliteFile source, sqlite3 database, string path)
    {
        (this.source, this.path) = (source, path);
        const int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX;
        var opened = raw.sqlite3_open_v2(path, out copy, flags, null);
        try
        {
            Check(opened);
            Check(raw.sqlite3_extended_result_codes(copy, 1));
            // A file that failed is removed, so it needs no log. With few pages in memory each slice writes its own.
            const string settings = "PRAGMA journal_mode = OFF; PRAGMA synchronous = FULL; PRAGMA cache_size = 8";
            Check(raw.sqlite3_exec(copy, settings));
            backup = raw.sqlite3_backup_init(copy, "main", database, "main");
            if (backup is null or { IsInvalid: true })
            {
                Check(raw.sqlite3_extended_errcode(copy));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    Copied Progress
    {
        get
        {
            var (all, left) = (raw.sqlite3_backup_pagecount(backup), raw.sqlite3_backup_remaining(backup));
            return new((long)(all - left) * PageBytes, (long)all * PageBytes);
        }
    }

    /// <summary>All of it; at first nothing is copied, only counted. When it ends, the copy is flushed.</summary>
    /// <param name="gate">Of the journal, held while something is done.</param>
    public static IEnumerable<Copied> Slices(SqliteFile source, string path, Lock gate)
    {
        SqliteCopy? copy = null;
        try
        {
            for (var pages = 0; ; pages = Slice)
            {
                Copied progress;
                lock (gate)
                {
                    copy ??= source.CopyTo(path);
                    if (copy.Step(pages))
                    {
                        break;
                    }
                    progress = copy.Progress;
                }
                yield return progress;
            }
        }
        finally
        {
            lock (gate)
            {
                copy?.Dispose();
            }
        }
    }

    /// <summary>Returns whether the copy is complete.</summary>
    bool Step(int pages)
    {
        source.ThrowIfBroken();
        return Check(raw.sqlite3_backup_step(backup, pages)) == raw.SQLITE_DONE;
    }

    int Check(int result) => result is raw.SQLITE_OK or raw.SQLITE_DONE
        ? result
        : throw new BackupFailedException(
            $"{path}: {raw.sqlite3_errstr(result).utf8_to_string()} (SQLite {result})",
            (result & 0xFF) == raw.SQLITE_FULL ? "free some space there" : "check the disk that it was to be on")
        {
            MayBeDamage = result is not raw.SQLITE_IOERR_WRITE and not raw.SQLITE_IOERR_FSYNC
                && (result & 0xFF) is raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB,
        };

    public void Dispose()
    {
        if (copy.IsInvalid)
        {
            return;
        }
        if (backup is { IsInvalid: false })
        {
            _ = raw.sqlite3_backup_finish(backup);
        }
        _ = raw.sqlite3_close_v2(copy);
    }
}
