namespace Terminal.Journal.Books;

/// <summary>The books are not as they were saved, or not this journal's: they are made anew from the log.</summary>
sealed class BooksBrokenException(string message, Exception? inner = null) : Exception(message, inner);
