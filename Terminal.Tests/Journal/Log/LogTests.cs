using Sandbox.Disk;
using Sandbox.Journal;
using Terminal.Journal;
using Terminal.Journal.Log;
using Terminal.Journal.Upkeep;
using Terminal.Payments;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests.Journal.Log;

/// <summary>What the log believes of its files, and what it refuses.</summary>
public sealed class LogTests
{
    const int Room = 48 << 10;

    readonly MemoryDisk disk = new();

    PaymentJournal Open() => Journals.On(disk, Room);

    [Fact]
    public void A_commit_is_one_write_and_one_flush()
    {
        var watch = new Watch();
        Open().Dispose();
        using var journal = new PaymentJournal(new WatchedDisk(disk, watch));
        var ledger = new Ledger(journal);
        watch.Calls.Clear();

        ledger.Commit([Requested(1)], At);
        ledger.Commit(Approved(1), At);

        Assert.Equal(["Write", "Flush", "Write", "Flush"], watch.Calls.Select(c => c.GetType().Name));
        Assert.All(watch.Calls.OfType<DiskCall.Write>(), w =>
            Assert.Equal((0L, LogFrame.Block), (w.Offset % LogFrame.Block, w.Bytes.Length)));
    }

    [Fact]
    public void Over_any_number_of_segments_and_starts_everything_is_there_once()
    {
        var written = new List<Entry>();
        var ends = 0;
        for (var n = 1; n <= 120; n++)
        {
            using var journal = Open();
            new Ledger(journal).Pay(n);
            written.AddRange(journal.Read(written.Count + 1, 100));
            Same.Entries(written, journal.Read(1, int.MaxValue));
            if (n % 7 == 0)
            {
                Idle(journal);
            }
            ends = disk.Names().Count(name => name.EndsWith(".sealed", StringComparison.Ordinal));
        }
        Assert.Equal(600, written.Count);
        Assert.InRange(ends, 20, 200);
        using var last = Open();
        Assert.Empty(new Audit(last).Everything());
    }

    [Fact]
    public void The_newest_frame_may_be_torn_anywhere_and_what_follows_is_written_in_its_place()
    {
        Fill(3);
        var whole = disk.Files();
        Crash(j => new Ledger(j).Commit([Requested(4)], At));
        var after = disk.Files();
        var torn = Changed(whole, after);
        var length = LogFrame.HeaderLength + LogFrame.ReadHeader(after[torn.Name].AsSpan(torn.At))!.Value.Frame.Length;
        for (var cut = 0; cut < LogFrame.Block; cut += 61)
        {
            var files = after.ToDictionary(f => f.Key, f => f.Value.ToArray());
            files[torn.Name].AsSpan(torn.At + cut, LogFrame.Block - cut).Fill(0xA5);
            files[torn.Name].AsSpan(torn.At, cut).CopyTo(files[torn.Name].AsSpan(torn.At));

            using var journal = new PaymentJournal(files.ToDisk());

            var isWhole = cut >= length; // What stands behind is padding.
            Assert.Equal(isWhole ? 16 : 15, journal.Last!.Sequence);
            new Ledger(journal).Pay(5);
            Assert.Empty(new Audit(journal).Everything());
        }
    }

    [Fact]
    [Trait("kind", "instrument")]
    public void A_bad_frame_with_a_good_one_behind_it_is_damage_and_nothing_is_touched()
    {
        Journals.On(disk, 256 << 10).Dispose();
        Fill(6);
        var sound = disk.Files();
        var slot = ActiveSlot();
        var refused = 0;
        for (var at = 0; at < slot.Segment.End - slot.Segment.Newest.Padded; at += LogFrame.Block)
        {
            var files = sound.ToDictionary(f => f.Key, f => f.Value.ToArray());
            files[slot.Name][at + 90] ^= 1;
            if (LogFrame.ReadHeader(sound[slot.Name].AsSpan(at)) is null)
            {
                continue; // In the middle of a frame, perhaps in its padding.
            }
            files[slot.Name][at + 20] ^= 1;
            var damaged = files.ToDisk();
            var before = damaged.Files();

            var e = Assert.Throws<JournalFailedException>(() => new PaymentJournal(damaged));

            Assert.True(e.IsDamage);
            Assert.Contains("next step: terminal journal salvage", e.Message);
            Assert.Equal(before, damaged.Files());
            refused++;
        }
        Assert.InRange(refused, 5, 50);
    }

    [Theory]
    [InlineData("log.0")]
    [InlineData("log.1")]
    [InlineData("bound")]
    [InlineData(".sealed")]
    public void A_file_that_is_missing_or_shorter_is_damage(string name)
    {
        Fill(60);
        name = disk.Names().First(n => n.EndsWith(name, StringComparison.Ordinal));
        var sound = disk.Files();

        var missing = sound.Where(f => f.Key != name).ToDictionary();
        Assert.True(Refusal(missing)!.IsDamage);
        foreach (var length in new[] { 0, 100, LogFrame.Block, sound[name].Length - 1 })
        {
            if (length < sound[name].Length && name != "bound")
            {
                Assert.True(IsRefusedOrFound(new(sound) { [name] = sound[name][..length] }), $"{name} {length}");
            }
        }
    }

    [Fact]
    public void A_log_that_ends_before_its_bound_is_refused_and_one_that_ends_behind_it_goes_on()
    {
        Fill(2);
        using (var journal = Open())
        {
            new Ledger(journal).Pay(3); // Closed: the bound is at entry 15.
        }
        var files = disk.Files();
        var slot = ActiveSlot();
        files[slot.Name].AsSpan(slot.Segment.End - LogFrame.Block, LogFrame.Block).Clear();
        Assert.Contains("it ends with entry 14, but it had reached entry 15", Refusal(files)!.Message);

        Crash(j => new Ledger(j).Pay(4));
        files = disk.Files();
        slot = ActiveSlot();
        files[slot.Name].AsSpan(slot.Segment.End - LogFrame.Block, LogFrame.Block).Clear();
        using var behind = new PaymentJournal(files.ToDisk());
        Assert.Equal(19, behind.Last!.Sequence); // Nobody on this box can know better; head office does.
    }

    [Fact]
    public void Of_the_bound_one_half_may_be_torn_and_both_may_not()
    {
        Fill(3);
        for (var half = 0; half < 2; half++)
        {
            var files = disk.Files();
            files[Bound.Name].AsSpan(half * LogFrame.Block, 200).Fill(7);
            new PaymentJournal(files.ToDisk()).Dispose();
            files[Bound.Name].AsSpan((1 - half) * LogFrame.Block, 200).Fill(7);
            Assert.True(Refusal(files)!.IsDamage);
        }
    }

    [Fact]
    public void Another_log_of_the_same_epoch_is_not_taken_for_this_one()
    {
        Fill(3);
        var early = disk.Files();
        Fill(from: 4, to: 6);
        var one = disk.Files();
        var other = early.ToDisk();
        using (var journal = new PaymentJournal(other))
        {
            var ledger = new Ledger(journal);
            ledger.Pay(7);
            ledger.Pay(8);
            ledger.Pay(9);
        }

        var mixed = other.Files();
        mixed[Bound.Name] = one[Bound.Name];

        Assert.Contains("entry 30 is another one", Refusal(mixed)!.Message);
    }

    [Fact]
    public void A_start_reads_the_segment_that_is_written_and_no_sealed_one()
    {
        using (var journal = Open())
        {
            var ledger = new Ledger(journal);
            ledger.Commit([Requested(1)], At);
            ledger.PayEach(2, 300);
            Idle(journal);
        }
        var watch = new Watch();

        using var again = new PaymentJournal(new WatchedDisk(disk, watch));

        Assert.Equal(Id(1).Value, Assert.Single(again.OpenHeads()).PaymentId);
        Assert.Single(again.ReadPayment(again.OpenHeads()[0]));
        Assert.NotNull(again.FindByFingerprint(Sale(2).Fingerprint, again.Remembered));
        Assert.DoesNotContain(watch.Calls, c => c.File.EndsWith(".sealed", StringComparison.Ordinal));
        Assert.InRange(disk.Names().Count(n => n.EndsWith(".sealed", StringComparison.Ordinal)), 10, 100);
    }

    static void Idle(PaymentJournal journal)
    {
        while (journal.Tend())
        {
        }
    }

    void Fill(int to) => Fill(1, to);

    void Fill(int from, int to)
    {
        using var journal = Open();
        var ledger = new Ledger(journal);
        for (var n = from; n <= to; n++)
        {
            ledger.Pay(n);
        }
        Idle(journal);
    }

    /// <summary>What happens is in the files, but the journal is never closed.</summary>
    void Crash(Action<PaymentJournal> act) => act(Open());

    (string Name, Segment Segment) ActiveSlot()
    {
        var start = new LogStart(disk);
        return (LogFiles.Slots[start.ActiveSlot], start.Active);
    }

    static (string Name, int At) Changed(Dictionary<string, byte[]> before, Dictionary<string, byte[]> after)
    {
        var name = LogFiles.Slots.Single(s => !before[s].AsSpan().SequenceEqual(after[s]));
        return (name, before[name].AsSpan().CommonPrefixLength(after[name]) / LogFrame.Block * LogFrame.Block);
    }

    static JournalFailedException? Refusal(Dictionary<string, byte[]> files) =>
        Record.Exception(() => new PaymentJournal(files.ToDisk()).Dispose()) as JournalFailedException;

    /// <summary>A sealed file is read later, and then it is found.</summary>
    static bool IsRefusedOrFound(Dictionary<string, byte[]> files) =>
        Record.Exception(() =>
        {
            using var journal = new PaymentJournal(files.ToDisk());
            Assert.Empty(new Audit(journal).Everything());
        }) is not null;

    sealed class Watch : DiskWatch
    {
        public List<DiskCall> Calls { get; } = [];

        public override DiskFault? Before(DiskCall call)
        {
            Calls.Add(call);
            return null;
        }
    }
}
