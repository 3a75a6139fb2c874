namespace Terminal.Journal.Upkeep;

/// <summary>
/// Backups of a running service, one at a time: ordered and asked about from the control socket's thread, made in
/// slices on the loop's.
/// </summary>
/// <param name="home">The journal's folder.</param>
public sealed class BackupOrders(PaymentJournal journal, string home) : IDisposable
{
    readonly Lock gate = new();
    Status? status;
    Backup? backup;

    /// <summary>Free space in a folder.</summary>
    public Func<string, long> FreeBytes { get; init; } = Room.FreeBytes;

    /// <summary>There is something to do: the loop may sleep.</summary>
    public Action Wake { get; init; } = () => { };

    /// <summary>Is there one to make?</summary>
    public bool IsPending
    {
        get
        {
            lock (gate)
            {
                return status is { IsOver: false };
            }
        }
    }

    /// <summary>Orders one; again for the same file while it is made, only tells how far it is.</summary>
    public string Order(string file)
    {
        lock (gate)
        {
            if (status is { IsOver: false } other)
            {
                return other.File == file
                    ? other.Text
                    : $"error: a backup is being made, {other.File}; next step: wait for that one\n";
            }
            if (Path.GetDirectoryName(file) != Path.GetFullPath(home))
            {
                return $"error: the service writes a backup into {home} only; " +
                    $"next step: {Path.Combine(home, Path.GetFileNameWithoutExtension(file) + Backup.Suffix)}\n";
            }
            try
            {
                Backup.Check(new(file, home));
            }
            catch (BackupFailedException e)
            {
                return $"error: {e.Message}\n";
            }
            status = new(file, $"backup: waits until nobody has paid for {Maintenance.Quiet.Seconds} s\n", false);
        }
        Wake();
        return Progress(file);
    }

    /// <summary>How far it is: a line that begins with "done:" or "error:" is the last.</summary>
    public string Progress(string file)
    {
        lock (gate)
        {
            return status?.File == file ? status.Text : $"error: no backup to {file} was ordered\n";
        }
    }

    /// <summary>On the loop's thread: a slice. Returns what is for the log, at the end.</summary>
    /// <exception cref="BackupFailedException">It is over; the journal is not.</exception>
    /// <exception cref="JournalFailedException">The journal itself failed.</exception>
    public string? Step()
    {
        var file = status!.File;
        try
        {
            backup ??= new(journal, new(file, home), FreeBytes);
            if (backup.Step())
            {
                Tell(file, $"backup: {Percent(backup.Progress)}\n", isOver: false);
                return null;
            }
            var done = $"{file}, {backup.Progress.All} bytes, up to entry {journal.Last?.Sequence ?? 0}";
            backup = null;
            Tell(file, $"done: {done}\n", isOver: true);
            return done;
        }
        catch (Exception e)
        {
            backup = null;
            Tell(file, $"error: {e.Message}\n", isOver: true);
            throw;
        }
    }

    /// <summary>When the loop has ended: nothing of what is not complete stays.</summary>
    public void Dispose() => backup?.Dispose();

    /// <summary>In steps of ten, so that it changes ten times.</summary>
    public static string Percent(Copied progress) =>
        $"{(progress.All == 0 ? 0 : progress.Bytes * 10 / progress.All * 10)} % of {progress.All >> 10} KiB";

    void Tell(string file, string text, bool isOver)
    {
        lock (gate)
        {
            status = new(file, text, isOver);
        }
    }

    sealed record Status(string File, string Text, bool IsOver);
}
