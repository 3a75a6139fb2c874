namespace Terminal.Journal;

/// <summary>The journal could not be read or written. A commit may or may not be on disk.</summary>
public sealed class JournalFailedException(string message, Exception? inner = null) : Exception(message, inner);
