using Terminal.Journal;

namespace Sandbox.Journal;

/// <summary>Two journals, entry by entry.</summary>
static class JournalsAlike
{
    /// <returns>What differs first; null: nothing.</returns>
    public static string? Difference(IJournal one, IJournal other)
    {
        if (one.Epoch != other.Epoch || one.Anchor.ToString() != other.Anchor.ToString())
        {
            return "epoch or anchor";
        }
        var (left, right) = (one.Read(1, int.MaxValue), other.Read(1, int.MaxValue));
        for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            if (i >= left.Count || i >= right.Count || !left[i].Hash.AsSpan().SequenceEqual(right[i].Hash) ||
                !left[i].Body.AsSpan().SequenceEqual(right[i].Body))
            {
                return $"entry {one.Anchor.Sequence + i + 1}";
            }
        }
        return one.OpenHeads().SequenceEqual(other.OpenHeads()) ? null : "open payments";
    }
}
