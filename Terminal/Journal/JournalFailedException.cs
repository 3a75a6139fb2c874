namespace Terminal.Journal;

/// <summary>The journal could not be read or written. A commit may or may not be on disk.</summary>
sealed class JournalFailedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Something that was written cannot be read, or not as it was: starting again does not help.</summary>
    public bool IsDamage { get; init; }

    /// <summary>Another version of this program wrote it: it is not damaged, and not to be touched.</summary>
    public bool IsForeign { get; init; }

    /// <summary>What a disk or a file throws, as a failure of the journal.</summary>
    public static JournalFailedException Of(Exception e) => e switch
    {
        JournalFailedException failed => failed,
        FormatException => Log.LogFiles.Damaged(e.Message),
        _ => new($"journal: {e.Message}; check the disk, then start again", e),
    };
}
