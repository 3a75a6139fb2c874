using SQLitePCL;
using Terminal.Journal;

namespace Terminal.Tests.Journal;

/// <summary>A directory for one test, with a SQLite journal in it and a back door to its tables.</summary>
sealed class TemporaryJournal : IDisposable
{
    readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("journal #?% ");

    public string Path => System.IO.Path.Combine(directory.FullName, "payments.db");

    public string Log => Path + "-wal";

    public SqliteJournal Open() => new(Path);

    /// <summary>Runs SQL as somebody who owns the file, not as the journal; checks and locks do not stop him.</summary>
    public void Tamper(string sql)
    {
        Batteries_V2.Init();
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(Path, out var database));
        using (database)
        {
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(database, "PRAGMA ignore_check_constraints = ON; " + sql));
        }
    }

    /// <summary>The names of a table's columns.</summary>
    public IReadOnlyList<string> Columns(string table)
    {
        using var file = new SqliteFile(Path, create: false);
        return file.Prepare($"SELECT name FROM pragma_table_info('{table}')").Rows(row => row.Text(0, Entry.MaxName));
    }

    /// <summary>What a power cut now would leave: the files as they are, but the log only up to a point.</summary>
    public TemporaryJournal Cut(long log)
    {
        var copy = new TemporaryJournal();
        File.Copy(Path, copy.Path);
        using var from = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[Math.Min(log, from.Length)];
        from.ReadExactly(bytes);
        File.WriteAllBytes(copy.Log, bytes);
        return copy;
    }

    public void Dispose() => directory.Delete(recursive: true);
}
