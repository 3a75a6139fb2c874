using System.Buffers.Binary;

namespace Terminal.Journal.Log;

/// <summary>The beginning of a segment: all that a start needs of the entries before it.</summary>
sealed class LogState
{
    /// <summary>The most bytes of entries; a payment that does not fit any more is read from the log instead.</summary>
    const int MostEntries = 256 << 10;

    /// <summary>The fewest bytes of a head.</summary>
    const int Shortest = 31;

    readonly Dictionary<long, List<Entry>> whole = [];

    /// <param name="hash">Hash of the entry before the segment.</param>
    /// <param name="totals">Sums that only the ledger reads.</param>
    public LogState(RecentPayments payments, byte[] hash, byte[] totals)
    {
        (Payments, Hash, Totals) = (payments, hash, totals);
        var left = MostEntries;
        foreach (var head in payments.Open.Append(payments.Newest).OfType<Head>())
        {
            if (payments.EntriesOf(head.PaymentId) is { } all && LengthOf(all) is var length && length <= left &&
                whole.TryAdd(head.FirstSequence, all))
            {
                left -= length;
            }
        }
        Length = Chain.HashLength + 32 + totals.Length + MostEntries - left;
        for (var at = 0; at < payments.Heads.Count; at++)
        {
            Length += payments.Heads.LengthOf(at);
        }
    }

    public RecentPayments Payments { get; }

    public byte[] Hash { get; }

    public byte[] Totals { get; }

    /// <summary>In bytes.</summary>
    public int Length { get; }

    /// <summary>
    /// Writes the state at the beginning of a file, as this frame and with zeros after it; not durable yet. Its bytes
    /// are made twice, first for the checksum: in one piece they would be the largest object in memory.
    /// </summary>
    /// <returns>The frame with its checksum.</returns>
    public LogFrame Write(IDiskFile file, LogFrame frame, (ulong Epoch, long Length) of)
    {
        var header = new byte[LogFrame.HeaderLength];
        var written = (frame with { Length = Length }).Write(header, of.Epoch, Write);
        var to = new PieceWriter(file);
        to.Write(header);
        Write(to.Write);
        to.Fill(of.Length);
        to.Drain();
        return written;
    }

    /// <exception cref="FormatException">This program never wrote such bytes.</exception>
    public static LogState Read(ReadOnlySpan<byte> rest)
    {
        var hash = LogRecord.Take(ref rest, Chain.HashLength).ToArray();
        var payments = new RecentPayments
        {
            Passed = LogRecord.Long(ref rest),
            Stamp = LogRecord.Long(ref rest),
            Forgotten = LogRecord.Long(ref rest),
        };
        var totals = LogRecord.Take(ref rest, Count(ref rest, 1)).ToArray();
        payments.Read(ref rest, Count(ref rest, Shortest));
        return new(payments, hash, totals);
    }

    /// <summary>The entries of one payment.</summary>
    public static List<Entry> ReadEntries(ref ReadOnlySpan<byte> rest)
    {
        var entries = new List<Entry>();
        for (var left = Count(ref rest, 1); left > 0; left--)
        {
            var sequence = LogRecord.Long(ref rest);
            entries.Add(LogRecord.Read(ref rest, sequence).Entry);
        }
        return entries;
    }

    /// <summary>The whole state, piece by piece.</summary>
    void Write(Action<ReadOnlySpan<byte>> put)
    {
        put(Hash);
        Span<byte> numbers = stackalloc byte[28];
        BinaryPrimitives.WriteInt64BigEndian(numbers, Payments.Passed);
        BinaryPrimitives.WriteInt64BigEndian(numbers[8..], Payments.Stamp);
        BinaryPrimitives.WriteInt64BigEndian(numbers[16..], Payments.Forgotten);
        BinaryPrimitives.WriteInt32BigEndian(numbers[24..], Totals.Length);
        put(numbers);
        put(Totals);
        Put(put, Payments.Heads.Count);
        var bytes = new byte[HeadTable.Longest];
        for (var at = 0; at < Payments.Heads.Count; at++)
        {
            var entries = whole.GetValueOrDefault(Payments.Heads.RowAt(at).First);
            var end = bytes.AsSpan();
            Payments.Heads.Write(ref end, at, entries is not null);
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

    static int Count(ref ReadOnlySpan<byte> rest, int shortest)
    {
        var count = BinaryPrimitives.ReadInt32BigEndian(LogRecord.Take(ref rest, 4));
        return count >= 0 && count <= rest.Length / shortest
            ? count
            : throw new FormatException("a count is too large");
    }

    static void Put(Action<ReadOnlySpan<byte>> put, int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        put(bytes);
    }
}
