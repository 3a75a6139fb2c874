using Terminal.Journal;

namespace Sandbox.PowerCut;

/// <summary>What an image came to.</summary>
/// <param name="Lost">Acknowledged entries that are gone.</param>
/// <param name="Unreadable">Why it cannot be used, or what in it was never written; null: it is sound.</param>
public sealed record Verdict(long Lost, string? Unreadable = null)
{
    public bool IsSound => Lost == 0 && Unreadable is null;
}

/// <summary>Opens an image with the real store and compares it with what was committed.</summary>
sealed class Survivor(Func<string, IJournal> open, Recording recording)
{
    const int NextPayment = 1_000_001; // An approved one.

    readonly IReadOnlySet<long> ends = recording.Ends;

    /// <param name="promised">Newest acknowledged entry; −1: the store was never opened completely.</param>
    public Verdict Check(string folder, long promised)
    {
        try
        {
            long length;
            using (var store = open(folder))
            {
                var verdict = Compare(store, promised);
                if (!verdict.IsSound)
                {
                    return verdict;
                }
                length = store.Last?.Sequence ?? 0;
                GoOn(store);
            }
            using var again = open(folder);
            return again.Last!.Sequence > length && Findings(again) is { } finding
                ? new(0, $"after one more payment: {finding}")
                : new(0);
        }
        catch (JournalFailedException e)
        {
            return new(0, e.Message);
        }
    }

    Verdict Compare(IJournal store, long promised)
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
            var written = recording.Entries[(int)here.Sequence - 1];
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
        foreach (var commit in Story.Payment(NextPayment, seed: 0))
        {
            ledger.Commit(commit, Story.At);
        }
    }

    static string? Findings(IJournal store) =>
        new Audit(store).Everything() is [var first, ..] ? first.ToString() : null;
}
