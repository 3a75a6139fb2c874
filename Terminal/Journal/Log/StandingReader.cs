using System.Buffers.Binary;

namespace Terminal.Journal.Log;

/// <summary>Reads what <see cref="StandingWriter"/> wrote.</summary>
static class StandingReader
{
    /// <summary>Of a head at least.</summary>
    const int Shortest = 31;

    /// <exception cref="FormatException">It was never written like that.</exception>
    public static (Standing Standing, byte[] Hash, byte[] Tally) Read(ReadOnlySpan<byte> rest)
    {
        var hash = LogRecord.Take(ref rest, Chain.HashLength).ToArray();
        var standing = new Standing
        {
            Passed = LogRecord.Long(ref rest),
            Stamp = LogRecord.Long(ref rest),
            Forgotten = LogRecord.Long(ref rest),
        };
        var tally = LogRecord.Take(ref rest, Count(ref rest, 1)).ToArray();
        standing.Read(ref rest, Count(ref rest, Shortest));
        return (standing, hash, tally);
    }

    /// <summary>Those of one payment.</summary>
    public static List<Entry> Entries(ref ReadOnlySpan<byte> rest)
    {
        var entries = new List<Entry>();
        for (var left = Count(ref rest, 1); left > 0; left--)
        {
            var sequence = LogRecord.Long(ref rest);
            entries.Add(LogRecord.Read(ref rest, sequence).Entry);
        }
        return entries;
    }

    static int Count(ref ReadOnlySpan<byte> rest, int shortest)
    {
        var count = BinaryPrimitives.ReadInt32BigEndian(LogRecord.Take(ref rest, 4));
        return count >= 0 && count <= rest.Length / shortest
            ? count
            : throw new FormatException("a count is too large");
    }
}
