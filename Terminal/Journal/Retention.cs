using Terminal.Device;
using Terminal.Payments;

namespace Terminal.Journal;

/// <summary>
/// Drops old payments from the beginning of the journal: closed, acknowledged by the head office, and older than the
/// settings keep them. Whole payments only, so a cut lies where none was under way; one that stays open holds up all
/// behind it, and a person sees that one in the status.
/// </summary>
public sealed class Retention(IJournal journal, (TimeSpan Keep, long MaxBytes) limits, Clock clock)
{
    /// <summary>
    /// Kept however old they seem: the box has no battery clock, so entries of today may bear the time of last year.
    /// </summary>
    public const int NewestEntries = 10_000;

    // One transaction drops about so many payments, and never more entries than that, long as a payment may reach.
    const int FewPayments = 20;
    const int MostEntries = 20_000;

    static readonly TimeSpan Rhythm = TimeSpan.FromHours(1);

    Moment lookAt;

    /// <summary>After a step: drops something when the lane has become idle, and nobody waits for it.</summary>
    public void Watch(DeskState before, DeskState after)
    {
        if (after.Lane is LaneState.Idle && before.Lane is not LaneState.Idle)
        {
            Drop();
        }
    }

    /// <summary>One small transaction at most. True if something was dropped.</summary>
    /// <exception cref="JournalFailedException">As for every write.</exception>
    public bool Drop()
    {
        if (clock.Now < lookAt)
        {
            return false;
        }
        if (Cut() is not { } cut)
        {
            lookAt = clock.Now + Rhythm;
            return false;
        }
        journal.Drop(new(cut, journal.Read(cut, 1)[0].Hash));
        return true;
    }

    /// <summary>The last entry before a payment that stays, or null if nothing may go.</summary>
    long? Cut()
    {
        var begin = journal.Anchor.Sequence;
        var end = Math.Min(journal.Acknowledged, (journal.Last?.Sequence ?? 0) - NewestEntries);
        end = Math.Min(end, EndOfClosedPeriods());
        var oldest = clock.Wall.UnixMilliseconds - (long)limits.Keep.TotalMilliseconds;
        long? cut = null;
        long reach = 0;
        var count = 0;
        foreach (var head in Heads(begin + 1))
        {
            if (count > 0 && reach < head.FirstSequence && head.FirstSequence - 1 <= end)
            {
                cut = head.FirstSequence - 1;
            }
            reach = Math.Max(reach, head.LastSequence);
            var isDone = cut is not null && count >= FewPayments;
            if (isDone || head.Open || reach > Math.Min(end, begin + MostEntries) || !IsOlder(head, oldest))
            {
                return cut;
            }
            count++;
        }
        return cut;
    }

    /// <summary>
    /// The open business period stays whole, for its totals and reversals; but a till that never closes one must not
    /// fill the journal for ever.
    /// </summary>
    long EndOfClosedPeriods()
    {
        var entries = (journal.Last?.Sequence ?? 0) - journal.Anchor.Sequence;
        return entries * Room.EntryBytes > limits.MaxBytes / 2
            ? long.MaxValue
            : (journal.FindByFingerprint(Instruction.EndOfDay.Mark)?.FirstSequence ?? 1) - 1;
    }

    IEnumerable<Head> Heads(long from)
    {
        while (journal.ReadHeads(from, FewPayments + 1) is { Count: > 0 } page)
        {
            foreach (var head in page)
            {
                yield return head;
            }
            from = page[^1].FirstSequence + 1;
        }
    }

    bool IsOlder(Head head, long unixMilliseconds) =>
        journal.Read(head.LastSequence, 1) is [var last] && last.UnixMilliseconds < unixMilliseconds;
}
