using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Terminal.Journal.Books;

/// <summary>
/// The two headers beside the pages: of the sums and of the redo file. Little-endian; a block is 4 KiB, what media
/// write at once, and a page of LiteDB is two of them.
/// </summary>
/// <remarks>
/// <code>
/// sums   0  "TBooksSm"   8  version u32  12  pages u32   16  generation u64  24  epoch, 16 ASCII  40  CRC of 0..40
///        then from block 1 on the CRC of each page, u32, in the order of the pages
/// redo   0  "TBooksRd"   8  version u32  12  blocks u32  16  generation u64  24  epoch, 16 ASCII  40  CRC of the rest
///        44 CRC of 0..44; then from block 1 on a u32 for each block: its number, the top bit set for one of the sums;
///        then, from the next full block on, the blocks
/// </code>
/// </remarks>
static class PageFormat
{
    public const int Version = 2;
    public const int Block = 4096, Page = 8192, SumsInBlock = Block / 4;

    /// <summary>
    /// How much is written before the next flush: a commit of the log that needs the disk meanwhile waits for at most
    /// this.
    /// </summary>
    public const int BlocksToFlush = 64;

    /// <summary>A block of the redo file that belongs to the sums.</summary>
    public const uint OfSums = 1u << 31;

    const int EpochAt = 24, CrcAt = 40, HeadCrcAt = 44;

    static ReadOnlySpan<byte> SumsMagic => "TBooksSm"u8;

    static ReadOnlySpan<byte> RedoMagic => "TBooksRd"u8;

    /// <param name="Count">Pages of the file, or blocks in the redo file.</param>
    public readonly record struct Header(string Epoch, uint Count, ulong Generation, uint Crc = 0);

    /// <summary>CRC-32C, continued from another one.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        var crc = ~before;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }
        foreach (var b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }
        return ~crc;
    }

    public static void WriteSums(Span<byte> block, Header header)
    {
        Write(block, SumsMagic, header);
        BinaryPrimitives.WriteUInt32LittleEndian(block[CrcAt..], Crc(block[..CrcAt]));
    }

    public static void WriteRedo(Span<byte> block, Header header)
    {
        Write(block, RedoMagic, header);
        BinaryPrimitives.WriteUInt32LittleEndian(block[CrcAt..], header.Crc);
        BinaryPrimitives.WriteUInt32LittleEndian(block[HeadCrcAt..], Crc(block[..HeadCrcAt]));
    }

    /// <summary>Null if the bytes are no such header.</summary>
    public static Header? ReadSums(ReadOnlySpan<byte> block) =>
        block.Length == Block && block.StartsWith(SumsMagic) && IsCrc(block, CrcAt) ? Read(block, crc: 0) : null;

    /// <summary>Null if the bytes are no such header, or it is retired.</summary>
    public static Header? ReadRedo(ReadOnlySpan<byte> block) =>
        block.Length == Block && block.StartsWith(RedoMagic) && IsCrc(block, HeadCrcAt)
            ? Read(block, BinaryPrimitives.ReadUInt32LittleEndian(block[CrcAt..]))
            : null;

    /// <summary>The caller has checked that the file is ours; only then does the version matter.</summary>
    static Header? Read(ReadOnlySpan<byte> block, uint crc) =>
        BinaryPrimitives.ReadInt32LittleEndian(block[8..]) == Version
            ? new(
                Encoding.ASCII.GetString(block.Slice(EpochAt, Origin.EpochLength)),
                BinaryPrimitives.ReadUInt32LittleEndian(block[12..]),
                BinaryPrimitives.ReadUInt64LittleEndian(block[16..]), crc)
            : null;

    static void Write(Span<byte> block, ReadOnlySpan<byte> magic, Header header)
    {
        block.Clear();
        magic.CopyTo(block);
        BinaryPrimitives.WriteInt32LittleEndian(block[8..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(block[12..], header.Count);
        BinaryPrimitives.WriteUInt64LittleEndian(block[16..], header.Generation);
        Encoding.ASCII.GetBytes(header.Epoch, block[EpochAt..]);
    }

    static bool IsCrc(ReadOnlySpan<byte> block, int at) =>
        BinaryPrimitives.ReadUInt32LittleEndian(block[at..]) == Crc(block[..at]);
}
