using Terminal.Journal;
using Terminal.Journal.Upkeep;

namespace Terminal.Commands;

/// <summary>
/// <c>journal backup</c>: copies the journal as it is now, even while the service writes it, and reads the copy back.
/// </summary>
/// <param name="wait">Pauses between two files, so that payments get the disk.</param>
sealed class BackupVerb(Settings settings, TextWriter output, Action wait)
{
    /// <returns>An <see cref="ExitStatus"/>.</returns>
    /// <exception cref="BackupFailedException">No backup was made.</exception>
    public int Run(string folder)
    {
        var (target, told) = (Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), "");
        using (var journal = new JournalPlace(settings.StateFolder).Look())
        {
            using var backup = new Backup(journal, target, Room.FreeBytes);
            while (backup.Step())
            {
                if (Percent(backup.Progress) is var text && text != told)
                {
                    output.Write(told = text);
                }
                wait();
            }
        }
        return ReadBack(target) ? ExitStatus.Success : ExitStatus.Failed;
    }

    /// <summary>In steps of ten, so that few lines are printed.</summary>
    static string Percent(Copied progress) =>
        $"backup: {(progress.All == 0 ? 0 : progress.Bytes * 10 / progress.All * 10)} %\n";

    bool ReadBack(string folder)
    {
        var bytes = new DirectoryInfo(folder).EnumerateFiles().Sum(f => f.Length);
        using var copy = new PaymentJournal(folder, isReadOnly: true);
        var isSound = new JournalText(copy, output).Verify();
        output.WriteLine($"backup: epoch {copy.Epoch}, entries {copy.Anchor.Sequence + 1} to " +
            $"{copy.Last?.Sequence ?? 0}, {copy.OpenHeads().Count} open, {bytes} bytes in {folder}");
        return isSound;
    }
}
