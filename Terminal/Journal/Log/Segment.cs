namespace Terminal.Journal.Log;

/// <summary>The frames of one segment, of a file that is written block by block or of a sealed one.</summary>
sealed class Segment
{
    readonly byte[] bytes;
    readonly List<(int Offset, Frame Frame)> frames = [];

    Segment(byte[] bytes, Frame first)
    {
        this.bytes = bytes;
        First = first;
    }

    /// <summary>A state, or what stands in its place once it is sealed.</summary>
    public Frame First { get; }

    public Frame Newest => frames is [.., var (_, frame)] ? frame : First;

    public long After => First.After;

    public long Last => Newest.Last;

    /// <summary>Where the next frame goes, or the bad one lies.</summary>
    public int End { get; private set; }

    public ReadOnlySpan<byte> Beginning => bytes.AsSpan(Frame.HeaderLength, First.Length);

    /// <summary>The frames of a file that is written block by block, up to the first that is bad.</summary>
    /// <returns>Null: not even the state is whole.</returns>
    public static Segment? OfSlot(IDiskFile slot, ulong epoch)
    {
        var bytes = ReadWritten(slot, epoch);
        if (Frame.Read(bytes, epoch) is not { Kind: FrameKind.State } state)
        {
            return null;
        }
        var segment = new Segment(bytes, state) { End = state.Padded };
        while (segment.Follows(epoch) is { } frame)
        {
            segment.frames.Add((segment.End, frame));
            segment.End += frame.Padded;
        }
        return segment;
    }

    /// <summary>The frames of a sealed file.</summary>
    /// <exception cref="FormatException">It is not as it was sealed.</exception>
    public static Segment OfSealed(byte[] bytes, int length, ulong epoch)
    {
        if (Frame.Read(bytes.AsSpan(0, length), epoch) is not { Kind: FrameKind.Sealed } first)
        {
            throw new FormatException("it does not begin as it must");
        }
        var segment = new Segment(bytes, first) { End = Frame.HeaderLength + first.Length };
        while (segment.End < length)
        {
            var frame = segment.Follows(epoch)
                ?? throw new FormatException($"the frame behind entry {segment.Last} is damaged");
            segment.frames.Add((segment.End, frame));
            segment.End += Frame.HeaderLength + frame.Length;
        }
        return segment;
    }

    /// <exception cref="FormatException">A checksum that holds, around what was never written.</exception>
    public List<LogRecord> Read(long from, int limit)
    {
        var records = new List<LogRecord>();
        for (var i = IndexOf(from); i < frames.Count && records.Count < limit; i++)
        {
            var (offset, frame) = frames[i];
            ReadOnlySpan<byte> rest = bytes.AsSpan(offset + Frame.HeaderLength, frame.Length);
            for (var sequence = frame.After + 1; sequence <= frame.Last && records.Count < limit; sequence++)
            {
                var record = LogRecord.Read(ref rest, sequence);
                if (sequence >= from)
                {
                    records.Add(record);
                }
            }
        }
        return records;
    }

    /// <summary>As many frames as say that they follow each other: most of a file may never have been used.</summary>
    static byte[] ReadWritten(IDiskFile slot, ulong epoch)
    {
        var (bytes, end) = (new byte[16 * Frame.Block], 0);
        for (var newest = 0L; ;)
        {
            Reserve(ref bytes, end + Frame.Block);
            if (slot.Read(end, bytes.AsSpan(end, Frame.Block)) < Frame.Block ||
                Frame.ReadHeader(bytes.AsSpan(end)) is not var (frame, of) || of != epoch ||
                (end > 0 && frame.Number - 1 != newest) || frame.Padded > slot.Length - end)
            {
                return bytes;
            }
            Reserve(ref bytes, end + frame.Padded);
            var body = bytes.AsSpan(end + Frame.Block, frame.Padded - Frame.Block);
            _ = slot.Read(end + Frame.Block, body);
            (end, newest) = (end + frame.Padded, frame.Number);
        }
    }

    static void Reserve(ref byte[] bytes, int length)
    {
        if (bytes.Length < length)
        {
            Array.Resize(ref bytes, Math.Max(length, 2 * bytes.Length));
        }
    }

    /// <summary>The first frame that reaches so far.</summary>
    int IndexOf(long sequence)
    {
        var (low, high) = (0, frames.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = frames[middle].Frame.Last < sequence ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    Frame? Follows(ulong epoch)
    {
        var newest = Newest;
        var link = frames.Count == 0 && First.Kind == FrameKind.Sealed ? First.Link : newest.Checksum;
        return End < bytes.Length && Frame.Read(bytes.AsSpan(End), epoch) is { Kind: FrameKind.Entries } frame &&
            frame.Follows(newest, link) ? frame : null;
    }
}
