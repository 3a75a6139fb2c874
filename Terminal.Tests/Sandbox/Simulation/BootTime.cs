namespace Sandbox.Simulation;

/// <summary>
/// The clocks of one process: the monotonic one begins anywhere, the wall may be wrong by any amount.
/// </summary>
sealed class BootTime(Agenda agenda, Dice dice) : TimeProvider
{
    readonly long monotonic = (long)(dice.Fraction() * TimeSpan.TicksPerDay * 30) - agenda.Now;
    DateTimeOffset wall = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) + dice.Seconds(-1e7, 1e7);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => agenda.Now + monotonic;

    public override DateTimeOffset GetUtcNow() => wall.AddTicks(agenda.Now);

    public void Jump(TimeSpan by) => wall += by;

    /// <summary>When a monotonic moment of this process is, in the world's time.</summary>
    public long ToWorld(long moment) => moment == long.MaxValue ? moment : moment - monotonic;
}
