namespace Terminal.Journal.Log;

/// <summary>The segment in log.0 or log.1, up to the first bad frame.</summary>
sealed class Segment
{
    readonly List<LogRecord> records = [];

    Segment(LogFrame first)
    {
        First = Newest = first;
        End = first.Padded;
    }

    /// <summary>The frame of its state.</summary>
    public LogFrame First { get; }

    public LogFrame Newest { get; private set; }

    public IReadOnlyList<LogRecord> Records => records;

    public long After => First.After;

    public long Last => Newest.Last;

    /// <summary>Where the next frame goes, or where the bad one lies.</summary>
    public int End { get; private set; }

    /// <param name="piece">The buffer for reading the state, which is not kept.</param>
    /// <returns>Null if not even the state is whole.</returns>
    /// <exception cref="FormatException">The checksum is right, but this program never wrote such bytes.</exception>
    public static Segment? Read(IDiskFile slot, byte[] piece, ulong epoch)
    {
        if (LogFrame.Read(slot, 0, piece, epoch) is not { Kind: FrameKind.State } state)
        {
            return null;
        }
        var (reader, segment) = (new FrameReader(slot, epoch), new Segment(state));
        while (reader.Read(segment.End) is { Kind: FrameKind.Entries } frame &&
            frame.Follows(segment.Newest, segment.Newest.Checksum))
        {
            segment.records.AddRange(LogRecord.Read(frame, reader.Body));
            segment.Newest = frame;
            segment.End += frame.Padded;
        }
        return segment;
    }

    /// <summary>The state that the segment begins with.</summary>
    /// <exception cref="FormatException">The checksum is right, but this program never wrote such bytes.</exception>
    public LogState ReadState(IDiskFile slot)
    {
        var bytes = new byte[First.Length];
        _ = slot.Read(LogFrame.HeaderLength, bytes);
        return LogState.Read(bytes);
    }
}
