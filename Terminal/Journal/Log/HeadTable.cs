using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Terminal.Journal.Log;

/// <summary>
/// Heads in the order in which their payments began, packed: as objects and strings, ten thousand heads would take a
/// tenth of the program's memory. A look-up searches a list of numbers, newest first.
/// </summary>
sealed class HeadTable
{
    /// <summary>Spare room for the heads that a segment adds; a list alone would double instead.</summary>
    const int Step = 512;

    /// <summary>
    /// Bytes of a head in a state without its names: flags, first and last entry, when it began, receipt number.
    /// </summary>
    const int FixedLength = 29;

    /// <summary>The most bytes that a head takes in a state.</summary>
    public const int Longest = FixedLength + 2 + (2 * byte.MaxValue);

    /// <summary>Ids and fingerprints are packed into arrays of this many bytes.</summary>
    const int ChunkLength = 32 << 10;

    const byte IsOpen = 1, HasEntries = 2;

    readonly List<Row> rows = [];
    readonly List<uint> payments = [], fingerprints = [];
    readonly List<int> receipts = [];
    byte[] chunk = [];
    int used;

    public int Count => rows.Count;

    /// <summary>Makes an object of the head at this place.</summary>
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
    /// The place of the payment that began with this entry; if negative, the complement of where it would go.
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

    /// <summary>The places of payments with this id, newest first.</summary>
    public IEnumerable<int> WithPayment(string id) => Matches(payments, id, r => r.Payment);

    /// <summary>The places of payments with this fingerprint, newest first.</summary>
    public IEnumerable<int> WithFingerprint(string fingerprint) =>
        Matches(fingerprints, fingerprint, r => r.Fingerprint);

    /// <summary>The places of payments with this receipt number, newest first.</summary>
    public IEnumerable<int> WithReceipt(int receipt)
    {
        for (var at = Count; (at = CollectionsMarshal.AsSpan(receipts)[..at].LastIndexOf(receipt)) >= 0;)
        {
            yield return at;
        }
    }

    /// <summary>Adds a head, or replaces the earlier head of the same payment.</summary>
    /// <param name="began">
    /// When the payment began, in time that certainly passed; a head that is replaced keeps its own.
    /// </param>
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
        // An order that waited may have got its code. Nothing else changes, unless the log was forged.
        var row = rows[at] = rows[at] with { Last = head.LastSequence, IsOpen = head.Open, Names = names };
        (receipts[at], payments[at], fingerprints[at]) = (head.Receipt, KeyOf(row.Payment), KeyOf(row.Fingerprint));
    }

    /// <summary>Drops the heads for which this is false.</summary>
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

    /// <summary>How many bytes a head takes in a state.</summary>
    public int LengthOf(int at) => FixedLength + 2 + rows[at].Payment.Length + rows[at].Fingerprint.Length;

    /// <summary>Writes a head as a state holds it; its entries follow, if the state has them.</summary>
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

    /// <summary>Adds a head that is read from a state.</summary>
    /// <returns>Its place, and whether its entries follow.</returns>
    /// <exception cref="FormatException">This program never wrote such bytes.</exception>
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

    /// <summary>The last four bytes, because ids and fingerprints are random up to the end.</summary>
    static uint KeyOf(ReadOnlySpan<byte> name)
    {
        Span<byte> key = stackalloc byte[4];
        name[Math.Max(0, name.Length - 4)..].CopyTo(key);
        return BinaryPrimitives.ReadUInt32BigEndian(key);
    }

    delegate ReadOnlySpan<byte> NameOf(Row row);

    /// <param name="Began">When the payment began, in time that certainly passed.</param>
    public readonly record struct Row(long First, long Last, long Began, bool IsOpen, Names Names)
    {
        public ReadOnlySpan<byte> Payment => Names.Chunk.AsSpan(Names.At, Names.IdLength);

        public ReadOnlySpan<byte> Fingerprint => Names.Chunk.AsSpan(Names.At + Names.IdLength, Names.FingerprintLength);
    }

    /// <summary>Where id and fingerprint lie, one after the other.</summary>
    public readonly record struct Names(byte[] Chunk, int At, byte IdLength, byte FingerprintLength);
}
