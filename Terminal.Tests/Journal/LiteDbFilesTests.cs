using Terminal.Journal;
using static Terminal.Tests.Journal.Orders;

namespace Terminal.Tests.Journal;

/// <summary>What lies below LiteDB: what is durable when, and what a power cut may leave.</summary>
public sealed class LiteDbFilesTests : IDisposable
{
    readonly LiteDbDisk data = new([]);
    readonly LiteDbDisk log = new([]);

    public void Dispose()
    {
        data.Dispose();
        log.Dispose();
    }

    [Fact]
    public void What_a_commit_returned_for_is_on_the_disk()
    {
        using var journal = Open(data, log);
        var ledger = new Ledger(journal);
        for (var n = 1; n <= 400; n++) // Over more than one checkpoint.
        {
            ledger.Pay(n);
            if (n % 20 == 1)
            {
                using var after = Open(LiteDbDisk.With(data.Durable), LiteDbDisk.With(log.Durable));
                Assert.Equal(ledger.LastSequence, after.Last!.Sequence);
                Assert.Empty(new Audit(after).Everything());
            }
        }
        Assert.True(log.Durable.Length < 9 * 1024 * 1024, $"the log has {log.Durable.Length} bytes");
    }

    [Fact]
    public void A_commit_that_was_torn_anywhere_is_not_there_and_all_before_it_is()
    {
        using var journal = Open(data, log);
        var ledger = new Ledger(journal);
        ledger.Pay(1);
        var before = log.ToArray();
        ledger.Commit([Requested(2)], At);
        var after = log.ToArray();

        for (var cut = before.Length; cut < after.Length; cut += 512)
        {
            foreach (var garbage in new byte[] { 0x00, 0xA5 })
            {
                var torn = after.ToArray();
                torn.AsSpan(cut, 512).Fill(garbage);
                using var found = Open(LiteDbDisk.With(data.Durable), LiteDbDisk.With(torn));
                var isWhole = torn.AsSpan().SequenceEqual(after);
                Assert.Equal(isWhole ? 6 : 5, found.Last!.Sequence);
                Assert.Equal(7 - (isWhole ? 0 : 1), new Ledger(found).Commit([Requested(3)], At).Sequence);
            }
            using var shorter = Open(LiteDbDisk.With(data.Durable), LiteDbDisk.With(after[..cut]));
            Assert.Equal(5, shorter.Last!.Sequence);
        }
    }

    [Fact]
    public void After_a_failed_write_nothing_more_is_written_and_what_was_durable_opens()
    {
        for (var n = 0; n < 12; n++)
        {
            var (d, l) = (LiteDbDisk.With([]), LiteDbDisk.With([]));
            var durable = 0L;
            using (var journal = Open(d, l))
            {
                var ledger = new Ledger(journal);
                ledger.Pay(1);
                durable = ledger.LastSequence;
                l.FailAfter = n;
                while (n >= 0)
                {
                    try
                    {
                        durable = ledger.Commit([Requested((int)durable)], At).Sequence;
                    }
                    catch (JournalFailedException)
                    {
                        break;
                    }
                }
                Assert.Throws<JournalFailedException>(() => journal.Read(1, 1));
            }
            Assert.Equal(0, l.WrittenAfter);
            using var again = Open(LiteDbDisk.With(d.Durable), LiteDbDisk.With(l.Durable));
            Assert.Equal(durable, again.Last!.Sequence);
        }
    }

    [Fact]
    public void A_bit_that_flips_anywhere_in_the_log_is_damage_or_costs_the_newest_commit_alone()
    {
        using var journal = Open(data, log);
        var ledger = new Ledger(journal);
        ledger.Pay(1);
        var before = log.ToArray().Length;
        ledger.Commit([Requested(2)], At);
        var whole = log.ToArray();
        for (var block = 0; block < whole.Length; block += 4096)
        {
            foreach (var at in new[] { 1, 5, 9, 17, 25, 45 })
            {
                var rotten = whole.ToArray();
                rotten[block + at] ^= 1;
                var (d, l) = (LiteDbDisk.With(data.Durable), LiteDbDisk.With(rotten));
                if (block >= before)
                {
                    using var found = Open(d, l);
                    Assert.InRange(found.Last!.Sequence, 5, 6);
                    Assert.Empty(new Audit(found).Everything());
                }
                else if (block >= 8192 || IsNewest(whole, block))
                {
                    Assert.Throws<InvalidDataException>(() => new LiteDbFiles(d, l));
                    Assert.Equal(rotten, l.ToArray());
                }
            }
        }
    }

    static bool IsNewest(byte[] log, int slot) =>
        BitConverter.ToUInt64(log, slot + 8) > BitConverter.ToUInt64(log, 4096 - slot + 8);

    [Fact]
    public void An_entry_takes_less_than_it_counts()
    {
        using (var journal = Open(data, log))
        {
            var ledger = new Ledger(journal);
            for (var n = 1; n <= 1000; n++)
            {
                ledger.Commit([Requested(n), .. Approved(n), Acknowledged(n), Completed(n)], At);
            }
        }
        Assert.InRange(data.Durable.Length / 5000, 1, Room.EntryBytes);
    }

    [Fact]
    public void A_first_page_that_was_torn_before_the_first_commit_is_made_again()
    {
        new LiteDbFiles(data, log).Dispose();

        using var journal = Open(LiteDbDisk.With(new byte[8192]), LiteDbDisk.With(log.Durable));

        Assert.Equal(1, new Ledger(journal).Commit([Requested(1)], At).Sequence);
    }

    [Fact]
    public void Data_without_its_log_is_refused()
    {
        Open(data, log).Dispose();

        Assert.Throws<InvalidDataException>(() => new LiteDbFiles(LiteDbDisk.With(data.Durable), LiteDbDisk.With([])));
        Assert.Throws<InvalidDataException>(
            () => new LiteDbFiles(LiteDbDisk.With([]), LiteDbDisk.With(new byte[50_000])));
    }

    [Fact]
    public void What_LiteDB_did_not_write_is_refused()
    {
        Open(data, log).Dispose();
        var foreign = data.Durable;
        foreign.AsSpan(0, 200).Fill(7);

        Assert.Throws<JournalFailedException>(() => Open(LiteDbDisk.With(foreign), LiteDbDisk.With(log.Durable)));
    }

    [Fact]
    public void Two_cannot_have_it_open()
    {
        var folder = Directory.CreateTempSubdirectory("litedb-").FullName;
        try
        {
            using var first = new LiteDbJournal(folder);
            Assert.Throws<JournalFailedException>(() => new LiteDbJournal(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static LiteDbJournal Open(LiteDbDisk data, LiteDbDisk log) => new(new LiteDbFiles(data, log), "test");
}
