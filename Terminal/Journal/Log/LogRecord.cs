using System.Buffers.Binary;
using System.Text;

namespace Terminal.Journal.Log;

/// <summary>One entry as a frame holds it.</summary>
/// <param name="Previous">The payment's entry before this one; 0: none.</param>
/// <param name="Head">The payment's head after the commit; only with the payment's last entry in that commit.</param>
sealed record LogRecord(Entry Entry, long Previous, Head? Head)
{
    /// <summary>A usual number of entries in a commit.</summary>
    const int Usual = 8;

    const byte HasHead = 1, IsOpen = 2;

    /// <summary>
    /// The records of a commit. Each knows the payment's entry before it, also one of an earlier commit.
    /// </summary>
    /// <exception cref="JournalFailedException">Entries and heads do not belong together.</exception>
    public static LogRecord[] Of(
        IReadOnlyList<Entry> entries, IReadOnlyList<Head> heads, Func<string, Head?> find)
    {
        var records = new LogRecord[entries.Count];
        var newest = new Dictionary<string, long>(heads.Count);
        for (var i = 0; i < records.Length; i++)
        {
            var entry = entries[i];
            var id = entry.PaymentId;
            var previous = id.Length == 0 ? 0 :
                newest.TryGetValue(id, out var before) ? before : Before(id, heads, entry, find);
            newest[id] = entry.Sequence;
            records[i] = new(entry, previous, null);
        }
        foreach (var head in heads)
        {
            if (!newest.TryGetValue(head.PaymentId, out var last) || head.LastSequence != last)
            {
                throw new JournalFailedException($"no entry is of payment {head.PaymentId}");
            }
            var at = (int)(last - entries[0].Sequence);
            records[at] = records[at] with { Head = head };
        }
        return records;
    }

    static long Before(string id, IReadOnlyList<Head> heads, Entry entry, Func<string, Head?> find)
    {
        var first = heads.FirstOrDefault(h => h.PaymentId == id)?.FirstSequence
            ?? throw new JournalFailedException($"payment {id} has no head");
        return first == entry.Sequence ? 0 :
            find(id) is { } head && head.FirstSequence == first ? head.LastSequence :
            throw new JournalFailedException($"entry {first} does not begin payment {id}");
    }

    /// <summary>In bytes.</summary>
    public int Length => 19 + Size(Entry.PaymentId) + Size(Entry.Kind) + Entry.Body.Length + Chain.HashLength +
        (Head is null ? 0 : 12 + Size(Head.Fingerprint));

    public void Write(ref Span<byte> end)
    {
        var flags = Head is null ? 0 : HasHead | (Head.Open ? IsOpen : 0);
        end[0] = (byte)flags;
        end = end[1..];
        Put(ref end, Entry.PaymentId);
        Put(ref end, Entry.Kind);
        Put(ref end, Entry.UnixMilliseconds);
        Put(ref end, Previous);
        BinaryPrimitives.WriteUInt16BigEndian(end, (ushort)Entry.Body.Length);
        Entry.Body.CopyTo(end[2..]);
        end = end[(2 + Entry.Body.Length)..];
        Entry.Hash.CopyTo(end);
        end = end[Chain.HashLength..];
        if (Head is not null)
        {
            Put(ref end, Head.FirstSequence);
            BinaryPrimitives.WriteInt32BigEndian(end, Head.Receipt);
            end = end[4..];
            Put(ref end, Head.Fingerprint);
        }
    }

    /// <exception cref="FormatException">This program never wrote such bytes.</exception>
    public static LogRecord Read(ref ReadOnlySpan<byte> rest, long sequence)
    {
        var flags = Take(ref rest, 1)[0];
        var (payment, kind) = (Text(ref rest), Text(ref rest));
        var (at, previous) = (Long(ref rest), Long(ref rest));
        var length = BinaryPrimitives.ReadUInt16BigEndian(Take(ref rest, 2));
        var body = Take(ref rest, length <= Entry.MaxBody ? length : throw new FormatException("a body is too long"));
        var entry = new Entry(
            sequence, payment, kind, at, body.ToArray(), Take(ref rest, Chain.HashLength).ToArray());
        if ((flags & HasHead) == 0)
        {
            return new(entry, previous, null);
        }
        var first = Long(ref rest);
        var receipt = BinaryPrimitives.ReadInt32BigEndian(Take(ref rest, 4));
        return new(entry, previous, new(payment, receipt, Text(ref rest), (flags & IsOpen) != 0, first, sequence));
    }

    /// <summary>The records of one commit.</summary>
    /// <exception cref="FormatException">The checksum is right, but this program never wrote such bytes.</exception>
    public static List<LogRecord> Read(LogFrame frame, ReadOnlySpan<byte> body)
    {
        var records = new List<LogRecord>(Math.Min(frame.Count, Usual)); // The count and its checksum may be forged.
        for (var sequence = frame.After + 1; sequence <= frame.Last; sequence++)
        {
            records.Add(Read(ref body, sequence));
        }
        return records;
    }

    /// <summary>Bytes of a text with its length byte.</summary>
    public static int Size(string text) => 1 + Encoding.UTF8.GetByteCount(text);

    public static void Put(ref Span<byte> end, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(end, number);
        end = end[8..];
    }

    public static void Put(ref Span<byte> end, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, end[1..]);
        end[0] = checked((byte)length);
        end = end[(1 + length)..];
    }

    /// <summary>Puts a text that is already in UTF-8.</summary>
    public static void Put(ref Span<byte> end, ReadOnlySpan<byte> text)
    {
        end[0] = checked((byte)text.Length);
        text.CopyTo(end[1..]);
        end = end[(1 + text.Length)..];
    }

    public static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int count)
    {
        if (rest.Length < count)
        {
            throw new FormatException("it ends in the middle of a record");
        }
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }

    public static long Long(ref ReadOnlySpan<byte> rest) => BinaryPrimitives.ReadInt64BigEndian(Take(ref rest, 8));

    public static string Text(ref ReadOnlySpan<byte> rest) =>
        Encoding.UTF8.GetString(Take(ref rest, Take(ref rest, 1)[0]));
}
