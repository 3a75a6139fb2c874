using System.Collections.Concurrent;
using Sandbox.Disk;
using Sandbox.Journal;
using Terminal.Journal.Books;
using Terminal.Journal.Log;

namespace Terminal.Tests.Journal.Books;

/// <summary>What is not exactly as it was saved is never given to LiteDB.</summary>
public sealed class PageFileTests
{
    const string Epoch = "0123456789abcdef";

    static readonly ConcurrentDictionary<(int Page, int Version), byte[]> Contents = new();

    [Theory]
    [Trait("kind", "instrument")]
    [InlineData(false)]
    [InlineData(true)]
    public void A_save_that_breaks_off_anywhere_leaves_the_pages_before_or_after_it(bool halfDone)
    {
        var (before, after) = (0, 0);
        var saved = Saved(pages: 1100, version: 1).Files();
        for (var call = 1; ; call++)
        {
            var disk = saved.ToDisk();
            var breaking = new Breaking(call, halfDone);
            using (var file = PageFile.Open(new WatchedDisk(disk, breaking), Epoch))
            {
                breaking.Arm();
                Fill(file, [.. Enumerable.Range(0, 9), 1050, 1100, 1101], version: 2);
                try
                {
                    file.Save();
                }
                catch (IOException)
                {
                }
            }
            if (!breaking.IsOver)
            {
                Assert.InRange(before, 5, call);
                Assert.InRange(after, 5, call);
                return;
            }
            var version = VersionOf(disk);
            (before, after) = version == 1 ? (before + 1, after) : (before, after + 1);
            Assert.Equal(version, VersionOf(disk)); // To finish a save twice is the same.
        }
    }

    [Fact]
    [Trait("kind", "instrument")]
    public void A_changed_byte_is_found_or_does_no_harm()
    {
        var saved = Saved(pages: 40, version: 1).Files();
        var dice = new Random(1);
        for (var i = 0; i < 1000; i++)
        {
            var name = PageFile.Names[dice.Next(3)];
            var bytes = saved[name].ToArray();
            bytes[dice.Next(bytes.Length)] ^= (byte)(1 << dice.Next(8));
            Assert.False(IsSound(new(saved) { [name] = bytes }) && name == "books.db");
        }
    }

    [Fact]
    public void A_file_that_is_cut_short_is_found_or_does_no_harm()
    {
        var saved = Saved(pages: 40, version: 1).Files();
        var dice = new Random(1);
        foreach (var name in PageFile.Names)
        {
            for (var i = 0; i < 70; i++)
            {
                var length = dice.Next(saved[name].Length);
                var isSound = IsSound(new(saved) { [name] = saved[name][..length] });
                Assert.True(name == "books.redo" || !isSound || length >= Needed(name), $"{name} of {length} bytes");
            }
        }

        static int Needed(string name) => name == "books.db" ? 40 * PageFormat.Page : 2 * PageFormat.Block;
    }

    [Theory]
    [InlineData("books.db")]
    [InlineData("books.sums")]
    public void An_old_copy_of_one_file_does_not_pass(string name)
    {
        var old = Saved(pages: 40, version: 1).Files();
        var disk = old.ToDisk();
        Save(disk, 40, version: 2);

        Assert.False(IsSound(new(disk.Files()) { [name] = old[name] }));
    }

    [Fact]
    public void An_old_copy_of_all_of_them_is_what_it_was()
    {
        var disk = Saved(pages: 40, version: 1);
        var old = disk.Files();
        Save(disk, 40, version: 2);

        Assert.Equal(1, VersionOf(old.ToDisk()));
    }

    [Fact]
    public void A_save_that_was_finished_long_ago_is_not_finished_again()
    {
        var disk = Saved(pages: 10, version: 1);
        var redo = Interrupted(disk, version: 2);
        Assert.Equal(2, VersionOf(disk));
        Save(disk, 12, version: 3);

        Assert.Equal(3, VersionOf(new Dictionary<string, byte[]>(disk.Files()) { ["books.redo"] = redo }.ToDisk()));
    }

    [Fact]
    public void A_save_of_another_journal_is_not_finished_here()
    {
        var other = new MemoryDisk();
        PageFile.Create(other, "fedcba9876543210").Dispose();
        var redo = Interrupted(other, version: 9, "fedcba9876543210");

        var ours = Saved(pages: 10, version: 1).Files();

        Assert.Equal(1, VersionOf(new Dictionary<string, byte[]>(ours) { ["books.redo"] = redo }.ToDisk()));
    }

    [Fact]
    public void Files_of_another_journal_are_not_ours() =>
        Assert.Throws<BooksBrokenException>(() => PageFile.Open(Saved(pages: 3, version: 1), "fedcba9876543210"));

    [Fact]
    public void A_page_that_never_was_is_not_there()
    {
        using var file = PageFile.Open(Saved(pages: 3, version: 1), Epoch);

        Assert.Throws<BooksBrokenException>(() => file.Read(3, new byte[PageFormat.Page]));
    }

    static MemoryDisk Saved(int pages, int version)
    {
        var disk = new MemoryDisk();
        PageFile.Create(disk, Epoch).Dispose();
        Save(disk, pages, version);
        return disk;
    }

    static void Save(MemoryDisk disk, int pages, int version)
    {
        using var file = PageFile.Open(disk, Epoch);
        Fill(file, Enumerable.Range(0, pages), version);
        file.Save();
    }

    /// <summary>The redo file of a save of page 0 of which nothing came into its place.</summary>
    static byte[] Interrupted(MemoryDisk disk, int version, string epoch = Epoch)
    {
        var watch = new PagesFail();
        using var file = PageFile.Open(new WatchedDisk(disk, watch), epoch);
        Fill(file, Enumerable.Range(0, (int)Math.Max(1, file.Count)), version);
        Assert.Throws<IOException>(file.Save);
        return disk.Files()["books.redo"];
    }

    static void Fill(PageFile file, IEnumerable<int> pages, int version)
    {
        foreach (var page in pages)
        {
            file.Write((uint)page, Content(page, version));
        }
    }

    static byte[] Content(int page, int version) => Contents.GetOrAdd((page, version), _ =>
    {
        var bytes = new byte[PageFormat.Page];
        new Random((page * 31) + version).NextBytes(bytes);
        return bytes;
    });

    /// <summary>Of the pages that were saved together.</summary>
    static int VersionOf(MemoryDisk disk)
    {
        using var file = PageFile.Open(disk, Epoch);
        var first = ReadPage(file, 0);
        var version = Enumerable.Range(1, 3).Single(v => Content(0, v).SequenceEqual(first));
        foreach (var page in Enumerable.Range(0, 20).Concat(Enumerable.Range(1040, 70)).Where(p => p < file.Count))
        {
            var isOld = page is > 8 and not (1050 or 1100 or 1101) && file.Count > 1000;
            Assert.True(Content(page, isOld ? 1 : version).SequenceEqual(ReadPage(file, page)), $"page {page}");
        }
        return version;
    }

    /// <summary>Opens and reads all; what is read is right.</summary>
    static bool IsSound(Dictionary<string, byte[]> files)
    {
        try
        {
            using var file = PageFile.Open(files.ToDisk(), Epoch);
            Assert.Equal(40u, file.Count);
            var version = Content(0, 1).SequenceEqual(ReadPage(file, 0)) ? 1 : 2;
            for (var page = 0; page < 40; page++)
            {
                Assert.True(Content(page, version).SequenceEqual(ReadPage(file, page)), $"page {page}");
            }
            return true;
        }
        catch (BooksBrokenException)
        {
            return false;
        }
    }

    static byte[] ReadPage(PageFile file, int page)
    {
        var bytes = new byte[PageFormat.Page];
        file.Read((uint)page, bytes);
        return bytes;
    }

    /// <summary>From one call on, all that would change the disk fail: the power is gone.</summary>
    sealed class Breaking(int at, bool halfDone) : DiskWatch
    {
        int calls = int.MinValue;

        public bool IsOver { get; private set; }

        public void Arm() => calls = 0;

        public override DiskFault? Before(DiskCall call)
        {
            if (call.OnlyLooks || ++calls < at)
            {
                return null;
            }
            var first = !IsOver;
            IsOver = true;
            return new("the power is gone", halfDone && first);
        }
    }

    sealed class PagesFail : DiskWatch
    {
        public override DiskFault? Before(DiskCall call) =>
            call is DiskCall.Write { File: "books.db" } ? new("no") : null;
    }
}
