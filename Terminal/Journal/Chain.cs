using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Terminal.Journal;

/// <summary>The hash that ties each entry to all before it.</summary>
/// <remarks>
/// SHA-256 over these bytes, integers big-endian, text UTF-8:
/// <list type="number">
/// <item>hash of the entry before, 32 bytes; all zero for entry 1</item>
/// <item>epoch, 16 ASCII hex digits</item>
/// <item>sequence, signed 64 bit</item>
/// <item>payment id: its length in bytes, unsigned 32 bit, then the bytes</item>
/// <item>kind: likewise</item>
/// <item>Unix milliseconds, signed 64 bit</item>
/// <item>body: likewise length and bytes, exactly as stored</item>
/// </list>
/// </remarks>
static class Chain
{
    public const int HashLength = 32;

    /// <summary>The hash that entry 1 follows.</summary>
    public static readonly ReadOnlyMemory<byte> Origin = new byte[HashLength];

    /// <summary>Computes the hash of <paramref name="entry"/> into <paramref name="hash"/>.</summary>
    public static void Hash(ReadOnlySpan<byte> previous, string epoch, Entry entry, Span<byte> hash)
    {
        var longest = HashLength + (4 * 8) + Encoding.UTF8.GetMaxByteCount(
            epoch.Length + entry.PaymentId.Length + entry.Kind.Length) + entry.Body.Length;
        var bytes = longest <= 1024 ? stackalloc byte[1024] : new byte[longest];
        var end = bytes;
        previous.CopyTo(end);
        end = end[previous.Length..];
        end = end[Encoding.UTF8.GetBytes(epoch, end)..];
        Put(ref end, entry.Sequence);
        Put(ref end, entry.PaymentId);
        Put(ref end, entry.Kind);
        Put(ref end, entry.UnixMilliseconds);
        BinaryPrimitives.WriteUInt32BigEndian(end, (uint)entry.Body.Length);
        entry.Body.CopyTo(end[4..]);
        end = end[(4 + entry.Body.Length)..];
        SHA256.HashData(bytes[..^end.Length], hash);
    }

    /// <summary>Whether the hash of <paramref name="entry"/> follows from the hash of the entry before.</summary>
    public static bool Holds(ReadOnlySpan<byte> previous, string epoch, Entry entry)
    {
        Span<byte> hash = stackalloc byte[HashLength];
        Hash(previous, epoch, entry, hash);
        return hash.SequenceEqual(entry.Hash);
    }

    static void Put(ref Span<byte> end, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(end, number);
        end = end[8..];
    }

    static void Put(ref Span<byte> end, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, end[4..]);
        BinaryPrimitives.WriteUInt32BigEndian(end, (uint)length);
        end = end[(4 + length)..];
    }
}
