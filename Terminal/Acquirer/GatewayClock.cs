using System.Globalization;

namespace Terminal.Acquirer;

/// <summary>
/// The gateway's time, carried forward by our monotonic clock: the box has no battery clock, its wall time will jump.
/// </summary>
public sealed class GatewayClock(TimeProvider time)
{
    /// <summary>A slower answer would tell the time too late by as much.</summary>
    static readonly TimeSpan SlowestSample = TimeSpan.FromSeconds(5);

    static readonly DateTimeOffset Earliest = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    volatile Sample? sample;

    public bool Known => sample is not null;

    /// <summary>Our own wall time as long as the gateway has not told its own.</summary>
    public DateTimeOffset Now => sample is { } s ? s.Time + time.GetElapsedTime(s.At) : time.GetUtcNow();

    /// <param name="signedTime">ISO 8601 or milliseconds since 1970, from a verified answer.</param>
    /// <param name="sentAt">Timestamp of the request that it answers.</param>
    public void Learn(string signedTime, long sentAt)
    {
        if (time.GetElapsedTime(sentAt) <= SlowestSample
            && Parse(signedTime) is { } now && now > Earliest && now < Latest)
        {
            sample = new(now, time.GetTimestamp());
        }
    }

    static DateTimeOffset? Parse(string text)
    {
        if (long.TryParse(text, NumberStyles.None, null, out var milliseconds))
        {
            return milliseconds < Latest.ToUnixTimeMilliseconds()
                ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
                : null;
        }
        return DateTimeOffset.TryParse(text, null, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }

    sealed record Sample(DateTimeOffset Time, long At);
}
