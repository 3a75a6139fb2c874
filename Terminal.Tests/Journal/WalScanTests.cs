using Terminal.Journal;
using Terminal.Payments;
using static Terminal.Tests.Journal.Orders;

namespace Terminal.Tests.Journal;

/// <summary>Bit rot in SQLite's log is told from what a power cut leaves.</summary>
public sealed class WalScanTests : IDisposable
{
    const int Header = 32, Frame = 24 + 4096;

    readonly TemporaryJournal place = new();
    readonly SqliteJournal journal;
    readonly Ledger ledger;

    // Of each commit, the newest entry and the frames in the log; the first commit is Acknowledge, of one page.
    readonly List<(long Last, int Frames)> commits = [];
    readonly byte[] log;

    public WalScanTests()
    {
        journal = place.Open();
        ledger = new(journal);
        for (var n = 1; n <= 4; n++)
        {
            Commit([Requested(n)]);
            journal.Acknowledge(ledger.LastSequence);
            Keep();
            Commit(Approved(n));
            Commit([Acknowledged(n)]);
            Commit([Completed(n)]);
        }
        log = ReadLog();
    }

    public void Dispose()
    {
        journal.Dispose();
        place.Dispose();
    }

    [Fact]
    public void A_bit_that_flips_in_any_frame_is_damage_or_costs_the_newest_commit_alone()
    {
        for (var frame = 0; frame < commits[^1].Frames; frame++)
        {
            // Page, length after the commit, salts, both checksums; the page at its beginning and at its end.
            foreach (var at in new[] { 3, 7, 9, 15, 17, 23, 30, 4100 })
            {
                using var copy = Left(Flip(log, Header + (frame * Frame) + at));
                if (frame < commits[^2].Frames - 1)
                {
                    AssertRefused(copy);
                    continue;
                }
                using var survivor = copy.Open();
                // The newest commit's last frame is there twice: of the second one nothing depends.
                var last = frame < commits[^1].Frames - 1 ? commits[^2] : commits[^1];
                Assert.Equal(last.Last, survivor.Last!.Sequence);
                Assert.Empty(new Audit(survivor).Everything());
            }
        }
    }

    [Fact]
    public void A_bit_that_flips_in_the_head_of_the_log_is_damage()
    {
        for (var at = 0; at < Header; at++)
        {
            using var copy = Left(Flip(log, at));
            AssertRefused(copy);
        }
    }

    [Fact]
    public void A_torn_head_of_a_log_that_was_moved_into_the_file_costs_nothing()
    {
        Assert.Equal(0, journal.Checkpoint(0));
        var torn = ReadLog();
        torn.AsSpan(0, 4096).Fill(0xA5);

        using var copy = Left(torn);
        using var survivor = copy.Open();

        Assert.Equal(ledger.LastSequence, survivor.Last!.Sequence);
        Assert.Empty(new Audit(survivor).Everything());
    }

    [Fact]
    public void What_a_power_cut_leaves_of_the_newest_commit_opens_without_it()
    {
        var random = new Random(1);
        var from = Header + (commits[^2].Frames * Frame);
        for (var start = from / 512 * 512; start < log.Length; start += 512)
        {
            var garbled = log.ToArray();
            var at = Math.Max(from, start);
            random.NextBytes(garbled.AsSpan(at, Math.Min(start + 512, log.Length) - at));
            foreach (var left in new[] { garbled, log[..at] })
            {
                using var copy = Left(left);
                using var survivor = copy.Open();
                Assert.InRange(survivor.Last!.Sequence, commits[^2].Last, commits[^1].Last);
                Assert.Empty(new Audit(survivor).Everything());
            }
        }
    }

    [Fact]
    public void The_second_half_of_the_frame_that_is_there_twice_may_be_lost_with_what_follows_on_its_way()
    {
        var end = Header + (commits[^2].Frames * Frame);
        log.AsSpan(end - (end % 4096), end % 4096).Clear();

        using var copy = Left(log);
        using var survivor = copy.Open();

        Assert.Equal(commits[^2].Last, survivor.Last!.Sequence);
    }

    [Fact]
    public void What_was_left_is_not_in_the_log_that_goes_on()
    {
        using var copy = Left(Flip(log, log.Length - (3 * Frame)));
        using var survivor = copy.Open();
        Assert.True(new FileInfo(copy.Log).Length <= Header + (2 * Frame)); // Its settings are written at each start.

        new Ledger(survivor).Commit([Requested(9)], At);

        using var next = new FileStream(copy.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var header = new byte[Header];
        next.ReadExactly(header);
        Assert.NotEqual(log[16..24], header[16..24]);
    }

    [Fact]
    public void In_a_long_log_only_the_newest_commit_can_be_lost_unnoticed_wherever_blocks_begin()
    {
        while (commits[^1].Frames < 345) // The last frame of commit 340 would end with a block.
        {
            Commit([Requested(commits.Count + 100)]);
        }
        var all = ReadLog();
        using var file = new MemoryStream(new byte[4096]);
        for (var newest = 1; newest < commits.Count; newest++)
        {
            var (before, end) = (commits[newest - 1].Frames, commits[newest].Frames);
            var bytes = all[..(Header + (end * Frame))];
            Assert.False(new WalScan(new MemoryStream(bytes), file).IsBroken);
            for (var frame = Math.Max(0, before - 12); frame < end; frame++)
            {
                foreach (var at in new[] { 3, 7, 15, 23, 4100 })
                {
                    bytes[Header + (frame * Frame) + at] ^= 1;
                    var isBroken = new WalScan(new MemoryStream(bytes), file).IsBroken;
                    bytes[Header + (frame * Frame) + at] ^= 1;
                    // A page that is altered in the newest commit may as well be torn.
                    Assert.True(isBroken || frame >= before - (IsRepeated(bytes, before) ? 1 : 0), $"{frame} of {end}");
                    Assert.False(isBroken && frame >= before && at == 4100);
                }
            }
        }
    }

    static bool IsRepeated(byte[] log, int frames) =>
        log.AsSpan(Header + ((frames - 1) * Frame), 8).SequenceEqual(log.AsSpan(Header + ((frames - 2) * Frame), 8));

    void Commit(IReadOnlyList<Effect.Record> records)
    {
        ledger.Commit(records, At);
        Keep();
    }

    void Keep() => commits.Add((ledger.LastSequence, (ReadLog().Length - Header) / Frame));

    byte[] ReadLog()
    {
        using var stream = new FileStream(place.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    static byte[] Flip(byte[] bytes, int at)
    {
        var flipped = bytes.ToArray();
        flipped[at] ^= 1;
        return flipped;
    }

    TemporaryJournal Left(byte[] bytes)
    {
        var copy = place.Cut(0);
        File.WriteAllBytes(copy.Log, bytes);
        return copy;
    }

    static void AssertRefused(TemporaryJournal copy)
    {
        var (file, log) = (File.ReadAllBytes(copy.Path), File.ReadAllBytes(copy.Log));

        var e = Assert.Throws<JournalFailedException>(copy.Open);

        Assert.True(e.IsDamage);
        Assert.Contains("-wal file is damaged", e.Message);
        Assert.Contains("journal salvage", e.Message);
        Assert.Contains("new-epoch", e.Message);
        Assert.Equal(file, File.ReadAllBytes(copy.Path));
        Assert.Equal(log, File.ReadAllBytes(copy.Log));
    }
}
