using System.Buffers.Binary;
using System.Text;

namespace Terminal.Journal;

/// <summary>
/// Finds rows of the table of entries in raw bytes by the shape of the row alone: no page, index or length above it
/// needs to be sound. What it finds may be anything until its hash is checked.
/// </summary>
static class RowScan
{
    /// <summary>More than the longest row and its two leading numbers.</summary>
    public const int Longest = 8192;

    /// <summary>Bytes before <see cref="Entry"/>'s header that hold its sequence.</summary>
    public const int LongestNumber = 9;

    const int ColumnsOfEntry = 6, ShortestHeader = ColumnsOfEntry + 1, LongestHeader = 64;
    const int HashType = 12 + (2 * Chain.HashLength);

    // SQLite's record: length of the header, then a type per column, then the values. The sequence is the row's key,
    // so its column is empty (type 0) and the number stands before the record.

    /// <summary>The next place from <paramref name="from"/> on that may be the header of a row; −1: none.</summary>
    public static int Next(ReadOnlySpan<byte> bytes, int from)
    {
        for (var at = Math.Max(from, 1); ; at++)
        {
            var zero = bytes[Math.Min(at, bytes.Length)..].IndexOf((byte)0);
            if (zero < 0)
            {
                return -1;
            }
            at += zero;
            if (bytes[at - 1] is >= ShortestHeader and <= LongestHeader && at - 1 >= from)
            {
                return at - 1;
            }
        }
    }

    /// <summary>The entry whose header is at <paramref name="header"/>; null if there is none.</summary>
    /// <param name="headLast">What its head says is its payment's newest entry; 0 if it has none.</param>
    public static Entry? Read(ReadOnlySpan<byte> bytes, int header, out long headLast)
    {
        headLast = 0;
        var types = new Cursor(bytes[(header + 2)..]);
        var id = types.TextLength();
        var kind = types.TextLength();
        var time = types.NumberLength();
        var body = types.BlobLength();
        if (id is < 0 or > Entry.MaxName || kind is < 1 or > Entry.MaxName || time < 0 ||
            body is < 1 or > Entry.MaxBody || types.Varint() != HashType)
        {
            return null;
        }
        var values = new Cursor(bytes[Math.Min(header + bytes[header], bytes.Length)..]);
        var idBytes = values.Take(id);
        var kindBytes = values.Take(kind);
        var ms = values.Take(time);
        var bodyBytes = values.Take(body);
        var hash = values.Take(Chain.HashLength);
        var sequence = NumberBefore(bytes[..header]);
        if (values.IsBeyond || sequence < 1 || !IsName(idBytes) || !IsName(kindBytes))
        {
            return null;
        }
        headLast = HeadLast(types, values);
        return new(sequence, Encoding.UTF8.GetString(idBytes), Encoding.UTF8.GetString(kindBytes), Number(ms),
            bodyBytes.ToArray(), hash.ToArray());
    }

    /// <summary>Behind the entry: receipt, fingerprint, open, newest entry.</summary>
    static long HeadLast(Cursor types, Cursor values)
    {
        _ = values.Take(types.SmallLength());
        _ = values.Take(Math.Max(types.TextLength(), 0));
        _ = values.Take(types.SmallLength());
        var last = values.Take(Math.Max(types.NumberLength(), 0));
        return values.IsBeyond ? 0 : Number(last);
    }

    /// <summary>The variable-length number that ends here: only its last byte is below 128.</summary>
    static long NumberBefore(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.Length - 1;
        while (start > 0 && start > bytes.Length - LongestNumber && bytes[start - 1] >= 0x80)
        {
            start--;
        }
        return start < 0 ? 0 : new Cursor(bytes[start..]).Varint();
    }

    static long Number(ReadOnlySpan<byte> bytes)
    {
        Span<byte> whole = stackalloc byte[8];
        whole.Fill(bytes.Length > 0 && bytes[0] >= 0x80 ? (byte)0xFF : (byte)0);
        bytes.CopyTo(whole[^bytes.Length..]);
        return BinaryPrimitives.ReadInt64BigEndian(whole);
    }

    static bool IsName(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExceptInRange((byte)0x21, (byte)0x7E) < 0;

    /// <summary>Reads on; past the end it gives nothing and remembers that.</summary>
    ref struct Cursor(ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> rest = rest;

        public bool IsBeyond { get; private set; }

        public ReadOnlySpan<byte> Take(int length)
        {
            if (length > rest.Length)
            {
                IsBeyond = true;
                return [];
            }
            var taken = rest[..length];
            rest = rest[length..];
            return taken;
        }

        /// <summary>A number of up to 9 bytes; −1 past the end, or if longer than a journal ever needs.</summary>
        public long Varint()
        {
            long value = 0;
            for (var i = 0; i < LongestNumber - 1; i++)
            {
                var next = Take(1);
                if (IsBeyond)
                {
                    return -1;
                }
                value = (value << 7) | (uint)(next[0] & 0x7F);
                if (next[0] < 0x80)
                {
                    return value;
                }
            }
            return -1;
        }

        public int TextLength() => LengthOf(13);

        public int BlobLength() => LengthOf(12);

        public int NumberLength() => Varint() switch { >= 1 and <= 4 and var n => (int)n, 5 => 6, 6 => 8, _ => -1 };

        /// <summary>Of a number, where null, 0 and 1 need no byte.</summary>
        public int SmallLength() => Math.Max(NumberLength(), 0);

        /// <summary>Texts have odd types from 13 on, blobs even ones from 12 on, each two for a byte.</summary>
        int LengthOf(int empty) =>
            Varint() is >= 12 and < 2 * Longest and var type && type >= empty && (type - empty) % 2 == 0
                ? (int)(type - empty) / 2
                : -1;
    }
}
