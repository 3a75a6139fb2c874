using Terminal.Device;
using Terminal.Journal;
using Terminal.Journal.Upkeep;

namespace Terminal;

/// <summary>
/// <c>journal backup</c>: by the service if it runs, because nobody else can open its journal, else by this process.
/// What was written is then read back here, where it holds up no payment.
/// </summary>
/// <param name="wait">Between two questions to the service.</param>
sealed class BackupVerb(Settings settings, TextWriter output, Action wait)
{
    string told = "";

    /// <returns>An <see cref="ExitStatus"/>.</returns>
    /// <exception cref="BackupFailedException">There is none.</exception>
    public int Run(string folder)
    {
        var target = new BackupTarget(
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), settings.StateFolder);
        if (ControlSocket.Ask(settings.Control, "backup", target.Folder) is { } answer)
        {
            Follow(target, answer);
        }
        else
        {
            Make(target);
        }
        return ReadBack(target.Folder) ? ExitStatus.Success : ExitStatus.Failed;
    }

    void Follow(BackupTarget target, string answer)
    {
        while (!answer.StartsWith("done:", StringComparison.Ordinal))
        {
            if (answer.StartsWith("error: ", StringComparison.Ordinal))
            {
                throw new BackupFailedException(answer["error: ".Length..].TrimEnd('\n'));
            }
            Tell(answer);
            wait();
            answer = ControlSocket.Ask(settings.Control, "backup-progress", target.Folder)
                ?? throw new BackupFailedException("the service does not answer any more", "terminal status");
        }
    }

    void Make(BackupTarget target)
    {
        FolderOwner.Demand(target.Home);
        using var journal = new JournalPlace(settings.StateFolder).Open(create: false);
        using var backup = new Backup(journal, target, Room.FreeBytes);
        while (backup.Step())
        {
            Tell($"backup: {BackupOrders.Percent(backup.Progress)}\n");
        }
    }

    bool ReadBack(string folder)
    {
        var bytes = new DirectoryInfo(folder).EnumerateFiles().Sum(f => f.Length);
        using var copy = new PaymentJournal(folder, isReadOnly: true);
        var isSound = new JournalText(copy, output).Verify();
        output.WriteLine($"backup: epoch {copy.Epoch}, entries {copy.Anchor.Sequence + 1} to " +
            $"{copy.Last?.Sequence ?? 0}, {copy.OpenHeads().Count} open, {bytes} bytes in {folder}");
        return isSound;
    }

    void Tell(string progress)
    {
        if (progress != told)
        {
            output.Write(told = progress);
        }
    }
}
