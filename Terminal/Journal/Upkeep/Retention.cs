using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Terminal.Journal.Upkeep;

/// <summary>
/// Drops whole segments from the beginning of the journal, if the head office has acknowledged them and they are older
/// than the settings require. A segment holds up all behind it if a payment that began in it is still open; a person
/// sees that payment in the status.
/// </summary>
sealed class Retention(IJournal journal, (TimeSpan Keep, long MaxBytes) limits, Clock clock)
{
    /// <summary>
    /// How many of the newest entries are kept however old they seem. The box has no battery clock, so entries of today
    /// may bear the time of last year.
    /// </summary>
    public const int NewestEntries = 10_000;

    static readonly TimeSpan Rhythm = TimeSpan.FromHours(1);

    Moment lookAt;

    /// <summary>Called after a step: drops a segment when the lane has just become idle and nobody waits.</summary>
    public void Watch(DeskState before, DeskState after)
    {
        if (after.Lane is LaneState.Idle && before.Lane is not LaneState.Idle)
        {
            Drop();
        }
    }

    /// <summary>Drops one segment at most; true if one was dropped.</summary>
    /// <exception cref="JournalFailedException">As for every write.</exception>
    public bool Drop()
    {
        if (clock.Now < lookAt)
        {
            return false;
        }
        if (journal.NextCut is not { } cut || !MayGo(cut))
        {
            lookAt = clock.Now + Rhythm;
            return false;
        }
        journal.Drop(cut);
        return true;
    }

    bool MayGo(Anchor cut)
    {
        var end = Math.Min(journal.Acknowledged, (journal.Last?.Sequence ?? 0) - NewestEntries);
        var oldest = clock.Wall.UnixMilliseconds - (long)limits.Keep.TotalMilliseconds;
        return cut.Sequence <= Math.Min(end, EndOfClosedPeriods()) &&
            journal.Read(cut.Sequence, 1) is [var last] && last.UnixMilliseconds < oldest &&
            !journal.OpenHeads().Any(h => h.FirstSequence <= cut.Sequence);
    }

    /// <summary>
    /// The open business period stays whole, for its totals and reversals. But a till that never closes a period must
    /// not fill the journal for ever.
    /// </summary>
    long EndOfClosedPeriods()
    {
        var entries = (journal.Last?.Sequence ?? 0) - journal.Anchor.Sequence;
        return entries * Room.EntryBytes > limits.MaxBytes / 2
            ? long.MaxValue
            : (journal.FindByFingerprint(Head.EndOfDay, journal.Remembered)?.FirstSequence ?? 1) - 1;
    }
}
