using Sandbox.Journal;
using Terminal.Journal;
using Terminal.Journal.Log;
using Terminal.Journal.Upkeep;
using Terminal.Payments;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests.Journal.Log;

/// <summary>What of the log is dropped, and what a start knows of all that was.</summary>
public sealed class LogDropTests
{
    readonly MemoryDisk disk = new();

    PaymentJournal Open() => Journals.On(disk, 512 << 10);

    [Fact]
    public void A_file_that_was_dropped_but_for_its_last_step_goes_at_the_next_start()
    {
        long dropped;
        using (var journal = Open())
        {
            dropped = DropOne(journal);
        }
        var files = disk.Files();
        files["0000000000000000001-0000000000000000005.sealed"] = [1, 2, 3];
        var left = files.ToDisk();

        using (var journal = new PaymentJournal(left))
        {
            Assert.Equal(dropped, journal.Anchor.Sequence);
            Assert.Empty(new Audit(journal).Everything());
        }
        Assert.DoesNotContain("0000000000000000001-0000000000000000005.sealed", left.Names());
    }

    [Fact]
    public void What_was_dropped_is_gone_and_the_beginning_is_remembered()
    {
        using (var journal = Open())
        {
            var dropped = DropOne(journal);
            Assert.Equal(dropped + 1, journal.Read(1, 1)[0].Sequence);
            Assert.Empty(new Audit(journal).Everything());
        }
        var files = disk.Files();
        files.Remove(disk.Names().Where(n => n.EndsWith(".sealed", StringComparison.Ordinal)).Order().First());
        Assert.Contains("are missing", Refusal(files)!.Message);
    }

    [Fact]
    public void What_is_open_unacknowledged_or_young_is_not_dropped()
    {
        using var journal = Open();
        var ledger = new Ledger(journal);
        ledger.PayEach(1, 100);
        Idle(journal);
        Assert.Null(journal.NextCut); // Younger than 48 hours, all of it.
        Assert.Throws<JournalFailedException>(() => journal.Drop(new(5, new byte[32])));
    }

    [Fact]
    public void Sums_numbers_and_heads_are_after_any_start_what_they_were()
    {
        using var memory = new MemoryJournal();
        var model = new Ledger(memory);
        for (var n = 1; n <= 150; n++)
        {
            using var journal = Open();
            var ledger = new Ledger(journal);
            foreach (var records in Commits(n))
            {
                model.Commit(records, At);
                ledger.Commit(records, At);
            }
            Assert.Equal(model.NextNumbers(), ledger.NextNumbers());
            Assert.Equal(model.Open(), ledger.Open());
            Assert.Equal(model.Accounts().Total().ToString(), ledger.Accounts().Total().ToString());
            Assert.Equal(memory.Heads(), journal.Heads());
            Assert.Equal(memory.NewestHeads(20), journal.NewestHeads(20));
        }
    }

    static IEnumerable<Effect.Record[]> Commits(int n)
    {
        if (n % 40 == 0)
        {
            yield return [new(Id(n), new Fact.PeriodClosed(EndOfDay(n))), Acknowledged(n), Completed(n)];
            yield break;
        }
        yield return [Requested(n)];
        if (n % 11 != 0)
        {
            yield return Approved(n);
            yield return [Acknowledged(n)];
        }
        if (n > 30 && (n - 20) % 40 != 0 && (n - 20) % 11 != 0)
        {
            yield return [Completed(n - 20)]; // Long after, in another segment.
        }
    }

    static long DropOne(PaymentJournal journal)
    {
        var ledger = new Ledger(journal);
        ledger.PayEach(1, 300);
        ledger.Commit([new(Id(400), new Fact.PeriodClosed(EndOfDay(400))), Acknowledged(400), Completed(400)],
            At);
        for (var hour = 1; hour <= 60; hour++)
        {
            var at = new Stamp(At.UnixMilliseconds + (long)TimeSpan.FromHours(hour).TotalMilliseconds);
            ledger.Commit([Requested(400 + hour), .. Approved(400 + hour), Acknowledged(400 + hour)], at);
        }
        ledger.PayEach(1000, 1000 + RecentPayments.Fewest);
        Idle(journal);
        journal.Acknowledge(journal.Last!.Sequence);
        var cut = journal.NextCut!;
        journal.Drop(cut);
        return cut.Sequence;
    }

    static void Idle(PaymentJournal journal)
    {
        while (journal.Tend())
        {
        }
    }

    static JournalFailedException? Refusal(Dictionary<string, byte[]> files) =>
        Record.Exception(() => new PaymentJournal(files.ToDisk()).Dispose()) as JournalFailedException;
}
