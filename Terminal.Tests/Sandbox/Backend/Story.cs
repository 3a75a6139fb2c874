using Terminal.Backend;
using Terminal.Journal;

namespace Sandbox.Backend;

/// <summary>What became of an entry that came in.</summary>
enum Arrived
{
    Stored,
    /// <summary>Kept in memory until those before it are here.</summary>
    Early,
    Again,
    /// <summary>It contradicts what is stored, or its own hash, and acknowledges nothing.</summary>
    Wrong,
}

/// <summary>
/// One journal as the head office knows it: entries in order, each chained to the one before. What came too early
/// waits; whoever sent it sends it again.
/// </summary>
sealed class Story
{
    const int MostEarly = 10_000;

    readonly List<Entry> stored = [];
    readonly SortedDictionary<long, Entry> early = [];

    public IReadOnlyList<Entry> Stored => stored;

    public int Early => early.Count;

    /// <summary>Cumulative; asks for what is missing before what came early, or up to what is announced.</summary>
    public Ack Acknowledgement(string epoch, long announced = 0)
    {
        var next = stored.Count + 1;
        var end = early.Count > 0 ? early.Keys.First() : announced + 1;
        EntryRange[] need = end > next ? [new(next, end - 1)] : [];
        return new(epoch, stored.Count, OfficeText.HashOf(stored.LastOrDefault()), need);
    }

    /// <summary>The entry, and whatever can follow now, each with what became of it.</summary>
    public IEnumerable<(Entry Entry, Arrived How)> Take(string epoch, Entry entry)
    {
        if (entry.Sequence <= stored.Count)
        {
            yield return (entry, IsSame(stored[(int)entry.Sequence - 1], entry) ? Arrived.Again : Arrived.Wrong);
            yield break;
        }
        if (early.Count < MostEarly)
        {
            early[entry.Sequence] = entry;
        }
        if (entry.Sequence > stored.Count + 1)
        {
            yield return (entry, Arrived.Early);
        }
        while (early.Remove(stored.Count + 1, out var next))
        {
            if (!OfficeText.Follows(stored.LastOrDefault(), epoch, next))
            {
                yield return (next, Arrived.Wrong);
                break;
            }
            stored.Add(next);
            yield return (next, Arrived.Stored);
        }
    }

    /// <summary>A crash forgets what came early; an older backup also what was stored last.</summary>
    public void Forget(int newest)
    {
        early.Clear();
        stored.RemoveRange(stored.Count - newest, newest);
    }

    public static bool IsSame(Entry one, Entry other) =>
        one.Kind == other.Kind && one.PaymentId == other.PaymentId && one.UnixMilliseconds == other.UnixMilliseconds &&
        one.Hash.AsSpan().SequenceEqual(other.Hash) && one.Body.AsSpan().SequenceEqual(other.Body);
}
