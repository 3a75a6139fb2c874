using Terminal.Journal.Log;

namespace Terminal.Journal.Books;

/// <summary>The part of the log that the books are made from; may be used on any thread.</summary>
/// <param name="Dropped">The entry that the oldest entry follows.</param>
/// <param name="Last">The newest durable entry.</param>
/// <param name="Read">
/// Durable records in order, from a sequence on, at most this many; its failure is the log's.
/// </param>
sealed record LogView(
    string Epoch, Func<Anchor> Dropped, Func<long> Last, Func<long, int, IReadOnlyList<LogRecord>> Read);
