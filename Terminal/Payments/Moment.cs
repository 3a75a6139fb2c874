namespace Terminal.Payments;

/// <summary>
/// A point on the monotonic clock, in ticks of 100 ns since an arbitrary start; every deadline is one.
/// </summary>
/// <remarks>Meaningless after a restart, so it is never journaled. Wall time is a <see cref="Stamp"/>.</remarks>
readonly record struct Moment(long Ticks) : IComparable<Moment>
{
    /// <summary>Later than every deadline: "does not wake by itself".</summary>
    public static readonly Moment Never = new(long.MaxValue);

    public static Moment operator +(Moment moment, TimeSpan span) =>
        moment.Ticks == long.MaxValue ? moment : new(moment.Ticks + span.Ticks);

    public static Moment operator -(Moment moment, TimeSpan span) => new(moment.Ticks - span.Ticks);

    public static TimeSpan operator -(Moment later, Moment earlier) => new(later.Ticks - earlier.Ticks);

    public static bool operator <(Moment a, Moment b) => a.Ticks < b.Ticks;
    public static bool operator >(Moment a, Moment b) => a.Ticks > b.Ticks;
    public static bool operator <=(Moment a, Moment b) => a.Ticks <= b.Ticks;
    public static bool operator >=(Moment a, Moment b) => a.Ticks >= b.Ticks;

    public static Moment Earliest(Moment a, Moment b) => a < b ? a : b;
    public static Moment Latest(Moment a, Moment b) => a > b ? a : b;

    public int CompareTo(Moment other) => Ticks.CompareTo(other.Ticks);

    public override string ToString() => this == Never ? "never" : $"{TimeSpan.FromTicks(Ticks).TotalSeconds:0.0##}s";
}

/// <summary>
/// Wall-clock milliseconds since 1970 UTC, for records and receipts only; never compared to decide anything.
/// </summary>
readonly record struct Stamp(long UnixMilliseconds);
