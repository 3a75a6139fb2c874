namespace Sandbox.Simulation;

/// <summary>The only source of chance in a world (SplitMix64): same seed, same run, on every machine.</summary>
sealed class Dice(ulong seed)
{
    ulong state = seed;

    public ulong Next()
    {
        unchecked
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>From 0 inclusive to 1 exclusive.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => probability > 0 && Fraction() < probability;

    /// <summary>From 0 inclusive to <paramref name="limit"/> exclusive.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    public T Pick<T>(params ReadOnlySpan<T> of) => of[Below(of.Length)];

    public TimeSpan Seconds(double from, double to) => TimeSpan.FromSeconds(from + (Fraction() * (to - from)));

    public void Fill(Span<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(Next() >> 56);
        }
    }
}
