namespace Terminal.Journal.Log;

/// <summary>What a file that is written block by block holds, up to the first frame that is bad.</summary>
sealed class Segment
{
    readonly List<LogRecord> records = [];

    Segment(LogFrame first)
    {
        First = Newest = first;
        End = first.Padded;
    }

    /// <summary>Its state.</summary>
    public LogFrame First { get; }

    public LogFrame Newest { get; private set; }

    public IReadOnlyList<LogRecord> Records => records;

    public long After => First.After;

    public long Last => Newest.Last;

    /// <summary>Where the next frame goes, or the bad one lies.</summary>
    public int End { get; private set; }

    /// <param name="piece">What its state is read through, which is not kept.</param>
    /// <returns>Null: not even the state is whole.</returns>
    /// <exception cref="FormatException">A checksum that holds, around what was never written.</exception>
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

    /// <summary>What stood when it began.</summary>
    /// <exception cref="FormatException">A checksum that holds, around what was never written.</exception>
    public LogState ReadState(IDiskFile slot)
    {
        var bytes = new byte[First.Length];
        _ = slot.Read(LogFrame.HeaderLength, bytes);
        return LogState.Read(bytes);
    }
}
