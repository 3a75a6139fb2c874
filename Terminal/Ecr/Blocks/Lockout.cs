using Terminal.Payments;

namespace Terminal.Ecr.Blocks;

/// <summary>
/// How long a sender of wrong passwords must wait before the next one is looked at: a second, doubled each time, up to
/// a quarter of an hour. Guessing six digits takes years at that pace.
/// </summary>
sealed class Lockout
{
    static readonly TimeSpan First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromMinutes(15);

    TimeSpan next = First;

    public Moment Until { get; private set; }

    public bool IsLocked(Moment now) => now < Until;

    public void Fail(Moment now)
    {
        // After a long silence a wrong password is a fresh mistake, so the waiting starts again from a second.
        next = now >= Until + Longest ? First : next;
        Until = now + next;
        next = TimeSpan.FromTicks(Math.Min(next.Ticks * 2, Longest.Ticks));
    }
}
