namespace Terminal.Journal;

/// <summary>The journal could not be read or written. A commit may or may not be on disk.</summary>
public sealed class JournalFailedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Something that was written cannot be read, or not as it was: starting again does not help.</summary>
    public bool IsDamage { get; init; }
}
