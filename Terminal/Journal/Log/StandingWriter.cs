using System.Buffers.Binary;

namespace Terminal.Journal.Log;

/// <summary>The state that a segment begins with, as bytes.</summary>
sealed class StandingWriter
{
    /// <summary>Of entries; a payment that does not fit any more is read from the log instead.</summary>
    const int MostEntries = 256 << 10;

    readonly Standing standing;
    readonly byte[] hash, tally;
    readonly Dictionary<long, List<Entry>> whole = [];

    /// <param name="hash">Of the newest entry.</param>
    /// <param name="tally">Of whoever keeps the journal.</param>
    public StandingWriter(Standing standing, byte[] hash, byte[] tally)
    {
        (this.standing, this.hash, this.tally) = (standing, hash, tally);
        var left = MostEntries;
        foreach (var head in standing.Open.Append(standing.Newest).OfType<Head>())
        {
            if (standing.EntriesOf(head.PaymentId) is { } all && LengthOf(all) is var length && length <= left &&
                whole.TryAdd(head.FirstSequence, all))
            {
                left -= length;
            }
        }
        Length = Chain.HashLength + 32 + tally.Length + MostEntries - left;
        for (var at = 0; at < standing.Heads.Count; at++)
        {
            Length += standing.Heads.LengthOf(at);
        }
    }

    /// <summary>In bytes.</summary>
    public int Length { get; }

    /// <summary>
    /// Puts it at the beginning of a file, as what this frame says, with zeros behind it; not durable yet. It is made
    /// twice, first for its checksum: in one piece it would be the longest thing in memory.
    /// </summary>
    /// <returns>The frame with its checksum.</returns>
    public Frame Write(IDiskFile file, Frame frame, (ulong Epoch, long Length) of)
    {
        var header = new byte[Frame.HeaderLength];
        var written = (frame with { Length = Length }).Write(header, of.Epoch, Write);
        var to = new PieceWriter(file);
        to.Write(header);
        Write(to.Write);
        to.Fill(of.Length);
        to.Drain();
        return written;
    }

    /// <summary>All of it, a piece behind the other.</summary>
    void Write(Action<ReadOnlySpan<byte>> put)
    {
        put(hash);
        Span<byte> numbers = stackalloc byte[28];
        BinaryPrimitives.WriteInt64BigEndian(numbers, standing.Passed);
        BinaryPrimitives.WriteInt64BigEndian(numbers[8..], standing.Stamp);
        BinaryPrimitives.WriteInt64BigEndian(numbers[16..], standing.Forgotten);
        BinaryPrimitives.WriteInt32BigEndian(numbers[24..], tally.Length);
        put(numbers);
        put(tally);
        Put(put, standing.Heads.Count);
        var bytes = new byte[HeadTable.Longest];
        for (var at = 0; at < standing.Heads.Count; at++)
        {
            var entries = whole.GetValueOrDefault(standing.Heads.RowAt(at).First);
            var end = bytes.AsSpan();
            standing.Heads.Write(ref end, at, entries is not null);
            put(bytes.AsSpan(0, bytes.Length - end.Length));
            if (entries is not null)
            {
                Write(put, entries);
            }
        }
    }

    static void Write(Action<ReadOnlySpan<byte>> put, List<Entry> entries)
    {
        Put(put, entries.Count);
        foreach (var entry in entries)
        {
            var bytes = new byte[8 + new LogRecord(entry, 0, null).Length];
            var end = bytes.AsSpan();
            LogRecord.Put(ref end, entry.Sequence);
            new LogRecord(entry, 0, null).Write(ref end);
            put(bytes);
        }
    }

    static int LengthOf(List<Entry> entries) => 4 + entries.Sum(e => 8 + new LogRecord(e, 0, null).Length);

    static void Put(Action<ReadOnlySpan<byte>> put, int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        put(bytes);
    }
}
