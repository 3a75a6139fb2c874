using Sandbox.Journal;
using Terminal.Journal;
using Terminal.Journal.Upkeep;
using Terminal.Payments;
using Terminal.Payments.Orders;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests.Journal.Upkeep;

public sealed class RetentionTests : IDisposable
{
    const int PerPayment = 5;
    const int Enough = (Retention.NewestEntries / PerPayment) + 100;

    readonly ManualTime time = new();
    readonly MemoryJournal journal = new();
    readonly Ledger ledger;
    readonly Retention retention;

    public RetentionTests()
    {
        ledger = new(journal);
        retention = Keeping(maxBytes: 0);
    }

    public void Dispose() => journal.Dispose();

    [Fact]
    public void The_open_business_period_stays_whole_while_there_is_room()
    {
        Fill(1, Enough);
        journal.Acknowledge(journal.Last!.Sequence);
        time.Advance(TimeSpan.FromDays(31));

        Assert.False(Keeping(maxBytes: long.MaxValue).Drop());
        Assert.Equal(Enough, ledger.Accounts().Total().Sales.Count);

        ledger.Commit([new(Id(Enough + 1), new Fact.PeriodClosed(EndOfDay(Enough + 1)))], At);
        ledger.Commit([Acknowledged(Enough + 1), Completed(Enough + 1)], At);
        journal.Acknowledge(journal.Last!.Sequence);
        Assert.True(Keeping(maxBytes: long.MaxValue).Drop());
    }

    Retention Keeping(long maxBytes) => new(journal, (TimeSpan.FromDays(30), maxBytes), new(time));

    [Fact]
    public void What_is_closed_acknowledged_and_old_goes_in_small_steps_and_the_rest_stays_whole()
    {
        Fill(1, Enough);
        journal.Acknowledge(journal.Last!.Sequence);
        time.Advance(TimeSpan.FromDays(31));

        Assert.True(retention.Drop());
        Assert.InRange(journal.Anchor.Sequence, 1, 150);
        DropAll();

        Assert.Equal(100 * PerPayment, journal.Anchor.Sequence);
        Assert.Equal(Retention.NewestEntries, journal.Last!.Sequence - journal.Anchor.Sequence);
        Assert.Empty(new Audit(journal).Everything());
        Assert.Null(ledger.FindByCode(Sale(100).Fingerprint));
        Assert.Equal(Id(101), ledger.FindByCode(Sale(101).Fingerprint)!.Order.Id);
        var next = ledger.NextNumbers();
        var after = journal.Crash();
        var again = new Ledger(after);
        Assert.Equal(next, again.NextNumbers());
        again.Pay(Enough + 1);
        Assert.Empty(new Audit(after).Everything());
    }

    [Fact]
    public void What_is_younger_stays()
    {
        Fill(1, Enough);
        journal.Acknowledge(journal.Last!.Sequence);
        time.Advance(TimeSpan.FromDays(29));

        Assert.False(retention.Drop());
    }

    [Fact]
    public void The_newest_stay_whatever_their_time_says()
    {
        Fill(1, Retention.NewestEntries / PerPayment);
        journal.Acknowledge(journal.Last!.Sequence);
        time.Advance(TimeSpan.FromDays(9999));

        Assert.False(retention.Drop());
    }

    [Fact]
    public void What_the_head_office_does_not_have_stays()
    {
        Fill(1, Enough);
        journal.Acknowledge((7 * PerPayment) + 1);
        time.Advance(TimeSpan.FromDays(31));

        DropAll();

        Assert.Equal(7 * PerPayment, journal.Anchor.Sequence);
    }

    [Fact]
    public void An_open_payment_holds_up_all_behind_it()
    {
        Fill(1, 3);
        ledger.Commit([Requested(4)], At);
        Fill(5, Enough);
        journal.Acknowledge(journal.Last!.Sequence);
        time.Advance(TimeSpan.FromDays(31));

        DropAll();

        Assert.Equal(3 * PerPayment, journal.Anchor.Sequence);
        Assert.Equal([Id(4)], ledger.Open().Select(t => t.Order.Id));
    }

    [Fact]
    public void A_payment_that_reaches_over_others_goes_with_all_of_them_or_not_at_all()
    {
        ledger.Commit([Requested(1), .. Approved(1)], At);
        Fill(2, 50);
        ledger.Commit([Acknowledged(1), Completed(1)], At);
        Fill(51, Enough);
        journal.Acknowledge(100);
        time.Advance(TimeSpan.FromDays(31));
        DropAll();
        Assert.Equal(0, journal.Anchor.Sequence);

        journal.Acknowledge(journal.Last!.Sequence);
        time.Advance(TimeSpan.FromHours(1));
        DropAll();

        Assert.Equal(100 * PerPayment, journal.Anchor.Sequence);
        Assert.Empty(new Audit(journal).Everything());
    }

    [Fact]
    public void It_looks_when_the_lane_has_become_idle()
    {
        Fill(1, Enough);
        journal.Acknowledge(journal.Last!.Sequence);
        time.Advance(TimeSpan.FromDays(31));
        var paying = DeskState.Empty with { Lane = new LaneState.Paying(Id(1), Moment.Never) };

        retention.Watch(DeskState.Empty, DeskState.Empty);
        retention.Watch(DeskState.Empty, paying);
        Assert.Equal(0, journal.Anchor.Sequence);
        retention.Watch(paying, DeskState.Empty);
        Assert.NotEqual(0, journal.Anchor.Sequence);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 5, true)]
    [InlineData(10_239, 5, true)]
    [InlineData(10_240, 5, true)]
    [InlineData(10_245, 5, false)]
    [InlineData(15_360, 0, true)]
    [InlineData(15_365, 0, false)]
    public void Room_for_one_more_keeps_a_reserve_for_each_open_payment(int entries, int open, bool expected)
    {
        Fill(1, entries / PerPayment);
        var bytes = Room.ReservedBytes;
        var room = new Room(journal, 16 << 20, () => bytes);

        Assert.Equal(expected, room.HasOneMore(open));
        bytes--;
        Assert.False(room.HasOneMore(open));
    }

    [Fact]
    public void How_much_is_used_is_told_in_percent()
    {
        var room = new Room(journal, 1 << 20, () => long.MaxValue);
        Assert.Equal(0, room.PercentUsed);
        Fill(1, 512 / PerPayment);
        Assert.Equal(49, room.PercentUsed);
    }

    [Fact]
    public void Dropped_entries_make_room_again()
    {
        Fill(1, 3200);
        journal.Acknowledge(journal.Last!.Sequence);
        var room = new Room(journal, 16 << 20, () => long.MaxValue);
        Assert.False(room.HasOneMore(0));
        time.Advance(TimeSpan.FromDays(31));

        DropAll();

        Assert.True(room.HasOneMore(0));
    }

    [Fact]
    public void An_entry_takes_less_than_it_counts()
    {
        using var place = new TemporaryJournal();
        using (var stored = place.Open())
        {
            var filled = new Ledger(stored);
            for (var n = 1; n <= 1000; n++)
            {
                filled.Commit([Requested(n), .. Approved(n), Acknowledged(n), Completed(n)], At);
            }
        }
        Assert.InRange(place.Files().Values.Sum(f => f.Length) / (1000 * PerPayment), 1, Room.EntryBytes);
    }

    void DropAll()
    {
        while (retention.Drop())
        {
        }
    }

    void Fill(int from, int to)
    {
        for (var n = from; n <= to; n++)
        {
            ledger.Commit(
                [Requested(n), .. Approved(n), Acknowledged(n), Completed(n)],
                new(time.GetUtcNow().ToUnixTimeMilliseconds()));
        }
    }
}
