using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Terminal.Journal.Log;

/// <summary>What a frame holds.</summary>
enum FrameKind : byte
{
    /// <summary>Begins a segment in log.0 or log.1; holds all that is needed of the entries before.</summary>
    State = 1,
    /// <summary>The entries of one commit.</summary>
    Entries = 2,
    /// <summary>Begins a sealed segment, in place of the state.</summary>
    Sealed = 3,
    /// <summary>Outside the log: the entry that the log certainly reached, and where it begins.</summary>
    Bound = 4,
}

/// <summary>
/// The header of everything that the log writes. It says what follows and where that belongs; a checksum proves both.
/// </summary>
/// <param name="Length">Bytes after the header.</param>
/// <param name="Count">Entries in these bytes.</param>
/// <param name="Number">One more than the number of the frame before.</param>
/// <param name="After">The entry before the first one in the frame.</param>
readonly record struct LogFrame(FrameKind Kind, int Length, int Count, long Number, long After)
{
    public const int Block = 4096;

    public const int HeaderLength = 96;

    /// <summary>The most bytes after a header; a state is the longest.</summary>
    public const int MaxLength = 2 << 20;

    /// <summary>The only format that this program reads and writes.</summary>
    public const byte Format = 1;

    const uint Magic = 0xFF54504A; // FF never occurs in UTF-8, so no body looks like a frame.
    const int Hashed = 80; // The checksum covers these bytes of the header, and follows them.

    /// <summary>Checksum of the frame before.</summary>
    public UInt128 Link { get; init; }

    /// <summary>Entries up to here are known to be at the head office.</summary>
    public long Acknowledged { get; init; }

    /// <summary>Only of a state: the length of its file.</summary>
    public long Room { get; init; }

    /// <summary>Checksum of everything else in the frame.</summary>
    public UInt128 Checksum { get; init; }

    /// <summary>Length in log.0 and log.1, padded to whole blocks.</summary>
    public int Padded => (Whole + Block - 1) / Block * Block;

    /// <summary>Length in a sealed file, without padding.</summary>
    public int Whole => HeaderLength + Length;

    public long Last => After + Count;

    /// <summary>Whether this frame continues another one.</summary>
    /// <param name="link">The checksum of the other frame when this one was written.</param>
    public bool Follows(LogFrame before, UInt128 link) =>
        Count > 0 && Number - 1 == before.Number && After == before.Last && Link == link;

    /// <summary>Whether a frame of another version of this program begins here.</summary>
    public static bool IsForeign(ReadOnlySpan<byte> bytes) => bytes.Length > 4 &&
        BinaryPrimitives.ReadUInt32BigEndian(bytes) == Magic && bytes[4] != Format && bytes[4] is > 0 and < 16;

    /// <summary>The next place where a frame may begin; -1 if there is none.</summary>
    public static int Next(ReadOnlySpan<byte> bytes, int from)
    {
        ReadOnlySpan<byte> sought = [0xFF, 0x54, 0x50, 0x4A];
        var at = from >= bytes.Length ? -1 : bytes[from..].IndexOf(sought);
        return at < 0 ? -1 : from + at;
    }

    /// <summary>Writes the header in front of a body that is already there.</summary>
    /// <param name="bytes">Room for the header, then the body.</param>
    /// <returns>The frame with its checksum.</returns>
    public LogFrame Write(Span<byte> bytes, ulong epoch)
    {
        using var hash = Begin(bytes, epoch);
        hash.AppendData(bytes.Slice(HeaderLength, Length));
        return End(hash, bytes);
    }

    /// <summary>Writes the header of a frame whose body is made piece by piece.</summary>
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

    /// <summary>The whole frame that begins here; null if there is none of this epoch.</summary>
    public static LogFrame? Read(ReadOnlySpan<byte> bytes, ulong epoch) =>
        ReadHeader(bytes) is var (frame, of) && of == epoch && frame.Length <= bytes.Length - HeaderLength &&
        Sum(bytes[..(HeaderLength + frame.Length)]) == frame.Checksum ? frame : null;

    /// <summary>Reads a header and its epoch without checking the checksum; null if it cannot be a header.</summary>
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

    /// <summary>Reads a frame in a file piece by piece, so that it is never completely in memory.</summary>
    /// <param name="piece">The buffer; at least as long as a header.</param>
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

    /// <summary>The first 16 bytes of SHA-256 over the header up to its checksum, and the body.</summary>
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
