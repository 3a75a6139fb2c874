namespace Terminal.Journal.Log;

/// <summary>
/// The entry that the log certainly reached, kept in a file of its own: a log that ends earlier has lost entries. It
/// also says where the log begins, so that a lost beginning is not taken for a dropped one.
/// </summary>
/// <param name="Number">
/// Counts the renewals. The file keeps the two newest, so a torn write leaves the one before.
/// </param>
sealed record Bound(long Number, Anchor Reached, Anchor Begins)
{
    public const string Name = "bound";

    const int Length = (3 * Chain.HashLength) + 8;

    public long Acknowledged { get; init; }

    /// <summary>Check value of the key that seals codes; null until a key is used.</summary>
    public byte[]? CodeKey { get; init; }

    /// <exception cref="IOException">As for every write.</exception>
    public void Write(IDiskFile file, ulong epoch)
    {
        var bytes = new byte[LogFrame.Block];
        var end = bytes.AsSpan(LogFrame.HeaderLength);
        Reached.Hash.CopyTo(end);
        end = end[Chain.HashLength..];
        LogRecord.Put(ref end, Begins.Sequence);
        Begins.Hash.CopyTo(end);
        CodeKey?.CopyTo(end[Chain.HashLength..]);
        var frame = new LogFrame(FrameKind.Bound, Length, CodeKey is null ? 0 : 1, Number, Reached.Sequence)
        {
            Acknowledged = Acknowledged,
        };
        frame.Write(bytes, epoch);
        file.Write(Number % 2 * LogFrame.Block, bytes);
        file.Flush();
    }

    /// <summary>The newer bound that is whole, and its epoch; null if neither is whole.</summary>
    public static (Bound Bound, ulong Epoch)? Read(ReadOnlySpan<byte> bytes)
    {
        (Bound Bound, ulong Epoch)? newest = null;
        for (var at = 0; at < bytes.Length; at += LogFrame.Block)
        {
            if (LogFrame.ReadHeader(bytes[at..]) is var (_, epoch) && LogFrame.Read(bytes[at..], epoch) is
                { Kind: FrameKind.Bound, Length: Length } frame && frame.Number >= (newest?.Bound.Number ?? 0))
            {
                newest = (Of(frame, bytes.Slice(at + LogFrame.HeaderLength, Length)), epoch);
            }
        }
        return newest;
    }

    static Bound Of(LogFrame frame, ReadOnlySpan<byte> rest)
    {
        var reached = new Anchor(frame.After, LogRecord.Take(ref rest, Chain.HashLength).ToArray());
        var begins = new Anchor(LogRecord.Long(ref rest), LogRecord.Take(ref rest, Chain.HashLength).ToArray());
        return new(frame.Number, reached, begins)
        {
            Acknowledged = frame.Acknowledged,
            CodeKey = frame.Count == 1 ? rest.ToArray() : null,
        };
    }
}
