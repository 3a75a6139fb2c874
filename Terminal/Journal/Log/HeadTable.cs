using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Terminal.Journal.Log;

/// <summary>
/// Heads in the order in which their payments began, packed: ten thousand of them as objects and texts would be a tenth
/// of all the memory that the program needs. They are found by looking along a row of numbers, the newest first.
/// </summary>
sealed class HeadTable
{
    /// <summary>Room for what a segment adds; a list would double instead.</summary>
    const int Step = 512;

    /// <summary>Of a head in a state: flags, first and last entry, when it began, receipt number.</summary>
    const int FixedLength = 29;

    /// <summary>Of a head in a state, in bytes.</summary>
    public const int Longest = FixedLength + 2 + (2 * byte.MaxValue);

    /// <summary>Ids and fingerprints lie behind each other in arrays of so many bytes.</summary>
    const int ChunkLength = 32 << 10;

    const byte IsOpen = 1, HasEntries = 2;

    readonly List<Row> rows = [];
    readonly List<uint> payments = [], fingerprints = [];
    readonly List<int> receipts = [];
    byte[] chunk = [];
    int used;

    public int Count => rows.Count;

    /// <summary>As an object.</summary>
    public Head this[int at]
    {
        get
        {
            var row = rows[at];
            return new(
                Encoding.UTF8.GetString(row.Payment), receipts[at], Encoding.UTF8.GetString(row.Fingerprint),
                row.IsOpen, row.First, row.Last);
        }
    }

    public Row RowAt(int at) => rows[at];

    public void Reserve(int count)
    {
        rows.Capacity = payments.Capacity = fingerprints.Capacity = receipts.Capacity = count + Step;
    }

    /// <summary>
    /// Where the payment is that began with this entry; negative: the complement of where it would be.
    /// </summary>
    public int IndexOf(long first)
    {
        var (low, high) = (0, rows.Count);
        if (high > 0 && rows[high - 1].First < first)
        {
            return ~high;
        }
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = rows[middle].First < first ? (middle + 1, high) : (low, middle);
        }
        return low < rows.Count && rows[low].First == first ? low : ~low;
    }

    /// <summary>Where payments with this id are, the newest first.</summary>
    public IEnumerable<int> WithPayment(string id) => Matches(payments, id, r => r.Payment);

    /// <summary>Where payments with this fingerprint are, the newest first.</summary>
    public IEnumerable<int> WithFingerprint(string fingerprint) =>
        Matches(fingerprints, fingerprint, r => r.Fingerprint);

    /// <summary>Where payments with this receipt number are, the newest first.</summary>
    public IEnumerable<int> WithReceipt(int receipt)
    {
        for (var at = Count; (at = CollectionsMarshal.AsSpan(receipts)[..at].LastIndexOf(receipt)) >= 0;)
        {
            yield return at;
        }
    }

    /// <summary>A head that is new, or in place of the one before of its payment.</summary>
    /// <param name="began">In time that certainly passed; of one that was there its own stays.</param>
    public void Put(Head head, long began)
    {
        Span<byte> bytes = stackalloc byte[2 * byte.MaxValue];
        var id = bytes[..Encoding.UTF8.GetBytes(head.PaymentId, bytes)];
        var fingerprint = bytes.Slice(id.Length, Encoding.UTF8.GetBytes(head.Fingerprint, bytes[id.Length..]));
        var at = IndexOf(head.FirstSequence);
        var names = at >= 0 && rows[at].Payment.SequenceEqual(id) && rows[at].Fingerprint.SequenceEqual(fingerprint)
            ? rows[at].Names
            : Store(id, fingerprint);
        if (at < 0)
        {
            Insert(~at, new(head.FirstSequence, head.LastSequence, began, head.Open, names), head.Receipt);
            return;
        }
        // An order that waited may have got its code; nothing else changes but what a forger wrote.
        var row = rows[at] = rows[at] with { Last = head.LastSequence, IsOpen = head.Open, Names = names };
        (receipts[at], payments[at], fingerprints[at]) = (head.Receipt, KeyOf(row.Payment), KeyOf(row.Fingerprint));
    }

    /// <summary>Drops the others.</summary>
    public void Keep(Func<int, bool> isKept)
    {
        var count = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            if (isKept(i))
            {
                (rows[count], payments[count], fingerprints[count], receipts[count]) =
                    (rows[i], payments[i], fingerprints[i], receipts[i]);
                count++;
            }
        }
        var dropped = rows.Count - count;
        rows.RemoveRange(count, dropped);
        payments.RemoveRange(count, dropped);
        fingerprints.RemoveRange(count, dropped);
        receipts.RemoveRange(count, dropped);
    }

    /// <summary>In bytes, as a state holds it.</summary>
    public int LengthOf(int at) => FixedLength + 2 + rows[at].Payment.Length + rows[at].Fingerprint.Length;

    /// <summary>As a state holds it; its entries follow, if it has them.</summary>
    public void Write(ref Span<byte> end, int at, bool hasEntries)
    {
        var row = rows[at];
        end[0] = (byte)((row.IsOpen ? IsOpen : 0) | (hasEntries ? HasEntries : 0));
        end = end[1..];
        LogRecord.Put(ref end, row.First);
        LogRecord.Put(ref end, row.Last);
        LogRecord.Put(ref end, row.Began);
        BinaryPrimitives.WriteInt32BigEndian(end, receipts[at]);
        end = end[4..];
        LogRecord.Put(ref end, row.Payment);
        LogRecord.Put(ref end, row.Fingerprint);
    }

    /// <summary>Adds one as a state holds it.</summary>
    /// <returns>Where it is; and whether its entries follow.</returns>
    /// <exception cref="FormatException">It was never written like that.</exception>
    public (int At, bool HasEntries) Read(ref ReadOnlySpan<byte> rest)
    {
        var flags = LogRecord.Take(ref rest, 1)[0];
        var (first, last, began) = (LogRecord.Long(ref rest), LogRecord.Long(ref rest), LogRecord.Long(ref rest));
        var receipt = BinaryPrimitives.ReadInt32BigEndian(LogRecord.Take(ref rest, 4));
        var id = LogRecord.Take(ref rest, LogRecord.Take(ref rest, 1)[0]);
        var fingerprint = LogRecord.Take(ref rest, LogRecord.Take(ref rest, 1)[0]);
        var at = IndexOf(first);
        at = at < 0 ? ~at : throw new FormatException("two payments begin with the same entry");
        Insert(at, new(first, last, began, (flags & IsOpen) != 0, Store(id, fingerprint)), receipt);
        return (at, (flags & HasEntries) != 0);
    }

    Names Store(ReadOnlySpan<byte> id, ReadOnlySpan<byte> fingerprint)
    {
        if (chunk.Length - used < id.Length + fingerprint.Length)
        {
            (chunk, used) = (new byte[ChunkLength], 0);
        }
        id.CopyTo(chunk.AsSpan(used));
        fingerprint.CopyTo(chunk.AsSpan(used + id.Length));
        var names = new Names(chunk, used, (byte)id.Length, (byte)fingerprint.Length);
        used += id.Length + fingerprint.Length;
        return names;
    }

    void Insert(int at, Row row, int receipt)
    {
        if (rows.Count == rows.Capacity)
        {
            Reserve(rows.Count);
        }
        rows.Insert(at, row);
        payments.Insert(at, KeyOf(row.Payment));
        fingerprints.Insert(at, KeyOf(row.Fingerprint));
        receipts.Insert(at, receipt);
    }

    IEnumerable<int> Matches(List<uint> keys, string name, NameOf nameOf)
    {
        var sought = Encoding.UTF8.GetBytes(name);
        var key = KeyOf(sought);
        for (var at = Count; (at = CollectionsMarshal.AsSpan(keys)[..at].LastIndexOf(key)) >= 0;)
        {
            if (nameOf(rows[at]).SequenceEqual(sought))
            {
                yield return at;
            }
        }
    }

    /// <summary>The last four bytes: ids and fingerprints are random to their end.</summary>
    static uint KeyOf(ReadOnlySpan<byte> name)
    {
        Span<byte> key = stackalloc byte[4];
        name[Math.Max(0, name.Length - 4)..].CopyTo(key);
        return BinaryPrimitives.ReadUInt32BigEndian(key);
    }

    delegate ReadOnlySpan<byte> NameOf(Row row);

    /// <param name="Began">In time that certainly passed.</param>
    public readonly record struct Row(long First, long Last, long Began, bool IsOpen, Names Names)
    {
        public ReadOnlySpan<byte> Payment => Names.Chunk.AsSpan(Names.At, Names.IdLength);

        public ReadOnlySpan<byte> Fingerprint => Names.Chunk.AsSpan(Names.At + Names.IdLength, Names.FingerprintLength);
    }

    /// <summary>Where id and fingerprint are, one behind the other.</summary>
    public readonly record struct Names(byte[] Chunk, int At, byte IdLength, byte FingerprintLength);
}
