using Sandbox.Journal;
using Terminal;
using Terminal.Journal;
using Terminal.Journal.Books;
using Terminal.Journal.Log;

namespace Sandbox.PowerCut;

/// <summary>Opens the books of an image, or makes them anew, and compares each of their answers with the log.</summary>
static class BooksCheck
{
    // Of a long journal it asks for some payments only.
    const int MostAsked = 50;

    /// <param name="isRotten">A page that nobody asked for may be damaged in the file, and nobody knows it yet.</param>
    /// <returns>What is wrong; null: nothing.</returns>
    public static string? Check(IDisk disk, PaymentJournal journal, bool isRotten = false)
    {
        var (entries, heads) = (journal.Read(1, int.MaxValue), Heads(journal));
        using var keeper = new Bookkeeper(disk, journal.View, new Clock(TimeProvider.System));
        for (var round = 0; round < 3; round++)
        {
            keeper.Work();
            var (last, file) = (journal.Last?.Sequence ?? 0, isRotten ? null : disk);
            if (keeper.TryAsk(last, books => Difference(books, file, entries, heads), out var problem))
            {
                return problem;
            }
        }
        return "the books do not answer";
    }

    /// <summary>Oldest first; what began before the oldest entry is not theirs.</summary>
    static List<Head> Heads(PaymentJournal journal) =>
    [
        .. journal.ReadHeads(1, long.MaxValue).Where(h => h.FirstSequence > journal.Anchor.Sequence)
            .OrderBy(h => h.FirstSequence),
    ];

    static string? Difference(BooksFile books, IDisk? disk, IReadOnlyList<Entry> entries, List<Head> heads)
    {
        if (disk is not null && Difference(disk, entries, heads) is { } problem)
        {
            return problem;
        }
        foreach (var head in heads.Where((_, i) => i % (1 + (heads.Count / MostAsked)) == 0))
        {
            if (books.Find(head.PaymentId) != head ||
                books.FindByFingerprint(head.Fingerprint) != heads.Last(h => h.Fingerprint == head.Fingerprint) ||
                !books.FindByReceipt(head.Receipt, 1, int.MaxValue)
                    .SequenceEqual(heads.Where(h => h.Receipt == head.Receipt).Reverse()))
            {
                return $"payment {head.PaymentId} in the books";
            }
        }
        return null;
    }

    /// <summary>Of the file, as it was saved.</summary>
    static string? Difference(IDisk disk, IReadOnlyList<Entry> entries, List<Head> heads)
    {
        try
        {
            var saved = SavedBooks.Read(disk);
            return !saved.Entries.Select(Text).SequenceEqual(entries.Select(Text)) ? "entries of the books"
                : !saved.Heads.SequenceEqual(heads) ? "heads of the books"
                : null;
        }
        catch (InvalidDataException e)
        {
            return e.Message;
        }
    }

    static string Text(Entry e) => $"{e.Sequence} {e.PaymentId} {e.Kind} {e.UnixMilliseconds} " +
        $"{Convert.ToHexString(e.Body)} {Convert.ToHexString(e.Hash)}";
}
