using Terminal.Payments;

namespace Terminal;

/// <summary>The two clocks of the box: monotonic for deadlines, wall for records.</summary>
sealed class Clock(TimeProvider time)
{
    public Moment Now => new(time.GetElapsedTime(0, time.GetTimestamp()).Ticks);

    public Stamp Wall => new(time.GetUtcNow().ToUnixTimeMilliseconds());
}
