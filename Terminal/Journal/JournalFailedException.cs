namespace Terminal.Journal;

/// <summary>The journal could not be read or written. A commit may or may not be on disk.</summary>
sealed class JournalFailedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Written data cannot be read or has changed: a restart does not help.</summary>
    public bool IsDamage { get; init; }

    /// <summary>Another version of this program wrote the journal: it is not damaged and must not be changed.</summary>
    public bool IsForeign { get; init; }

    /// <summary>Turns an exception of a disk or a file into a failure of the journal.</summary>
    public static JournalFailedException Of(Exception e) => e switch
    {
        JournalFailedException failed => failed,
        FormatException => Log.LogFiles.Damaged(e.Message),
        _ => new($"journal: {e.Message}; check the disk, then start again", e),
    };
}
