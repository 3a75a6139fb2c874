using System.Globalization;

namespace Terminal.Acquirer;

/// <summary>When a signed answer was signed.</summary>
enum Freshness
{
    /// <summary>Between our question and now, as far as clocks can tell.</summary>
    Fresh,
    /// <summary>The gateway's time is not known yet, or the answer is ahead of it.</summary>
    Unknown,
    /// <summary>Before our question, or it does not say when.</summary>
    Stale,
}

/// <summary>
/// The gateway's time, carried forward by our monotonic clock: the box has no battery clock, its wall time will jump.
/// It tells whether a signed answer is of now; a signature alone says who answered, not when.
/// </summary>
/// <remarks>
/// Whoever sits on the line can repeat what the gateway once signed, but not sign anything. So the time is believed
/// once three answers agree on it, and from then on single answers only correct the drift of two clocks.
/// </remarks>
/// <param name="floor">The newest time that the gateway signed before this process; null: none is known.</param>
sealed class GatewayClock(TimeProvider time, DateTimeOffset? floor = null)
{
    /// <summary>How far from the expected time an answer may be signed.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(60);

    /// <summary>A slower answer would tell the time too late by as much.</summary>
    static readonly TimeSpan SlowestSample = TimeSpan.FromSeconds(5);

    /// <summary>Answers that are to agree differ from our clock by less, pause by pause.</summary>
    static readonly TimeSpan Agreement = TimeSpan.FromSeconds(5);

    /// <summary>So many answers must agree before a time is believed that we did not expect.</summary>
    const int Witnesses = 3;

    /// <summary>More than two crystals differ. It takes days to lead this clock astray by its tolerance.</summary>
    const double Drift = 200e-6;

    static readonly DateTimeOffset Earliest = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly Lock gate = new();
    DateTimeOffset? newest = floor;
    Sample? sample;
    Sample? witness;
    int witnesses;

    /// <summary>The monotonic clock beneath.</summary>
    public TimeProvider Source => time;

    /// <summary>False until three answers agreed on the time.</summary>
    public bool Known => Volatile.Read(ref sample) is not null;

    /// <summary>Our own wall time as long as the gateway's is not known.</summary>
    public DateTimeOffset Now =>
        Volatile.Read(ref sample) is { } s ? s.At(time.GetTimestamp(), time) : time.GetUtcNow();

    /// <summary>The newest time that the gateway is known to have signed; to be remembered over a restart.</summary>
    public DateTimeOffset? Newest
    {
        get
        {
            lock (gate)
            {
                return newest;
            }
        }
    }

    /// <summary>A verified answer: was it signed between our sending and now? And the clock learns from it.</summary>
    /// <param name="signedTime">ISO 8601 or milliseconds since 1970.</param>
    /// <param name="sentAt">Timestamp of the request that it answers.</param>
    public Freshness Take(string signedTime, long sentAt)
    {
        if (Parse(signedTime) is not { } told || told <= Earliest || told >= Latest)
        {
            return Freshness.Stale;
        }
        lock (gate)
        {
            var now = time.GetTimestamp();
            var isQuick = time.GetElapsedTime(sentAt, now) <= SlowestSample;
            var oldest = sample is { } s ? s.At(sentAt, time) - Tolerance : newest - Tolerance;
            if (told < oldest)
            {
                return Freshness.Stale;
            }
            if (sample is null || told > sample.At(now, time) + Tolerance)
            {
                Hear(told, now, isQuick);
                return Freshness.Unknown;
            }
            if (isQuick)
            {
                Follow(sample, told, now);
            }
            return Freshness.Fresh;
        }
    }

    /// <summary>A person has found out that what was believed is wrong: it is learned anew, from the start.</summary>
    public void Forget()
    {
        lock (gate)
        {
            (sample, witness, witnesses, newest) = (null, null, 0, null);
        }
    }

    /// <summary>
    /// A time that was not expected: the first, or a leap forward. The same answer three times is one witness.
    /// </summary>
    void Hear(DateTimeOffset told, long now, bool isQuick)
    {
        var agrees = witness is { } w && (told - w.At(now, time)).Duration() <= Agreement;
        if (!isQuick || (agrees && told <= witness!.Time))
        {
            return;
        }
        witnesses = agrees ? witnesses + 1 : 1;
        witness = new(told, now);
        if (witnesses >= Witnesses)
        {
            Believe(witness, told);
        }
    }

    /// <summary>By no more than clocks drift apart, or one answer after the other could lead us anywhere.</summary>
    void Follow(Sample before, DateTimeOffset told, long now)
    {
        var expected = before.At(now, time);
        var drift = time.GetElapsedTime(before.Timestamp, now) * Drift;
        var followed = told < expected - drift ? expected - drift : told > expected + drift ? expected + drift : told;
        Believe(new(followed, now), told < expected ? told : expected);
    }

    void Believe(Sample now, DateTimeOffset told)
    {
        (witness, witnesses) = (null, 0);
        newest = told < newest ? newest : told;
        Volatile.Write(ref sample, now);
    }

    static DateTimeOffset? Parse(string text)
    {
        if (long.TryParse(text, NumberStyles.None, null, out var milliseconds))
        {
            return milliseconds < Latest.ToUnixTimeMilliseconds()
                ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
                : null;
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : null;
    }

    /// <param name="Time">The gateway's.</param>
    /// <param name="Timestamp">Ours, of the same moment.</param>
    sealed record Sample(DateTimeOffset Time, long Timestamp)
    {
        public DateTimeOffset At(long timestamp, TimeProvider clock) =>
            Time + clock.GetElapsedTime(Timestamp, timestamp);
    }
}
