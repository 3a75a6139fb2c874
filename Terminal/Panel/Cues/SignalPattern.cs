namespace Terminal.Panel.Cues;

/// <summary>A value and how long it lasts.</summary>
readonly record struct Beat<T>(T Value, int Milliseconds);

/// <summary>Values over time. It repeats for ever, or runs once and keeps the last value.</summary>
sealed class SignalPattern<T>(bool repeats, params Beat<T>[] beats)
{
    readonly long length = beats.Sum(b => (long)b.Milliseconds);

    public T At(TimeSpan since) => beats[Find(since).Index].Value;

    /// <summary>
    /// When the next beat begins, counted from the same start as <paramref name="since"/>; null if none follows.
    /// </summary>
    public TimeSpan? NextChange(TimeSpan since)
    {
        var (index, end) = Find(since);
        return beats.Length > 1 && (repeats || index < beats.Length - 1) ? end : null;
    }

    (int Index, TimeSpan End) Find(TimeSpan since)
    {
        var at = Math.Max(0, (long)since.TotalMilliseconds);
        var start = repeats ? at / length * length : 0;
        for (var i = 0; i < beats.Length; i++)
        {
            start += beats[i].Milliseconds;
            if (at < start)
            {
                return (i, TimeSpan.FromMilliseconds(start));
            }
        }
        return (beats.Length - 1, TimeSpan.MaxValue);
    }
}
