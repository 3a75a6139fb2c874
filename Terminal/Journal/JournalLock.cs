namespace Terminal.Journal;

/// <summary>One process has a journal, and whoever holds this is it.</summary>
static class JournalLock
{
    /// <exception cref="JournalFailedException">Another process has it.</exception>
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
