using System.Text;

namespace Terminal.Journal;

/// <summary>
/// A backup of a journal that may be in use: complete and durable under its name, or not there. Written beside its name
/// and renamed at the end; what a power cut leaves is removed by the next try in the same folder.
/// </summary>
public sealed class Backup : IDisposable
{
    /// <summary>Of a name in a journal's folder; none that the terminal gives ends in it.</summary>
    public const string Suffix = ".backup";

    static readonly string[] Beside = ["", "-wal", "-shm", "-journal"];

    // What a request to the service may hold.
    const int LongestPath = 900;

    readonly string file;
    readonly string folder;
    readonly string aside;
    readonly Func<string, long> freeBytes;
    readonly IEnumerator<Copied> slices;
    readonly FileStream written;

    /// <param name="target">A file, checked as <see cref="Check"/> does.</param>
    /// <param name="freeBytes">Free space in a folder.</param>
    /// <exception cref="BackupFailedException">Nothing is left behind.</exception>
    public Backup(IJournal journal, BackupTarget target, Func<string, long> freeBytes)
    {
        Check(target);
        file = target.File;
        folder = Path.GetDirectoryName(file)!;
        aside = Path.Combine(folder, $"journal-{journal.Epoch}.unfinished");
        this.freeBytes = freeBytes;
        slices = journal.Backup(aside)?.GetEnumerator() ?? throw new BackupFailedException("this store has none",
            "with the service stopped, copy the folder journal.litedb, or: terminal journal convert --to sqlite");
        try
        {
            RemoveAside();
            written = new(aside, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite | FileShare.Delete,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Elsewhere($"{folder} cannot be written ({e.Message})", target);
        }
    }

    /// <summary>How far it is.</summary>
    public Copied Progress { get; private set; }

    /// <summary>Is that a name for a backup?</summary>
    /// <exception cref="BackupFailedException">It is not.</exception>
    public static void Check(BackupTarget target)
    {
        var (file, name) = (target.File, Path.GetFileName(target.File));
        if (!Path.IsPathFullyQualified(file) || file.Any(char.IsControl) ||
            Encoding.UTF8.GetByteCount(file) > LongestPath)
        {
            throw new BackupFailedException("this is no name for a file, or too long", "another FILE");
        }
        var folder = Path.GetDirectoryName(file);
        if (!Directory.Exists(folder))
        {
            throw Elsewhere($"there is no folder {folder}, or it is not to be seen from the service", target);
        }
        // In there a name can mean something: a log, a mark, a draft, a socket.
        if (JournalPlace.IsIn(folder) && (!name.EndsWith(Suffix, StringComparison.Ordinal) || name.Contains(".draft")))
        {
            throw Elsewhere($"a file beside a journal must have a name that ends in {Suffix}", target);
        }
        // A log beside it would be taken for its own.
        foreach (var there in Beside.Select(suffix => file + suffix).Where(Path.Exists))
        {
            throw Occupied(there);
        }
    }

    /// <summary>One slice; false: it is complete.</summary>
    /// <exception cref="BackupFailedException">Nothing is left behind.</exception>
    /// <exception cref="JournalFailedException">The journal itself failed; nothing is left behind.</exception>
    public bool Step()
    {
        try
        {
            if (slices.MoveNext())
            {
                Progress = slices.Current;
                written.Flush(flushToDisk: true); // Else the end would hold up a payment for minutes.
                CheckRoom();
                return true;
            }
            Finish();
            return false;
        }
        catch (Exception e)
        {
            Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw new BackupFailedException($"{folder}: {e.Message}", "check that disk");
            }
            throw;
        }
    }

    /// <summary>Unless it is complete, nothing of it stays.</summary>
    public void Dispose()
    {
        slices.Dispose();
        written.Dispose();
        try
        {
            RemoveAside();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next try removes it, or says that it cannot.
        }
    }

    static BackupFailedException Occupied(string there) => new($"{there} is there already", "another FILE");

    static BackupFailedException Elsewhere(string problem, BackupTarget target)
    {
        var name = Path.GetFileNameWithoutExtension(target.File) + Suffix;
        return new(problem, $"{Path.Combine(target.Home, name)}, and from there copy it as root");
    }

    /// <summary>The journal may be on the same disk: what it keeps free for open payments is not ours.</summary>
    void CheckRoom()
    {
        var free = freeBytes(folder);
        if (free - (Progress.All - Progress.Bytes) < Room.ReservedBytes)
        {
            throw new BackupFailedException(
                $"{folder} has {free >> 20} MiB free, and this needs {Progress.All >> 20} MiB beside the " +
                $"{Room.ReservedBytes >> 20} MiB that are kept for open payments", "free some space, or another disk");
        }
    }

    void Finish()
    {
        slices.Dispose();
        written.Flush(flushToDisk: true);
        Progress = new(written.Length, written.Length);
        if (Path.Exists(file))
        {
            throw Occupied(file);
        }
        File.Move(aside, file, overwrite: false);
        try
        {
            DirectorySync.Flush(folder);
        }
        catch (JournalFailedException e)
        {
            File.Delete(file);
            throw new BackupFailedException(e.Message, "check that disk");
        }
        Dispose();
    }

    void RemoveAside()
    {
        foreach (var suffix in Beside)
        {
            File.Delete(aside + suffix);
        }
    }
}
