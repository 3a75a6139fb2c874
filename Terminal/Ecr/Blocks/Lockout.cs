using Terminal.Payments;

namespace Terminal.Ecr.Blocks;

/// <summary>
/// How long whoever sends wrong passwords must wait before the next one is looked at: a second, and twice as long each
/// time, up to a quarter of an hour. Six digits last for years.
/// </summary>
sealed class Lockout
{
    static readonly TimeSpan First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromMinutes(15);

    TimeSpan next = First;

    public Moment Until { get; private set; }

    public bool IsLocked(Moment now) => now < Until;

    public void Fail(Moment now)
    {
        // Who has been quiet for long made a mistake then, and makes another one now.
        next = now >= Until + Longest ? First : next;
        Until = now + next;
        next = TimeSpan.FromTicks(Math.Min(next.Ticks * 2, Longest.Ticks));
    }
}
