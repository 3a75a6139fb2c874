using System.Text;
using Terminal.Device;
using Terminal.Journal.Log;

namespace Terminal.Journal.Upkeep;

/// <summary>
/// A backup of a journal that may be in use: a folder, complete and durable under its name, or not there. Made beside
/// its name and renamed at the end; what a power cut leaves is removed by the next try in the same place.
/// </summary>
public sealed class Backup : IDisposable
{
    /// <summary>Of a name in a journal's folder; none that the terminal gives ends in it.</summary>
    public const string Suffix = ".backup";

    // What a request to the service may hold.
    const int LongestPath = 900;

    readonly string target;
    readonly string place;
    readonly string aside;
    readonly Func<string, long> freeBytes;
    readonly IEnumerator<Copied> slices;

    /// <param name="target">A folder, checked as <see cref="Check"/> does.</param>
    /// <param name="freeBytes">Free space in a folder.</param>
    /// <exception cref="BackupFailedException">Nothing is left behind.</exception>
    public Backup(PaymentJournal journal, BackupTarget target, Func<string, long> freeBytes)
    {
        Check(target);
        this.target = target.Folder;
        place = Path.GetDirectoryName(target.Folder)!;
        aside = Path.Combine(place, $"journal-{journal.Epoch}.unfinished");
        this.freeBytes = freeBytes;
        try
        {
            RemoveAside();
            Directory.CreateDirectory(
                aside, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Elsewhere($"{place} cannot be written ({e.Message})", target);
        }
        slices = journal.Backup(new FolderDisk(aside)).GetEnumerator();
    }

    /// <summary>How far it is.</summary>
    public Copied Progress { get; private set; }

    /// <summary>Is that a name for a backup?</summary>
    /// <exception cref="BackupFailedException">It is not.</exception>
    public static void Check(BackupTarget target)
    {
        var (folder, name) = (target.Folder, Path.GetFileName(target.Folder));
        if (!Path.IsPathFullyQualified(folder) || folder.Any(char.IsControl) || name.Length == 0 ||
            Encoding.UTF8.GetByteCount(folder) > LongestPath)
        {
            throw new BackupFailedException("this is no name for a folder, or too long", "another FOLDER");
        }
        var place = Path.GetDirectoryName(folder);
        if (!Directory.Exists(place))
        {
            throw Elsewhere($"there is no folder {place}, or it is not to be seen from the service", target);
        }
        // In there a name can mean something: a mark, a draft, a socket.
        if (JournalPlace.IsIn(place) && (!name.EndsWith(Suffix, StringComparison.Ordinal) || name.Contains(".draft")))
        {
            throw Elsewhere($"what lies beside a journal must have a name that ends in {Suffix}", target);
        }
        if (Path.Exists(folder))
        {
            throw Occupied(folder);
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
                CheckRoom();
                return true;
            }
            if (Path.Exists(target))
            {
                throw Occupied(target);
            }
            Directory.Move(aside, target);
            DirectorySync.Flush(place);
            Dispose();
            return false;
        }
        catch (Exception e)
        {
            Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw new BackupFailedException($"{place}: {e.Message}", "check that disk");
            }
            throw;
        }
    }

    /// <summary>Unless it is complete, nothing of it stays.</summary>
    public void Dispose()
    {
        slices.Dispose();
        try
        {
            RemoveAside();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next try removes it, or says that it cannot.
        }
    }

    static BackupFailedException Occupied(string there) => new($"{there} is there already", "another FOLDER");

    static BackupFailedException Elsewhere(string problem, BackupTarget target)
    {
        var name = Path.GetFileNameWithoutExtension(target.Folder) + Suffix;
        return new(problem, $"{Path.Combine(target.Home, name)}, and from there copy it as root");
    }

    /// <summary>The journal may be on the same disk: what it keeps free for open payments is not ours.</summary>
    void CheckRoom()
    {
        var free = freeBytes(place);
        if (free - (Progress.All - Progress.Bytes) < Room.ReservedBytes)
        {
            throw new BackupFailedException(
                $"{place} has {free >> 20} MiB free, and this needs {Progress.All >> 20} MiB beside the " +
                $"{Room.ReservedBytes >> 20} MiB that are kept for open payments", "free some space, or another disk");
        }
    }

    void RemoveAside()
    {
        if (Directory.Exists(aside))
        {
            Directory.Delete(aside, recursive: true);
        }
    }
}
