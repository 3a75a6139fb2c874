using System.Diagnostics;
using System.Globalization;

namespace Sandbox.Bench;

/// <summary>Durations of one thing done many times, in milliseconds.</summary>
sealed class Sample
{
    readonly List<double> times = [];

    public int Count => times.Count;

    public double Median => At(0.5);

    public double P99 => At(0.99);

    public double Max => At(1);

    public void Add(TimeSpan time) => times.Add(time.TotalMilliseconds);

    /// <summary>Now, if it is the first time; 0: not yet.</summary>
    public static void Note(ref long at) => Interlocked.CompareExchange(ref at, Stopwatch.GetTimestamp(), 0);

    public override string ToString() => Less(0);

    /// <summary>Without a pause that is a part of each.</summary>
    public string Less(double pause) => $"p50 {Ms(Median - pause)}, p99 {Ms(P99 - pause)}, max {Ms(Max - pause)}";

    public static string Ms(double milliseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.00} ms");

    double At(double share) =>
        times.Count == 0 ? double.NaN : times.Order().ElementAt((int)Math.Ceiling(share * (times.Count - 1)));
}
