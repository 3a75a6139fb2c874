using System.Globalization;

namespace Terminal.Acquirer;

/// <summary>When a signed answer was signed.</summary>
enum Freshness
{
    /// <summary>Between our question and now, as far as the clocks show.</summary>
    Fresh,
    /// <summary>The gateway's time is not known yet, or the answer is ahead of it.</summary>
    Unknown,
    /// <summary>Before our question, or without a time.</summary>
    Stale,
}

/// <summary>
/// The gateway's time, carried forward by our monotonic clock: the box has no battery clock, so its wall time will
/// jump. It shows whether a signed answer is from now. A signature alone shows who answered, not when.
/// </summary>
/// <remarks>
/// An attacker on the line can replay what the gateway once signed, but cannot sign. So a time is believed only when
/// three answers agree on it. From then on single answers correct no more than the drift of the two clocks.
/// </remarks>
/// <param name="floor">The newest time that the gateway signed before this process started; null: unknown.</param>
sealed class GatewayClock(TimeProvider time, DateTimeOffset? floor = null)
{
    /// <summary>How far from the expected time an answer may be signed.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(60);

    /// <summary>A slower answer would make the clock late by its delay.</summary>
    static readonly TimeSpan SlowestSample = TimeSpan.FromSeconds(5);

    /// <summary>Answers agree if, from one to the next, they deviate from our clock by less than this.</summary>
    static readonly TimeSpan Agreement = TimeSpan.FromSeconds(5);

    /// <summary>How many answers must agree before we believe a time that we did not expect.</summary>
    const int Witnesses = 3;

    /// <summary>
    /// More than two quartz clocks drift apart. It would take days to lead this clock astray by its tolerance.
    /// </summary>
    const double Drift = 200e-6;

    static readonly DateTimeOffset Earliest = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly Lock gate = new();
    DateTimeOffset? newest = floor;
    Sample? sample;
    Sample? witness;
    int witnesses;

    /// <summary>The monotonic clock underneath.</summary>
    public TimeProvider Source => time;

    /// <summary>False until three answers have agreed on the time.</summary>
    public bool Known => Volatile.Read(ref sample) is not null;

    /// <summary>The gateway's time; our own wall time while that is unknown.</summary>
    public DateTimeOffset Now =>
        Volatile.Read(ref sample) is { } s ? s.At(time.GetTimestamp(), time) : time.GetUtcNow();

    /// <summary>The newest time that the gateway is known to have signed; remembered across restarts.</summary>
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

    /// <summary>Judges whether a verified answer was signed between our sending and now, and learns from it.</summary>
    /// <param name="signedTime">ISO 8601 or milliseconds since 1970.</param>
    /// <param name="sentAt">Timestamp of the request that was answered.</param>
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

    /// <summary>A person has found that the learned time is wrong: learning starts again.</summary>
    public void Forget()
    {
        lock (gate)
        {
            (sample, witness, witnesses, newest) = (null, null, 0, null);
        }
    }

    /// <summary>
    /// Takes a time that was not expected: the first one, or a leap forward. The same answer three times counts once.
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

    /// <summary>
    /// Moves the clock by at most what clocks drift apart. Otherwise a series of answers could lead it anywhere.
    /// </summary>
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
    /// <param name="Timestamp">Ours at the same moment.</param>
    sealed record Sample(DateTimeOffset Time, long Timestamp)
    {
        public DateTimeOffset At(long timestamp, TimeProvider clock) =>
            Time + clock.GetElapsedTime(Timestamp, timestamp);
    }
}
