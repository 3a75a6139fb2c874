using Sandbox.Disk;
using Sandbox.Scanner;
using Terminal.Checkout;
using Terminal.Journal;
using Terminal.Journal.Log;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Tests.Checkout;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests.Journal;

/// <summary>The process ends between 80 00 00 and the first entry of the order.</summary>
public sealed class OrderMarkTests
{
    static readonly Money Amount = new(500, Currency.Eur);

    readonly MemoryDisk disk = new();

    public OrderMarkTests() => PaymentJournal.Create(disk);

    [Fact]
    public void An_order_that_was_accepted_and_never_begun_is_known_after_a_start()
    {
        Leave(mark => Accept(mark));

        Assert.Equal(Amount, Unbegun());
        Assert.Equal(Amount, Unbegun()); // Until it has an entry.
    }

    [Fact]
    public void Of_an_order_that_began_or_was_decided_on_nothing_is_left_to_do()
    {
        Leave((mark, ledger) =>
        {
            Accept(mark);
            ledger.Pay(2);
        });
        Assert.Null(Unbegun());

        Leave(mark =>
        {
            Accept(mark);
            mark.Retire();
        });
        Assert.Null(Unbegun());
    }

    [Fact]
    public void A_resend_of_a_code_that_was_used_is_told_what_became_of_that()
    {
        Leave(mark => Accept(mark, Sale(1).Fingerprint));

        Assert.Null(Unbegun());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(30)]
    [InlineData(130)]
    public void What_was_written_in_part_was_never_accepted(int at)
    {
        Leave(mark => Accept(mark));
        using (var file = disk.Open("order"))
        {
            Span<byte> one = stackalloc byte[1];
            file.Read(at, one);
            one[0] ^= 1;
            file.Write(at, one);
        }

        Assert.Null(Unbegun());
    }

    [Fact]
    public void What_cannot_be_written_down_is_not_accepted()
    {
        using var store = new PaymentJournal(disk);
        var broken = new Broken();
        using var mark = new OrderMark(new WatchedDisk(disk, broken), store);
        broken.IsBroken = true;

        Assert.Equal(RefusalReason.JournalDown, mark.Write(new(Amount, null)));
    }

    [Fact]
    public void After_the_start_06_20_tells_it_as_not_paid_under_a_number_of_its_own()
    {
        Leave(mark => Accept(mark));

        Assert.Equal(["tell Rejected"], SaidAfterTheStart());
    }

    [Fact]
    public void An_order_that_the_journal_takes_no_more_is_told_as_not_paid_also_after_a_start()
    {
        Leave((mark, ledger) =>
        {
            Accept(mark);
            var links = new RecordedLinks();
            Loop(ledger, mark, links, RefusalReason.JournalFull).Step(new Arrival.Instructed(Amount, null));
            Assert.Equal(["refuse JournalFull"], links.Said);
        });

        Assert.Equal(["tell Rejected"], SaidAfterTheStart());
    }

    [Fact]
    public void An_order_that_comes_while_another_is_under_way_begins_nothing()
    {
        Leave((mark, ledger) =>
        {
            var loop = Loop(ledger, mark, new());
            Accept(mark);
            loop.Step(new Arrival.Instructed(Amount, null));
            Accept(mark);
            loop.Step(new Arrival.Instructed(new(999, Currency.Eur), null));
        });

        Assert.Null(Unbegun());
    }

    /// <summary>What the till hears that asks for its newest order.</summary>
    IReadOnlyList<string> SaidAfterTheStart()
    {
        using var store = new PaymentJournal(disk);
        using var mark = new OrderMark(disk, store);
        var (ledger, links) = (new Ledger(store), new RecordedLinks());
        var loop = Loop(ledger, mark, links);

        loop.Recover();

        var newest = ledger.Newest()!;
        Assert.Equal((Amount, 2), (newest.Order.Worth, newest.Order.Receipt));
        Assert.Equal(NotPaidReason.Restarted, Assert.IsType<PaymentState.Failed>(newest.Payment).Why.Reason);
        Assert.Null(mark.Unbegun());
        loop.Step(new Arrival.RepeatAsked());
        return links.Said;
    }

    static CheckoutLoop Loop(Ledger ledger, OrderMark mark, RecordedLinks links, RefusalReason? bar = null) =>
        new(new Desk(Policy.Default).Next, ledger, new(links, links), new Clock(new ManualTime()))
        {
            Accepted = mark,
            Bar = _ => bar,
        };

    static void Accept(OrderMark mark, string fingerprint = "new") =>
        Assert.Null(mark.Write(new(Amount, Codes.Of("281234567890123456", fingerprint, default))));

    void Leave(Action<OrderMark> act) => Leave((mark, _) => act(mark));

    /// <summary>A process with one sale behind it, and how it ends.</summary>
    void Leave(Action<OrderMark, Ledger> act)
    {
        using var store = new PaymentJournal(disk);
        using var mark = new OrderMark(disk, store);
        var ledger = new Ledger(store);
        if (store.Last is null)
        {
            ledger.Pay(1);
        }
        act(mark, ledger);
    }

    Money? Unbegun()
    {
        using var store = new PaymentJournal(disk);
        using var mark = new OrderMark(disk, store);
        return mark.Unbegun();
    }

    sealed class Broken : DiskWatch
    {
        public bool IsBroken { get; set; }

        public override DiskFault? Before(DiskCall call) => IsBroken ? new("I/O error", HalfDone: true) : null;
    }
}
