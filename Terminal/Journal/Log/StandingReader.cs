using System.Buffers.Binary;

namespace Terminal.Journal.Log;

/// <summary>Reads what <see cref="StandingWriter"/> wrote.</summary>
static class StandingReader
{
    public const byte IsOpen = 1, HasEntries = 2;

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
        var tally = LogRecord.Take(ref rest, Count(ref rest)).ToArray();
        for (var left = Count(ref rest); left > 0; left--)
        {
            standing.Add(Read(ref rest));
        }
        return (standing, hash, tally);
    }

    static Course Read(ref ReadOnlySpan<byte> rest)
    {
        var flags = LogRecord.Take(ref rest, 1)[0];
        var (first, last, began) = (LogRecord.Long(ref rest), LogRecord.Long(ref rest), LogRecord.Long(ref rest));
        var receipt = BinaryPrimitives.ReadInt32BigEndian(LogRecord.Take(ref rest, 4));
        var (id, fingerprint) = (LogRecord.Text(ref rest), LogRecord.Text(ref rest));
        var course = new Course(new(id, receipt, fingerprint, (flags & IsOpen) != 0, first, last), began);
        if ((flags & HasEntries) != 0)
        {
            course.Entries = [];
            for (var left = Count(ref rest); left > 0; left--)
            {
                var sequence = LogRecord.Long(ref rest);
                course.Entries.Add(LogRecord.Read(ref rest, sequence).Entry);
            }
        }
        return course;
    }

    static int Count(ref ReadOnlySpan<byte> rest)
    {
        var count = BinaryPrimitives.ReadInt32BigEndian(LogRecord.Take(ref rest, 4));
        return count >= 0 && count <= rest.Length ? count : throw new FormatException("a count is too large");
    }
}
