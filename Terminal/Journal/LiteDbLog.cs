using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Terminal.Journal;

/// <summary>
/// LiteDB's write-ahead log as a payment needs it. LiteDB 5 neither flushes its log nor checks it when it reads it
/// back; here the pages of a transaction wait in memory until its last one arrives, then leave in one write with
/// checksums, and the commit returns when they are on the disk. What was torn is not there after opening.
/// </summary>
/// <remarks>
/// Numbers little-endian, everything at 4 KiB boundaries, because a power cut may garble a whole block.
/// Two slots of 4 KiB: magic, CRC of the rest, generation, salt; the higher generation counts, and a new one, written
/// over the other slot, empties the log. From 8 KiB on batches: a descriptor of 4 KiB (magic, CRC of the rest,
/// generation, salt, number, CRC of the descriptor before, count, CRC of each page), then the pages.
/// </remarks>
sealed class LiteDbLog : LiteDbPages
{
    const int Block = 4096;
    const int FirstBatch = 2 * Block;
    const int PageChecksums = 40;
    const int MostPages = (Block - PageChecksums) / sizeof(uint);
    const uint SlotMagic = 0x314C5054, BatchMagic = 0x42_4C5054;

    // LiteDB's page header: the transaction, and whether this is its last page.
    const int TransactionAt = 14, ConfirmedAt = 18;

    readonly List<(long Offset, uint Checksum)> pages = [];
    readonly List<byte[]> waiting = [];
    ulong generation;
    ulong salt;
    long batches;
    uint chain;
    long end = FirstBatch;

    /// <summary>Reads what the log holds; an empty file becomes an empty log.</summary>
    /// <exception cref="InvalidDataException">It is no log, or more of it is damaged than a power cut can.</exception>
    public LiteDbLog(Stream file, Fault fault) : base(file, fault)
    {
        if (!FindGeneration())
        {
            if (file.Length > FirstBatch)
            {
                throw new InvalidDataException("the log's two headers are damaged");
            }
            IsNew = true;
            Begin();
            return;
        }
        while (ReadBatch())
        {
        }
        ThrowIfMoreFollows();
    }

    /// <summary>There was no log.</summary>
    public bool IsNew { get; }

    /// <summary>Nothing was committed since the log was made.</summary>
    public bool IsUnused => generation == 1 && pages.Count == 0;

    public override long Length => (long)(pages.Count + waiting.Count) * PageLength;

    /// <summary>
    /// Before LiteDB opens: moves every committed page into the data, as its checkpoint would, and empties the log.
    /// </summary>
    public void MoveInto(LiteDbData data)
    {
        if (pages.Count == 0)
        {
            return;
        }
        var page = new byte[PageLength];
        var committed = new HashSet<uint>();
        for (var i = 0; i < pages.Count; i++)
        {
            ReadPage(i, page);
            if (page[ConfirmedAt] != 0)
            {
                committed.Add(TransactionOf(page));
            }
        }
        for (var i = 0; i < pages.Count; i++)
        {
            ReadPage(i, page);
            if (committed.Contains(TransactionOf(page)))
            {
                BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(TransactionAt), uint.MaxValue);
                page[ConfirmedAt] = 0;
                data.Position = (long)BinaryPrimitives.ReadUInt32LittleEndian(page) * PageLength;
                data.Write(page);
            }
        }
        data.Flush();
        Begin();
    }

    protected override void ReadPage(long page, Span<byte> into)
    {
        if (page >= pages.Count)
        {
            waiting[(int)(page - pages.Count)].CopyTo(into);
            return;
        }
        var (offset, checksum) = pages[(int)page];
        File.Position = offset;
        File.ReadExactly(into);
        if (Checksum(into) != checksum)
        {
            throw new IOException($"page {page} of the log is damaged");
        }
    }

    protected override void WritePage(long page, ReadOnlySpan<byte> content)
    {
        if (page != pages.Count + waiting.Count)
        {
            throw new IOException($"page {page} was to be written into a log of {pages.Count + waiting.Count}");
        }
        waiting.Add(content.ToArray());
        if (content[ConfirmedAt] != 0 || waiting.Count == MostPages)
        {
            WriteBatch();
        }
    }

    /// <summary>LiteDB only ever empties its log.</summary>
    protected override void Cut(long pages)
    {
        if (pages != 0)
        {
            throw new IOException($"the log was to be cut to {pages} pages");
        }
        if (Length > 0)
        {
            Begin();
        }
    }

    /// <summary>Nothing to do: what was confirmed is durable, and nothing else is to be.</summary>
    protected override void Sync()
    {
    }

    bool FindGeneration()
    {
        var slot = new byte[Block];
        for (var i = 0; i < 2; i++)
        {
            if (ReadBlock((long)i * Block, slot) && IsSealed(slot, SlotMagic) &&
                BinaryPrimitives.ReadUInt64LittleEndian(slot.AsSpan(8)) is var found && found > generation)
            {
                generation = found;
                salt = BinaryPrimitives.ReadUInt64LittleEndian(slot.AsSpan(16));
            }
        }
        return generation > 0;
    }

    /// <summary>A new generation: what older ones wrote is no longer part of the log.</summary>
    void Begin()
    {
        generation++;
        salt = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
        var slot = new byte[Block];
        BinaryPrimitives.WriteUInt64LittleEndian(slot.AsSpan(8), generation);
        BinaryPrimitives.WriteUInt64LittleEndian(slot.AsSpan(16), salt);
        _ = Seal(slot, SlotMagic);
        File.Position = (long)(generation & 1) * Block;
        File.Write(slot);
        MakeDurable();
        pages.Clear();
        waiting.Clear();
        batches = 0;
        chain = 0;
        end = FirstBatch;
    }

    bool ReadBatch()
    {
        var descriptor = new byte[Block];
        if (!ReadBlock(end, descriptor) || !IsSealed(descriptor, BatchMagic) || !IsNext(descriptor, out var count))
        {
            return false;
        }
        var page = new byte[PageLength];
        var read = new List<(long Offset, uint Checksum)>(count);
        for (var i = 0; i < count; i++)
        {
            var offset = end + Block + ((long)i * PageLength);
            var checksum = BinaryPrimitives.ReadUInt32LittleEndian(descriptor.AsSpan(PageChecksums + (4 * i)));
            if (!ReadBlock(offset, page) || Checksum(page) != checksum)
            {
                return false;
            }
            read.Add((offset, checksum));
        }
        pages.AddRange(read);
        Advance(descriptor, count);
        return true;
    }

    /// <summary>A power cut breaks the newest slot or batch at most: each is flushed before the next.</summary>
    void ThrowIfMoreFollows()
    {
        var block = new byte[Block];
        for (var at = end; ReadBlock(at, block); at += Block)
        {
            if (IsSealed(block, BatchMagic) && IsLater(block))
            {
                throw new InvalidDataException("the log is damaged, and commits behind the damage would be lost");
            }
        }
    }

    bool IsLater(ReadOnlySpan<byte> descriptor)
    {
        var of = BinaryPrimitives.ReadUInt64LittleEndian(descriptor[8..]);
        return of > generation || (of == generation
            && BinaryPrimitives.ReadUInt64LittleEndian(descriptor[16..]) == salt
            && BinaryPrimitives.ReadInt64LittleEndian(descriptor[24..]) > batches);
    }

    bool IsNext(ReadOnlySpan<byte> descriptor, out int count)
    {
        count = BinaryPrimitives.ReadInt32LittleEndian(descriptor[36..]);
        return BinaryPrimitives.ReadUInt64LittleEndian(descriptor[8..]) == generation
            && BinaryPrimitives.ReadUInt64LittleEndian(descriptor[16..]) == salt
            && BinaryPrimitives.ReadInt64LittleEndian(descriptor[24..]) == batches
            && BinaryPrimitives.ReadUInt32LittleEndian(descriptor[32..]) == chain
            && count is > 0 and <= MostPages;
    }

    void WriteBatch()
    {
        var batch = new byte[Block + (waiting.Count * PageLength)];
        var descriptor = batch.AsSpan(0, Block);
        BinaryPrimitives.WriteUInt64LittleEndian(descriptor[8..], generation);
        BinaryPrimitives.WriteUInt64LittleEndian(descriptor[16..], salt);
        BinaryPrimitives.WriteInt64LittleEndian(descriptor[24..], batches);
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor[32..], chain);
        BinaryPrimitives.WriteInt32LittleEndian(descriptor[36..], waiting.Count);
        for (var i = 0; i < waiting.Count; i++)
        {
            var offset = Block + (i * PageLength);
            waiting[i].CopyTo(batch, offset);
            var checksum = Checksum(waiting[i]);
            BinaryPrimitives.WriteUInt32LittleEndian(descriptor[(PageChecksums + (4 * i))..], checksum);
            pages.Add((end + offset, checksum));
        }
        _ = Seal(descriptor, BatchMagic);
        File.Position = end;
        File.Write(batch);
        MakeDurable();
        Advance(descriptor, waiting.Count);
        waiting.Clear();
    }

    void Advance(ReadOnlySpan<byte> descriptor, int count)
    {
        chain = BinaryPrimitives.ReadUInt32LittleEndian(descriptor[4..]);
        end += Block + ((long)count * PageLength);
        batches++;
    }

    bool ReadBlock(long offset, Span<byte> into)
    {
        File.Position = offset;
        return File.ReadAtLeast(into, into.Length, throwOnEndOfStream: false) == into.Length;
    }

    static uint TransactionOf(ReadOnlySpan<byte> page) =>
        BinaryPrimitives.ReadUInt32LittleEndian(page[TransactionAt..]);

    static uint Seal(Span<byte> block, uint magic)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(block, magic);
        var checksum = Checksum(block[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(block[4..], checksum);
        return checksum;
    }

    static bool IsSealed(ReadOnlySpan<byte> block, uint magic) =>
        BinaryPrimitives.ReadUInt32LittleEndian(block) == magic &&
        BinaryPrimitives.ReadUInt32LittleEndian(block[4..]) == Checksum(block[8..]);

    /// <summary>CRC-32C, eight bytes at a time: every length here is a multiple of eight.</summary>
    static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = BitOperations.Crc32C(crc, word);
        }
        return ~crc;
    }
}
