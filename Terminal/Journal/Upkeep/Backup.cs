using Terminal.Device;
using Terminal.Journal.Log;

namespace Terminal.Journal.Upkeep;

/// <summary>
/// Backs up a journal that a service may be writing. The target folder is either complete and durable or not there: the
/// backup is made beside it and renamed at the end. The next try in the same place removes what a power cut leaves.
/// </summary>
sealed class Backup : IDisposable
{
    /// <summary>Ending of a backup's name beside a journal; no name that the terminal gives ends in it.</summary>
    public const string Suffix = ".backup";

    readonly string target, place, aside;
    readonly Func<string, long> freeBytes;
    readonly IEnumerator<Copied> slices;

    /// <param name="target">The full path of a folder that does not exist yet.</param>
    /// <param name="freeBytes">Free space in a folder.</param>
    /// <exception cref="BackupFailedException">Nothing is left behind.</exception>
    public Backup(PaymentJournal journal, string target, Func<string, long> freeBytes)
    {
        Check(target);
        (this.target, this.freeBytes) = (target, freeBytes);
        place = Path.GetDirectoryName(target)!;
        aside = Path.Combine(place, $"journal-{journal.Epoch}.unfinished");
        try
        {
            RemoveAside();
            Directory.CreateDirectory(
                aside, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupFailedException($"{place} cannot be written ({e.Message})", "another FOLDER");
        }
        slices = journal.Backup(new FolderDisk(aside)).GetEnumerator();
    }

    /// <summary>What was copied so far.</summary>
    public Copied Progress { get; private set; }

    /// <summary>Copies one slice; false when the backup is complete.</summary>
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
            CheckFree(target);
            Directory.Move(aside, target);
            DirectorySync.Flush(place);
            Dispose();
            return false;
        }
        catch (Exception e)
        {
            Dispose();
            throw e switch
            {
                FileNotFoundException => new BackupFailedException(
                    "the oldest part of the journal was dropped meanwhile", "the same command again"),
                IOException or UnauthorizedAccessException => new BackupFailedException(
                    $"{place}: {e.Message}", "check that disk"),
                _ => e,
            };
        }
    }

    /// <summary>Removes the backup unless it is complete.</summary>
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

    /// <summary>Refuses a name that a backup may not have.</summary>
    static void Check(string target)
    {
        var (place, name) = (Path.GetDirectoryName(target), Path.GetFileName(target));
        if (name.Length == 0 || !Directory.Exists(place))
        {
            throw new BackupFailedException($"there is no folder {place}", "another FOLDER");
        }
        // Beside a journal a name can mean something: a mark, a draft, a socket.
        if (JournalPlace.IsIn(place) && (!name.EndsWith(Suffix, StringComparison.Ordinal) || name.Contains(".draft")))
        {
            throw new BackupFailedException(
                $"what lies beside a journal must have a name that ends in {Suffix}", "another FOLDER");
        }
        CheckFree(target);
    }

    static void CheckFree(string target)
    {
        if (Path.Exists(target))
        {
            throw new BackupFailedException($"{target} is there already", "another FOLDER");
        }
    }

    /// <summary>The journal may be on the same disk, so the backup leaves free what open payments may need.</summary>
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
