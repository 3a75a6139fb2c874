using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Terminal.Journal.Upkeep;

/// <summary>
/// Looks after the journal while nobody pays: has it seal its segments and feed its books, and reads all of it after
/// each start and once a day. The loop calls it, so nothing changes during a slice, and a payment waits for one slice
/// at most.
/// </summary>
sealed class Maintenance(IJournal journal, DamageMark mark, Clock clock)
{
    /// <summary>How long the lane must be idle before anything is done, also after a start.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Time from one slice to the next: a million entries take half an hour and little processor time.
    /// </summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Time from one reading of the whole journal to the next.</summary>
    public static readonly TimeSpan Rhythm = TimeSpan.FromHours(24);

    static readonly TimeSpan LogRhythm = TimeSpan.FromMinutes(1);

    IEnumerator<IReadOnlyList<Finding>>? reading;
    Moment readAgainAt = clock.Now;
    Moment lookAtLogAt = clock.Now;
    Moment idleAt = clock.Now + Quiet;
    Moment dueAt = clock.Now;

    /// <summary>A line for the log, and true if all is well.</summary>
    public Action<bool, string> Report { get; init; } = (_, _) => { };

    /// <summary>
    /// What is known to be wrong with the journal, which then refuses new instructions; null if nothing is.
    /// </summary>
    public string? Damage => mark.Text;

    /// <summary>When <see cref="Step"/> has something to do; never while the lane is not idle.</summary>
    public Moment WakeAt => Moment.Latest(idleAt, dueAt);

    /// <summary>Called after each step of the loop.</summary>
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

    /// <summary>Does one thing that takes milliseconds.</summary>
    /// <exception cref="JournalFailedException">
    /// As for every write; an entry that cannot be read is damage, too.
    /// </exception>
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
            Note(e.Message); // Otherwise each start would take payments until it reads the same page again.
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
