namespace Terminal.Journal;

/// <summary>Gives the journal to one process at a time: the one that holds the lock.</summary>
static class JournalLock
{
    /// <exception cref="JournalFailedException">Another process holds the lock.</exception>
    public static FileStream Take(string folder)
    {
        try
        {
            return new(Path.Combine(folder, "lock"), new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (Exception e)
        {
            throw e is IOException and not (FileNotFoundException or DirectoryNotFoundException)
                ? new JournalFailedException($"journal {folder}: another process has it open: end that one first", e)
                : JournalFailedException.Of(e);
        }
    }
}
