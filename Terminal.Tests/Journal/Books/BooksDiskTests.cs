using Sandbox.Disk;
using Terminal.Journal.Books;
using Terminal.Journal.Log;

namespace Terminal.Tests.Journal.Books;

/// <summary>Books on a disk that fails, is full, or forgets.</summary>
public sealed class BooksDiskTests : BookkeeperScene
{
    [Fact]
    [Trait("kind", "instrument")]
    public void Damage_that_a_question_meets_is_no_answer_and_is_made_good()
    {
        var log = new Records(payments: 3000);
        Make(log);
        using var keeper = Keeper(log);
        keeper.Work();
        var bytes = File.ReadAllBytes(PathOf("books.db"));
        using (var file = new FileStream(PathOf("books.db"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Seek(20 * PageFormat.Page, SeekOrigin.Begin);
            file.Write(new byte[bytes.Length - (20 * PageFormat.Page)]);
        }

        Assert.False(keeper.TryAsk(0, b => b.FindByReceipt(1, 1, int.MaxValue), out _));
        Assert.False(keeper.TryAsk(0, b => b.Find(""), out _));

        keeper.Work();
        Check(keeper, log);
        Assert.StartsWith("books: made anew from the log: page ", said[^2]);
    }

    [Theory]
    [Trait("kind", "instrument")]
    [InlineData(false)]
    [InlineData(true)]
    public void A_disk_that_fails_once_at_any_call_costs_no_right_answer(bool halfDone)
    {
        for (var call = 1; ; call++)
        {
            var log = new Records(payments: 12);
            var once = new FailsOnce(call, halfDone);
            using var keeper = new Bookkeeper(new WatchedDisk(new MemoryDisk(), once), log.View, new Clock(time));
            keeper.Work();
            log.Add(1);
            keeper.Work();
            if (keeper.TryAsk(log.Last, b => b.Fed, out _))
            {
                Check(keeper, log);
            }
            time.Advance(Bookkeeper.Rest);
            keeper.Work();
            Check(keeper, log);
            if (!once.IsOver)
            {
                Assert.InRange(call, 40, int.MaxValue);
                return;
            }
        }
    }

    [Fact]
    public void A_disk_that_stays_full_is_complained_of_once_and_tried_again_later()
    {
        var log = new Records(payments: 60);
        var full = new Full();
        using var keeper = new Bookkeeper(new WatchedDisk(new MemoryDisk(), full), log.View, new Clock(time))
        {
            Report = (_, text) => said.Add(text),
        };
        for (var i = 0; i < 5; i++)
        {
            keeper.Work();
            time.Advance(Bookkeeper.Rest);
        }
        Assert.Single(said, s => s.Contains("no space left", StringComparison.Ordinal));
        Assert.False(keeper.TryAsk(0, b => b.Find(""), out _));

        full.IsOver = true;
        keeper.Work();

        Check(keeper, log);
    }

    /// <summary>It may stay full for days, and is tried again each minute.</summary>
    [Fact]
    public void What_a_full_disk_does_not_take_is_not_kept_in_memory()
    {
        var log = new Records(payments: 60);
        var disk = new MemoryDisk();
        using (var keeper = new Bookkeeper(disk, log.View, new Clock(time)))
        {
            keeper.Work();
        }
        log.Add(10);
        var full = new Remembering(new WatchedDisk(disk, new Full()));
        using (var keeper = new Bookkeeper(full, log.View, new Clock(time)))
        {
            for (var i = 0; i < 20; i++)
            {
                keeper.Work();
                time.Advance(Bookkeeper.Rest);
            }
        }
        Assert.Equal(60, full.Opened.Count);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.InRange(full.Opened.Count(file => file.IsAlive), 0, 6);
    }

    [Fact]
    public void Books_that_break_again_and_again_are_left_alone()
    {
        var log = new Records(payments: 60);
        var disk = new MemoryDisk();
        using var keeper = new Bookkeeper(new WatchedDisk(disk, new Forgetful(disk)), log.View, new Clock(time))
        {
            Report = (_, text) => said.Add(text),
        };
        for (var i = 0; i < 50; i++)
        {
            keeper.Work();
            time.Advance(Bookkeeper.Rest);
            keeper.TryAsk(0, b => b.FindByReceipt(1, 1, 1000), out _);
        }

        Assert.InRange(said.Count, 2, 6);
    }

    [Fact]
    public void The_thread_feeds_when_it_is_woken_and_ends_when_it_is_told_to()
    {
        var log = new Records(payments: 1200);
        using var complete = new ManualResetEventSlim();
        using (var keeper = new Bookkeeper(new FolderDisk(folder.FullName), log.View, new Clock(time))
        {
            Report = (_, text) =>
            {
                if (text.StartsWith("books: complete", StringComparison.Ordinal))
                {
                    complete.Set();
                }
            },
        })
        {
            keeper.Start();
            complete.Wait();
        }
        using var books = BooksFile.Open(new FolderDisk(folder.FullName), Records.Epoch);
        BooksFileTests.Check(books, log);
    }

    sealed class FailsOnce(int at, bool halfDone) : DiskWatch
    {
        int calls;

        public bool IsOver => calls >= at;

        public override DiskFault? Before(DiskCall call) => ++calls == at ? new("I/O error", halfDone) : null;
    }

    sealed class Full : DiskWatch
    {
        public bool IsOver { get; set; }

        public override DiskFault? Before(DiskCall call) =>
            call is DiskCall.Write && !IsOver ? new("no space left on device", HalfDone: true) : null;
    }

    /// <summary>Knows which of its files somebody still holds.</summary>
    sealed class Remembering(IDisk disk) : IDisk
    {
        public List<WeakReference> Opened { get; } = [];

        public IReadOnlyList<string> Names() => disk.Names();

        public IDiskFile Open(string name, bool create = false)
        {
            var file = disk.Open(name, create);
            Opened.Add(new(file));
            return file;
        }

        public void Rename(string from, string to) => disk.Rename(from, to);

        public void Delete(string name) => disk.Delete(name);

        public void Flush() => disk.Flush();
    }

    /// <summary>Reads of pages find something else.</summary>
    sealed class Forgetful(MemoryDisk disk) : DiskWatch
    {
        public override DiskFault? Before(DiskCall call)
        {
            if (call is DiskCall.Read { File: "books.db" })
            {
                using var file = disk.Open("books.db");
                file.Write(0, new byte[file.Length]);
            }
            return null;
        }
    }
}
