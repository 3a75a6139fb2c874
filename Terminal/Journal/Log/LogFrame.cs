using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Terminal.Journal.Log;

/// <summary>What a frame holds.</summary>
enum FrameKind : byte
{
    /// <summary>What is needed of everything before it; begins each segment that is written.</summary>
    State = 1,
    /// <summary>The entries of one commit.</summary>
    Entries = 2,
    /// <summary>Begins a segment that is complete, without the padding and the state.</summary>
    Sealed = 3,
    /// <summary>Outside the log: how far it reached for certain, and where it begins.</summary>
    Bound = 4,
}

/// <summary>
/// The beginning of everything that the log writes: says what follows, where it belongs, and proves both by a checksum.
/// </summary>
/// <param name="Length">Bytes behind the header.</param>
/// <param name="Count">Entries among them.</param>
/// <param name="Number">One more than that of the frame before.</param>
/// <param name="After">The entry before the first in it.</param>
readonly record struct LogFrame(FrameKind Kind, int Length, int Count, long Number, long After)
{
    public const int Block = 4096;

    public const int HeaderLength = 96;

    /// <summary>Of what follows a header: a state is the longest.</summary>
    public const int MaxLength = 2 << 20;

    /// <summary>Of this program.</summary>
    public const byte Format = 1;

    const uint Magic = 0xFF54504A; // FF never occurs in UTF-8, so no body looks like a frame.
    const int Hashed = 80; // The checksum lies behind it.

    /// <summary>Checksum of the frame before.</summary>
    public UInt128 Link { get; init; }

    /// <summary>Entries up to here are known to be at the head office.</summary>
    public long Acknowledged { get; init; }

    /// <summary>Of a state: the length of its file.</summary>
    public long Room { get; init; }

    /// <summary>Of everything else in it.</summary>
    public UInt128 Checksum { get; init; }

    /// <summary>What it takes in a file that is written block by block.</summary>
    public int Padded => (Whole + Block - 1) / Block * Block;

    /// <summary>What it takes in a file that is sealed.</summary>
    public int Whole => HeaderLength + Length;

    public long Last => After + Count;

    /// <summary>Does it continue another one?</summary>
    /// <param name="link">The checksum that the other one had when this was written.</param>
    public bool Follows(LogFrame before, UInt128 link) =>
        Count > 0 && Number - 1 == before.Number && After == before.Last && Link == link;

    /// <summary>Does a frame of another version of this program lie here?</summary>
    public static bool IsForeign(ReadOnlySpan<byte> bytes) => bytes.Length > 4 &&
        BinaryPrimitives.ReadUInt32BigEndian(bytes) == Magic && bytes[4] != Format && bytes[4] is > 0 and < 16;

    /// <summary>Where a frame may begin, from a place on; -1: nowhere.</summary>
    public static int Next(ReadOnlySpan<byte> bytes, int from)
    {
        ReadOnlySpan<byte> sought = [0xFF, 0x54, 0x50, 0x4A];
        var at = from >= bytes.Length ? -1 : bytes[from..].IndexOf(sought);
        return at < 0 ? -1 : from + at;
    }

    /// <summary>Puts the header before what stands behind it.</summary>
    /// <param name="bytes">Room for the header, then the rest.</param>
    /// <returns>With its checksum.</returns>
    public LogFrame Write(Span<byte> bytes, ulong epoch)
    {
        using var hash = Begin(bytes, epoch);
        hash.AppendData(bytes.Slice(HeaderLength, Length));
        return End(hash, bytes);
    }

    /// <summary>The header alone, of a frame of which the rest is made piece by piece.</summary>
    public LogFrame Write(Span<byte> header, ulong epoch, Action<Action<ReadOnlySpan<byte>>> makeRest)
    {
        using var hash = Begin(header, epoch);
        makeRest(hash.AppendData);
        return End(hash, header);
    }

    IncrementalHash Begin(Span<byte> bytes, ulong epoch)
    {
        bytes[..HeaderLength].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Magic);
        bytes[4] = Format;
        bytes[5] = (byte)Kind;
        BinaryPrimitives.WriteInt32BigEndian(bytes[8..], Length);
        BinaryPrimitives.WriteInt32BigEndian(bytes[12..], Count);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], epoch);
        BinaryPrimitives.WriteInt64BigEndian(bytes[24..], Number);
        BinaryPrimitives.WriteInt64BigEndian(bytes[32..], After);
        BinaryPrimitives.WriteInt64BigEndian(bytes[40..], Acknowledged);
        BinaryPrimitives.WriteInt64BigEndian(bytes[56..], Room);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[64..], Link);
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes[..Hashed]);
        return hash;
    }

    LogFrame End(IncrementalHash hash, Span<byte> bytes)
    {
        var checksum = Finish(hash);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[Hashed..], checksum);
        return this with { Checksum = checksum };
    }

    /// <summary>The frame that begins here and is whole; null: none of this epoch.</summary>
    public static LogFrame? Read(ReadOnlySpan<byte> bytes, ulong epoch) =>
        ReadHeader(bytes) is var (frame, of) && of == epoch && frame.Length <= bytes.Length - HeaderLength &&
        Sum(bytes[..(HeaderLength + frame.Length)]) == frame.Checksum ? frame : null;

    /// <summary>What a header says that nothing proves yet, and of which epoch it is; null: it cannot be one.</summary>
    public static (LogFrame Frame, ulong Epoch)? ReadHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength || BinaryPrimitives.ReadUInt32BigEndian(bytes) != Magic || bytes[4] != Format)
        {
            return null;
        }
        var frame = new LogFrame(
            (FrameKind)bytes[5],
            BinaryPrimitives.ReadInt32BigEndian(bytes[8..]),
            BinaryPrimitives.ReadInt32BigEndian(bytes[12..]),
            BinaryPrimitives.ReadInt64BigEndian(bytes[24..]),
            BinaryPrimitives.ReadInt64BigEndian(bytes[32..]))
        {
            Acknowledged = BinaryPrimitives.ReadInt64BigEndian(bytes[40..]),
            Room = BinaryPrimitives.ReadInt64BigEndian(bytes[56..]),
            Link = BinaryPrimitives.ReadUInt128BigEndian(bytes[64..]),
            Checksum = BinaryPrimitives.ReadUInt128BigEndian(bytes[Hashed..]),
        };
        var isPossible = frame is { Length: >= 0 and <= MaxLength, Count: >= 0, Number: > 0, After: >= 0 } &&
            frame.After <= long.MaxValue - frame.Count;
        return isPossible ? (frame, BinaryPrimitives.ReadUInt64BigEndian(bytes[16..])) : null;
    }

    /// <summary>The same of a frame in a file, without all of it in memory.</summary>
    /// <param name="piece">What it is read through; at least a header long.</param>
    public static LogFrame? Read(IDiskFile file, long at, byte[] piece, ulong epoch)
    {
        var count = file.Read(at, piece);
        if (ReadHeader(piece.AsSpan(0, count)) is not var (frame, of) || of != epoch)
        {
            return null;
        }
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(piece, 0, Hashed);
        for (var (from, left) = (HeaderLength, frame.Length); ; from = 0)
        {
            var some = Math.Min(left, count - from);
            hash.AppendData(piece, from, some);
            left -= some;
            if (left == 0)
            {
                return Finish(hash) == frame.Checksum ? frame : null;
            }
            at += count;
            count = file.Read(at, piece);
            if (count == 0)
            {
                return null;
            }
        }
    }

    /// <summary>The first 16 bytes of SHA-256 over the header up to its checksum and what stands behind it.</summary>
    static UInt128 Sum(ReadOnlySpan<byte> bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes[..Hashed]);
        hash.AppendData(bytes[HeaderLength..]);
        return Finish(hash);
    }

    static UInt128 Finish(IncrementalHash hash)
    {
        Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(sum);
        return BinaryPrimitives.ReadUInt128BigEndian(sum);
    }
}
