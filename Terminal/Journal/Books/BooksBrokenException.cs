namespace Terminal.Journal.Books;

/// <summary>
/// The books are not as they were saved, or belong to another journal: they are rebuilt from the log.
/// </summary>
sealed class BooksBrokenException(string message, Exception? inner = null) : Exception(message, inner);
