using System.Buffers.Binary;

namespace Terminal.Journal.Log;

/// <summary>The state that a segment begins with, as bytes.</summary>
static class StandingCodec
{
    /// <summary>Of entries; a payment that does not fit any more is read from the log instead.</summary>
    const int MostEntries = 256 << 10;

    const byte IsOpen = 1, HasEntries = 2;

    /// <param name="hash">Of the newest entry.</param>
    /// <param name="tally">Of whoever keeps the journal.</param>
    public static byte[] Encode(Standing standing, byte[] hash, byte[] tally)
    {
        var room = 0;
        var whole = new HashSet<Course>();
        foreach (var course in standing.Open.Append(standing.Newest).OfType<Course>())
        {
            var length = course.Entries?.Sum(e => 8 + new LogRecord(e, 0, null).Length) ?? MostEntries;
            if (room + length <= MostEntries && whole.Add(course))
            {
                room += length;
            }
        }
        var bytes = new byte[Chain.HashLength + 36 + tally.Length + room +
            standing.Courses.Sum(c => 36 + (3 * (c.Head.PaymentId.Length + c.Head.Fingerprint.Length)))];
        var end = bytes.AsSpan();
        hash.CopyTo(end);
        end = end[Chain.HashLength..];
        LogRecord.Put(ref end, standing.Passed);
        LogRecord.Put(ref end, standing.Stamp);
        LogRecord.Put(ref end, standing.Forgotten);
        Put(ref end, tally.Length);
        tally.CopyTo(end);
        end = end[tally.Length..];
        Put(ref end, standing.Courses.Count);
        foreach (var course in standing.Courses)
        {
            Write(ref end, course, whole.Contains(course) ? course.Entries : null);
        }
        return bytes[..^end.Length];
    }

    /// <exception cref="FormatException">It was never written like that.</exception>
    public static (Standing Standing, byte[] Hash, byte[] Tally) Decode(ReadOnlySpan<byte> rest)
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

    static void Write(ref Span<byte> end, Course course, List<Entry>? entries)
    {
        var head = course.Head;
        end[0] = (byte)((head.Open ? IsOpen : 0) | (entries is null ? 0 : HasEntries));
        end = end[1..];
        LogRecord.Put(ref end, head.FirstSequence);
        LogRecord.Put(ref end, head.LastSequence);
        LogRecord.Put(ref end, course.BeganAt);
        Put(ref end, head.Receipt);
        LogRecord.Put(ref end, head.PaymentId);
        LogRecord.Put(ref end, head.Fingerprint);
        if (entries is not null)
        {
            Put(ref end, entries.Count);
            foreach (var entry in entries)
            {
                LogRecord.Put(ref end, entry.Sequence);
                new LogRecord(entry, 0, null).Write(ref end);
            }
        }
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

    static void Put(ref Span<byte> end, int number)
    {
        BinaryPrimitives.WriteInt32BigEndian(end, number);
        end = end[4..];
    }

    static int Count(ref ReadOnlySpan<byte> rest)
    {
        var count = BinaryPrimitives.ReadInt32BigEndian(LogRecord.Take(ref rest, 4));
        return count >= 0 && count <= rest.Length ? count : throw new FormatException("a count is too large");
    }
}
