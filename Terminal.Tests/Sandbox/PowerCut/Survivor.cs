using Sandbox.Journal;
using Terminal.Journal;
using Terminal.Journal.Log;
using Terminal.Journal.Upkeep;

namespace Sandbox.PowerCut;

/// <summary>What an image came to.</summary>
/// <param name="Lost">Acknowledged entries that are gone.</param>
/// <param name="Unreadable">Why it cannot be used, or what in it was never written; null: it is sound.</param>
/// <param name="Wrong">What the books answer that the log does not say; null: nothing.</param>
public sealed record ImageVerdict(long Lost, string? Unreadable = null, string? Wrong = null)
{
    public bool IsSound => Lost == 0 && Unreadable is null && Wrong is null;
}

/// <summary>Opens an image with the real store and compares it with what was committed.</summary>
sealed class Survivor(Recording recording)
{
    const int NextPayment = 1_000_001; // An approved one.

    const int Long = 1000;

    readonly IReadOnlySet<long> ends = recording.Ends;

    /// <param name="promised">Newest acknowledged entry; −1: the store was never opened completely.</param>
    public ImageVerdict Check(MemoryDisk disk, long promised)
    {
        try
        {
            long length;
            using (var store = Journals.On(disk))
            {
                var verdict = Compare(store, promised);
                if (!verdict.IsSound)
                {
                    return verdict;
                }
                if (BooksCheck.Check(disk, store) is { } wrong)
                {
                    return new(0, Wrong: wrong);
                }
                length = store.Last?.Sequence ?? 0;
                GoOn(store);
            }
            using var again = Journals.On(disk);
            return again.Last!.Sequence > length && Findings(again) is { } finding
                ? new(0, $"after one more payment: {finding}")
                : new(0, Wrong: length > Long ? null : BooksCheck.Check(disk, again));
        }
        catch (JournalFailedException e)
        {
            return new(0, e.Message);
        }
    }

    ImageVerdict Compare(PaymentJournal store, long promised)
    {
        if (Findings(store) is { } finding)
        {
            return new(0, finding);
        }
        var last = store.Last?.Sequence ?? store.Anchor.Sequence;
        if (!ends.Contains(last))
        {
            return new(0, $"it ends with entry {last}, in the middle of a commit");
        }
        if ((last > 0 || promised >= 0) && store.Epoch != recording.Epoch)
        {
            return new(Math.Max(promised, 0), $"epoch {store.Epoch} instead of {recording.Epoch}");
        }
        foreach (var here in store.Read(1, int.MaxValue))
        {
            var written = recording[here.Sequence];
            if (here with { Body = [], Hash = [] } != written with { Body = [], Hash = [] } ||
                !here.Body.SequenceEqual(written.Body) || !here.Hash.SequenceEqual(written.Hash))
            {
                return new(0, $"entry {here.Sequence} was never written like that");
            }
        }
        return new(Math.Max(0, promised - last));
    }

    static void GoOn(IJournal store)
    {
        var ledger = new Ledger(store);
        foreach (var commit in CutStory.Payment(NextPayment, seed: 0))
        {
            ledger.Commit(commit, CutStory.At);
        }
    }

    /// <summary>Of a long journal the newest only: what is older is compared entry by entry.</summary>
    static string? Findings(PaymentJournal store)
    {
        var audit = new Audit(store);
        var found = store.Last?.Sequence > Long ? audit.Recent() : audit.Everything();
        return found is [var first, ..] ? first.ToString() : null;
    }
}
