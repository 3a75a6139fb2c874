namespace Terminal.Journal.Log;

/// <summary>What a file that is written block by block holds, up to the first frame that is bad.</summary>
sealed class Segment
{
    readonly List<LogRecord> records = [];

    Segment(Frame first, ReadOnlySpan<byte> state)
    {
        First = Newest = first;
        (Standing, Hash, Totals) = StandingReader.Read(state);
        End = first.Padded;
    }

    /// <summary>Its state.</summary>
    public Frame First { get; }

    public Frame Newest { get; private set; }

    /// <summary>What stood when it began, and is not up to date.</summary>
    public Standing Standing { get; }

    /// <summary>Of the entry before it.</summary>
    public byte[] Hash { get; }

    /// <summary>Of whoever keeps the journal.</summary>
    public byte[] Totals { get; }

    public IReadOnlyList<LogRecord> Records => records;

    public long After => First.After;

    public long Last => Newest.Last;

    /// <summary>Where the next frame goes, or the bad one lies.</summary>
    public int End { get; private set; }

    /// <returns>Null: not even the state is whole.</returns>
    /// <exception cref="FormatException">A checksum that holds, around what was never written.</exception>
    public static Segment? Read(IDiskFile slot, ulong epoch)
    {
        var reader = new FrameReader(slot, epoch);
        if (reader.Read(0) is not { Kind: FrameKind.State } state)
        {
            return null;
        }
        var segment = new Segment(state, reader.Body);
        while (reader.Read(segment.End) is { Kind: FrameKind.Entries } frame &&
            frame.Follows(segment.Newest, segment.Newest.Checksum))
        {
            segment.records.AddRange(LogRecord.Read(frame, reader.Body));
            segment.Newest = frame;
            segment.End += frame.Padded;
        }
        return segment;
    }
}
