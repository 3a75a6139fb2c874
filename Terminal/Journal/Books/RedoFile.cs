using System.Buffers.Binary;
using Terminal.Journal.Log;
using static Terminal.Journal.Books.PageFormat;

namespace Terminal.Journal.Books;

/// <summary>
/// The blocks that a save is about to change, complete and durable before any of them is changed in place. If a power
/// cut interrupts the save, the next start finishes it.
/// </summary>
sealed class RedoFile(IDiskFile file)
{
    // Eight times the most that one save changes; this program never writes more.
    const uint MostBlocks = 32 << 10;

    readonly byte[] block = new byte[Block];

    /// <summary>Writes the blocks with their numbers; they are durable on return.</summary>
    public void Write(Header of, IReadOnlyList<(uint At, ReadOnlyMemory<byte> Bytes)> blocks)
    {
        var directory = new byte[Whole(4 * blocks.Count)];
        for (var i = 0; i < blocks.Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(directory.AsSpan(4 * i), blocks[i].At);
        }
        var crc = Crc(directory);
        file.Write(Block, directory);
        var at = Block + directory.Length;
        for (var i = 0; i < blocks.Count; i++, at += Block)
        {
            crc = Crc(blocks[i].Bytes.Span, crc);
            file.Write(at, blocks[i].Bytes.Span);
            if ((i + 1) % BlocksToFlush == 0)
            {
                file.Flush();
            }
        }
        WriteRedo(block, of with { Count = (uint)blocks.Count, Crc = crc });
        file.Write(0, block);
        file.Flush();
    }

    /// <summary>The save that may have been interrupted; null if there is none.</summary>
    public Header? Read()
    {
        if (file.Read(0, block) < Block || ReadRedo(block) is not { Count: > 0 and <= MostBlocks } header)
        {
            return null;
        }
        var crc = 0u;
        for (long at = Block; at < End(header); at += Block)
        {
            if (file.Read(at, block) < Block)
            {
                return null;
            }
            crc = Crc(block, crc);
        }
        return crc == header.Crc ? header : null;
    }

    /// <summary>
    /// The blocks of a save that <see cref="Read"/> found complete; each is valid until the next one.
    /// </summary>
    public IEnumerable<(uint At, ReadOnlyMemory<byte> Bytes)> Blocks(Header header)
    {
        var directory = new byte[Whole(4 * (int)header.Count)];
        _ = file.Read(Block, directory);
        for (var i = 0; i < header.Count; i++)
        {
            _ = file.Read(Block + directory.Length + ((long)i * Block), block);
            yield return (BinaryPrimitives.ReadUInt32LittleEndian(directory.AsSpan(4 * i)), block);
        }
    }

    /// <summary>
    /// Every block is in place. This need not be durable, because finishing a save twice does no harm.
    /// </summary>
    public void Retire()
    {
        block.AsSpan().Clear();
        file.Write(0, block);
    }

    static long End(Header header) => Block + Whole(4 * (int)header.Count) + ((long)header.Count * Block);

    static int Whole(int bytes) => (bytes + Block - 1) / Block * Block;
}
