namespace Terminal.Journal.Log;

/// <summary>Reads the frames of one file, one at a time and through one buffer.</summary>
sealed class FrameReader(IDiskFile file, ulong epoch)
{
    byte[] bytes = new byte[LogFrame.Block];
    (long At, LogFrame Frame)? recent;

    /// <summary>The bytes after the header of the frame that was read last.</summary>
    public ReadOnlySpan<byte> Body => bytes.AsSpan(LogFrame.HeaderLength, recent!.Value.Frame.Length);

    /// <summary>The frame that was read last, with its header.</summary>
    public ReadOnlySpan<byte> All => bytes.AsSpan(0, LogFrame.HeaderLength + recent!.Value.Frame.Length);

    /// <summary>The whole frame that begins here; null if there is none of this epoch.</summary>
    public LogFrame? Read(long at)
    {
        if (recent is var (before, same) && before == at)
        {
            return same;
        }
        recent = null;
        var count = file.Read(at, bytes.AsSpan(0, LogFrame.Block));
        if (LogFrame.ReadHeader(bytes.AsSpan(0, count)) is not (var header, var of) || of != epoch)
        {
            return null;
        }
        var length = LogFrame.HeaderLength + header.Length;
        if (bytes.Length < length)
        {
            Array.Resize(ref bytes, length + (length / 4));
        }
        if (count < length)
        {
            count += file.Read(at + count, bytes.AsSpan(count, length - count));
        }
        if (LogFrame.Read(bytes.AsSpan(0, Math.Min(count, length)), epoch) is not { } frame)
        {
            return null;
        }
        recent = (at, frame);
        return frame;
    }

    /// <summary>Reads a header without checking the checksum; null if there is none of this epoch.</summary>
    public LogFrame? ReadHeader(long at)
    {
        Span<byte> header = stackalloc byte[LogFrame.HeaderLength];
        return LogFrame.ReadHeader(header[..file.Read(at, header)]) is (var frame, var its) && its == epoch
            ? frame
            : null;
    }
}
