using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Terminal.Journal.Upkeep;

/// <summary>
/// Looks after the journal while nobody pays: lets it seal its segments and feed its books, reads all of it after each
/// start and once a day. The loop does it, so nothing changes under a slice, and a payment waits for one slice at most.
/// </summary>
sealed class Maintenance(IJournal journal, DamageMark mark, Clock clock)
{
    /// <summary>The lane is idle for so long before anything is done, also after a start.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    /// <summary>From one slice to the next: a million entries take half an hour, and little of the processor.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>From one reading to the next.</summary>
    public static readonly TimeSpan Rhythm = TimeSpan.FromHours(24);

    static readonly TimeSpan LogRhythm = TimeSpan.FromMinutes(1);

    IEnumerator<IReadOnlyList<Finding>>? reading;
    Moment readAgainAt = clock.Now;
    Moment lookAtLogAt = clock.Now;
    Moment idleAt = clock.Now + Quiet;
    Moment dueAt = clock.Now;

    /// <summary>For the log; true if all is well.</summary>
    public Action<bool, string> Report { get; init; } = (_, _) => { };

    /// <summary>What is wrong with the journal; null: nothing that is known. New instructions are refused.</summary>
    public string? Damage => mark.Text;

    /// <summary>When <see cref="Step"/> has something to do; never while the lane is not idle.</summary>
    public Moment WakeAt => Moment.Latest(idleAt, dueAt);

    /// <summary>After each step of the loop.</summary>
    public void Watch(DeskState before, DeskState after)
    {
        if (after.Lane is not LaneState.Idle)
        {
            idleAt = Moment.Never;
        }
        else if (before.Lane is not LaneState.Idle)
        {
            idleAt = clock.Now + Quiet;
        }
    }

    /// <summary>One thing that takes milliseconds.</summary>
    /// <exception cref="JournalFailedException">As for every write; what cannot be read is damage, too.</exception>
    public void Step()
    {
        if (lookAtLogAt <= clock.Now)
        {
            lookAtLogAt = clock.Now + (journal.Tend() ? Pause : LogRhythm);
        }
        if (Damage is null && readAgainAt <= clock.Now)
        {
            Read();
        }
        dueAt = Damage is not null
            ? lookAtLogAt
            : Moment.Earliest(lookAtLogAt, Moment.Latest(readAgainAt, clock.Now + Pause));
    }

    void Read()
    {
        reading ??= new Audit(journal).Slices().GetEnumerator();
        try
        {
            if (!reading.MoveNext())
            {
                Report(true, $"journal: read up to entry {journal.Last?.Sequence ?? 0}, nothing is wrong");
                reading = null;
                readAgainAt = clock.Now + Rhythm;
            }
            else if (reading.Current is [var finding, ..])
            {
                Note(finding.ToString());
            }
        }
        catch (JournalFailedException e) when (e.IsDamage)
        {
            Note(e.Message); // Else each start would take payments until it comes to the same page again.
            throw;
        }
    }

    void Note(string damage)
    {
        reading = null;
        Report(false, $"journal: DAMAGED: {damage}");
        try
        {
            mark.Set(damage);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JournalFailedException)
        {
            Report(false, $"journal: the damage is not noted for the next start: {e.Message}");
        }
    }
}
