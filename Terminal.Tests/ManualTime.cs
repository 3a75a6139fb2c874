namespace Terminal.Tests;

/// <summary>
/// A clock that moves only when told. Timers fire inside <see cref="Advance"/>; any thread may set one meanwhile.
/// </summary>
public sealed class ManualTime : TimeProvider
{
    readonly List<ManualTimer> timers = [];
    long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => ticks;

    public override DateTimeOffset GetUtcNow() =>
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan span)
    {
        var end = ticks + span.Ticks;
        while (Next(end) is { } next)
        {
            ticks = Math.Max(ticks, next.Due);
            next.Fire();
        }
        ticks = end;
    }

    ManualTimer? Next(long end)
    {
        lock (timers)
        {
            return timers.Where(t => t.Due <= end).MinBy(t => t.Due);
        }
    }

    sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        long period;

        public long Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.timers)
            {
                this.period = period.Ticks;
                time.timers.Remove(this);
                if (dueTime >= TimeSpan.Zero)
                {
                    Due = time.ticks + dueTime.Ticks;
                    time.timers.Add(this);
                }
            }
            return true;
        }

        public void Fire()
        {
            lock (time.timers)
            {
                time.timers.Remove(this);
                if (period > 0)
                {
                    Due += period;
                    time.timers.Add(this);
                }
            }
            fire();
        }

        public void Dispose()
        {
            lock (time.timers)
            {
                time.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
