using System.Buffers.Binary;
using Terminal.Journal.Log;
using static Terminal.Journal.Books.PageFormat;

namespace Terminal.Journal.Books;

/// <summary>
/// The pages of a LiteDB file. Changes stay in memory until they are saved, all or none. So the file is always one that
/// LiteDB finished and that its tools can open. A second file holds a checksum of each page: LiteDB trusts whatever it
/// reads, so a damaged page must be found before LiteDB sees it.
/// </summary>
sealed class PageFile : IDisposable
{
    readonly IDiskFile pages, sums, redo;
    readonly Lock gate = new();
    readonly Dictionary<uint, byte[]> changed = [];
    readonly Dictionary<uint, byte[]> sumBlocks = [];
    readonly Stack<byte[]> spare = new();
    Header saved;

    PageFile(IDiskFile pages, IDiskFile sums, IDiskFile redo) =>
        (this.pages, this.sums, this.redo) = (pages, sums, redo);

    /// <summary>The names of its files, in the folder of the journal.</summary>
    public static IReadOnlyList<string> Names { get; } = ["books.db", "books.sums", "books.redo"];

    /// <summary>Pages of the file, including those in memory.</summary>
    public uint Count { get; private set; }

    /// <summary>Pages that are only in memory.</summary>
    public int Changed => changed.Count;

    /// <summary>Pages read from the disk so far.</summary>
    public long Reads { get; private set; }

    /// <summary>Opens the saved pages, and finishes a save that was interrupted.</summary>
    /// <exception cref="BooksBrokenException">There is no file, or it is not ours.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static PageFile Open(IDisk disk, string epoch) => Take(disk, create: false, file =>
    {
        file.Finish(epoch);
        file.saved = file.ReadHeader() is { } header && header.Epoch == epoch
            ? header
            : throw new BooksBrokenException("they are of another journal, or of another version of this program");
        file.Count = file.saved.Count;
    });

    /// <summary>Makes empty files in place of any others.</summary>
    public static PageFile Create(IDisk disk, string epoch)
    {
        foreach (var name in Names)
        {
            disk.Delete(name);
        }
        return Take(disk, create: true, file =>
    {
        file.saved = new(epoch, 0, 0);
        var header = new byte[Block];
        WriteSums(header, file.saved);
        file.sums.Write(0, header);
        file.sums.Flush();
        disk.Flush();
    });
    }

    public void Read(uint page, Span<byte> to)
    {
        uint sum;
        lock (gate)
        {
            if (changed.TryGetValue(page, out var bytes))
            {
                bytes.CopyTo(to);
                return;
            }
            sum = page < saved.Count
                ? BinaryPrimitives.ReadUInt32LittleEndian(SumBlock(page / SumsInBlock).AsSpan(SumAt(page)))
                : throw new BooksBrokenException($"page {page} is behind their end");
        }
        Reads++;
        if (pages.Read((long)page * Page, to) < Page || Crc(to) != sum)
        {
            throw new BooksBrokenException($"page {page} is not as it was saved");
        }
    }

    public void Write(uint page, ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            if (!changed.TryGetValue(page, out var kept))
            {
                changed.Add(page, kept = spare.TryPop(out var old) ? old : new byte[Page]);
            }
            bytes.CopyTo(kept);
            Count = Math.Max(Count, page + 1);
        }
    }

    /// <summary>
    /// Makes everything written durable, all or nothing. Others may read meanwhile; nobody may write.
    /// </summary>
    public void Save()
    {
        if (changed.Count == 0)
        {
            return;
        }
        var next = saved with { Count = Count, Generation = saved.Generation + 1 };
        var numbers = changed.Keys.Order().ToArray();
        var newSums = NewSums(numbers);
        var header = new byte[Block];
        WriteSums(header, next);
        newSums.Add(0, header);
        var journal = new RedoFile(redo);
        journal.Write(next, [
            .. numbers.SelectMany(n => new[] { (2 * n, Half(n, 0)), ((2 * n) + 1, Half(n, Block)) }),
            .. newSums.Select(s => (s.Key | OfSums, (ReadOnlyMemory<byte>)s.Value)),
        ]);
        Put(numbers, newSums);
        lock (gate)
        {
            newSums.Remove(0);
            foreach (var (at, bytes) in newSums)
            {
                sumBlocks[at] = bytes;
            }
            foreach (var bytes in changed.Values)
            {
                spare.Push(bytes);
            }
            changed.Clear();
            saved = next;
        }
        journal.Retire();
    }

    public void Dispose()
    {
        pages.Dispose();
        sums.Dispose();
        redo.Dispose();
    }

    static PageFile Take(IDisk disk, bool create, Action<PageFile> begin)
    {
        var opened = new List<IDiskFile>();
        try
        {
            foreach (var name in Names)
            {
                opened.Add(disk.Open(name, create));
            }
            var file = new PageFile(opened[0], opened[1], opened[2]);
            begin(file);
            return file;
        }
        catch (Exception e)
        {
            opened.ForEach(f => f.Dispose());
            if (e is FileNotFoundException)
            {
                throw new BooksBrokenException("a file of theirs is missing", e);
            }
            throw;
        }
    }

    void Finish(string epoch)
    {
        var journal = new RedoFile(redo);
        if (journal.Read() is not { } save || save.Epoch != epoch ||
            (ReadHeader() is { } header && header.Generation > save.Generation))
        {
            return;
        }
        foreach (var (at, bytes) in journal.Blocks(save))
        {
            var (file, number) = at >= OfSums ? (sums, at - OfSums) : (pages, at);
            file.Write((long)number * Block, bytes.Span);
        }
        pages.Flush();
        sums.Flush();
        journal.Retire();
    }

    void Put(uint[] numbers, Dictionary<uint, byte[]> newSums)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            pages.Write((long)numbers[i] * Page, changed[numbers[i]]);
            if ((i + 1) % (BlocksToFlush / 2) == 0)
            {
                pages.Flush();
            }
        }
        foreach (var (at, bytes) in newSums)
        {
            sums.Write((long)at * Block, bytes);
        }
        pages.Flush();
        sums.Flush();
    }

    /// <summary>The blocks that hold the checksums of these pages, by their number in the file.</summary>
    Dictionary<uint, byte[]> NewSums(uint[] numbers)
    {
        var blocks = new Dictionary<uint, byte[]>();
        foreach (var page in numbers)
        {
            var group = page / SumsInBlock;
            if (!blocks.TryGetValue(group + 1, out var block))
            {
                blocks.Add(group + 1, block = [.. SumBlock(group)]);
            }
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(SumAt(page)), Crc(changed[page]));
        }
        return blocks;
    }

    /// <summary>The page as saved; zeros for a page that was never saved.</summary>
    byte[] SumBlock(uint group)
    {
        if (!sumBlocks.TryGetValue(group + 1, out var block))
        {
            block = new byte[Block];
            if (group * SumsInBlock < saved.Count && sums.Read((group + 1L) * Block, block) < Block)
            {
                throw new BooksBrokenException("their sums are cut short");
            }
            sumBlocks.Add(group + 1, block);
        }
        return block;
    }

    Header? ReadHeader()
    {
        var block = new byte[Block];
        return sums.Read(0, block) == Block ? ReadSums(block) : null;
    }

    ReadOnlyMemory<byte> Half(uint page, int from) => changed[page].AsMemory(from, Block);

    static int SumAt(uint page) => (int)(page % SumsInBlock) * 4;
}
