using Terminal.Journal.Log;

namespace Terminal.Journal.Books;

/// <summary>What the books are made from; from any thread.</summary>
/// <param name="Dropped">What the oldest entry follows.</param>
/// <param name="Last">The newest durable entry.</param>
/// <param name="Read">Durable records in order, from a sequence on, at most so many; its failure is the log's.</param>
sealed record LogView(
    string Epoch, Func<Anchor> Dropped, Func<long> Last, Func<long, int, IReadOnlyList<LogRecord>> Read);
