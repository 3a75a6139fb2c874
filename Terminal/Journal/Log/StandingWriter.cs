using System.Buffers.Binary;

namespace Terminal.Journal.Log;

/// <summary>The state that a segment begins with, as bytes.</summary>
sealed class StandingWriter
{
    /// <summary>Of entries; a payment that does not fit any more is read from the log instead.</summary>
    const int MostEntries = 256 << 10;

    readonly Standing standing;
    readonly byte[] hash, tally;
    readonly HashSet<Course> whole = [];

    /// <param name="hash">Of the newest entry.</param>
    /// <param name="tally">Of whoever keeps the journal.</param>
    public StandingWriter(Standing standing, byte[] hash, byte[] tally)
    {
        (this.standing, this.hash, this.tally) = (standing, hash, tally);
        var entries = 0;
        foreach (var course in standing.Open.Append(standing.Newest).OfType<Course>())
        {
            var length = course.Entries is { } all ? LengthOf(all) : MostEntries;
            if (entries + length <= MostEntries && whole.Add(course))
            {
                entries += length;
            }
        }
        Length = Chain.HashLength + 32 + tally.Length + entries + standing.Courses.Sum(LengthOf);
    }

    /// <summary>In bytes.</summary>
    public int Length { get; }

    public void Write(Span<byte> end)
    {
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
    }

    static void Write(ref Span<byte> end, Course course, List<Entry>? entries)
    {
        var head = course.Head;
        end[0] = (byte)((head.Open ? StandingReader.IsOpen : 0) | (entries is null ? 0 : StandingReader.HasEntries));
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

    static int LengthOf(Course course) =>
        29 + LogRecord.Size(course.Head.PaymentId) + LogRecord.Size(course.Head.Fingerprint);

    static int LengthOf(List<Entry> entries) => 4 + entries.Sum(e => 8 + new LogRecord(e, 0, null).Length);

    static void Put(ref Span<byte> end, int number)
    {
        BinaryPrimitives.WriteInt32BigEndian(end, number);
        end = end[4..];
    }
}
