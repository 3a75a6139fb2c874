using Sandbox.Journal;
using Terminal.Journal;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using Terminal.Payments.Periods;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests.Journal;

/// <summary>What a business period came to for the gateway and the head office, beside the till.</summary>
public sealed class BalanceTests : IDisposable
{
    static readonly RefundPlan Rest = new("G1", 300, 0, new(NotPaidReason.NotDelivered));

    static readonly RefundPlan Part = new("G1", 300, 0, new(NotPaidReason.Refunded));

    readonly MemoryJournal journal = new();
    readonly Ledger ledger;

    public BalanceTests() => ledger = new(journal);

    public void Dispose() => journal.Dispose();

    [Fact]
    public void Money_is_at_the_gateway_before_the_till_has_acknowledged_it()
    {
        ledger.Pay(1);
        Write(2, new Fact.Requested(Sale(2)));
        Write(2, new Fact.Paid("G2"), new Fact.Offered(new Outcome.Approved("G2")));
        Check(net: 1001, gateway: 2003, open: new(1, 1002));

        Write(2, new Fact.Acknowledged());
        Check(net: 2003, gateway: 2003);
    }

    [Fact]
    public void What_is_taken_back_stays_at_the_gateway_until_the_gateway_has_returned_it()
    {
        Take(1);
        Write(1, new Fact.Withdrawn(), new Fact.Cancelling(CancelCause.Withdrawn));
        Write(1, new Fact.CancelAcknowledged());
        Check(net: 0, gateway: 1001, open: new(1, 1001));

        Write(1, new Fact.Cancelled(new(NotPaidReason.Withdrawn)));
        Check(net: 0, gateway: 0);
    }

    [Fact]
    public void Of_a_part_that_is_refunded_the_rest_stays()
    {
        ledger.Pay(1);
        Write(1, new Fact.RefundStarted(new("R"), Part));
        Check(net: 1001, gateway: 1001);

        Write(1, new Fact.RefundSettled(new("R"), Part));
        Assert.Equal(701, Balance.Gateway);
    }

    /// <summary>The till books the part; the rest is at the gateway until it is returned, and in no total.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_goods_that_were_issued_in_part_only_the_part_is_sold(bool byPerson)
    {
        Take(1);
        Write(1, new Fact.Acknowledged(701));
        Check(net: 701, gateway: 1001, open: new(1, 300));

        Write(1, new Fact.RefundStarted(new("R"), Rest));
        Check(net: 701, gateway: 1001, open: new(1, 300));

        Write(1, new Fact.NeedsAttention(Rest.Why, "refused"));
        Check(net: 701, gateway: 1001, open: new(1, 300));

        Write(1, byPerson ? new Fact.Resolved("Ada", "in cash") : new Fact.RefundSettled(new("R"), Rest));
        Check(net: 701, gateway: 701);
    }

    /// <summary>Its next order's receipt number says that it did not book the part after all.</summary>
    [Fact]
    public void A_part_that_goes_back_as_well_is_not_sold()
    {
        Take(1);
        Write(1, new Fact.Acknowledged(701));
        Write(1, new Fact.RefundStarted(new("R"), Rest));
        Write(1, new Fact.Withdrawn());
        Check(net: 0, gateway: 1001, open: new(1, 1001));

        Write(1, new Fact.RefundSettled(new("R"), Rest));
        Check(net: 0, gateway: 701, open: new(1, 701));

        var part = new RefundPlan("G1", 701, 300, new(NotPaidReason.Withdrawn));
        Write(1, new Fact.RefundStarted(new("S"), part));
        Write(1, new Fact.RefundSettled(new("S"), part));
        Check(net: 0, gateway: 0);
    }

    /// <summary>Nothing was recorded as paid, and yet the gateway had it when the refund was started.</summary>
    [Fact]
    public void What_was_found_paid_while_it_was_cancelled_is_there_until_it_is_refunded()
    {
        var plan = Part with { Minor = 1001, Why = new(NotPaidReason.NoAnswer) };
        Write(1, new Fact.Requested(Sale(1)));
        Write(1, new Fact.Cancelling(CancelCause.NoAnswer));
        Check(net: 0, gateway: 0);

        Write(1, new Fact.RefundDue(CancelCause.NoAnswer));
        Write(1, new Fact.RefundStarted(new("R"), plan));
        Check(net: 0, gateway: 1001, open: new(1, 1001));

        Write(1, new Fact.RefundSettled(new("R"), plan));
        Check(net: 0, gateway: 0);
    }

    [Fact]
    public void What_is_open_across_an_end_of_day_is_in_one_period_here_and_in_the_next_one_there()
    {
        Take(1);
        Write(2, new Fact.PeriodClosed(EndOfDay(2)));
        Check(net: 0, gateway: 0, open: new(1, 1001), before: 1001);

        Write(1, new Fact.Acknowledged());
        Check(net: 1001, gateway: 0, before: 1001);

        Write(3, new Fact.PeriodClosed(EndOfDay(3)));
        Check(net: 0, gateway: 0);
    }

    /// <summary>Power failed before its acknowledgement was heard; by its receipt number the till has it.</summary>
    [Fact]
    public void A_sale_that_is_reversed_unacknowledged_was_a_sale_too()
    {
        Take(1);
        Write(2, new Fact.ReturnRequested(JournalOrders.Return(2, of: 1, ReturnKind.Reversal)));
        Write(1, new Fact.Withdrawn(), new Fact.Cancelling(CancelCause.Reversed));
        Check(net: 0, gateway: 1001, open: new(1, 1001));

        ledger.Commit(
            [new(Id(1), new Fact.Cancelled(new(NotPaidReason.Reversed))), new(Id(2), new Fact.Returned())], At);
        Check(net: 0, gateway: 0);
        var totals = ledger.Accounts().Total();
        Assert.Equal((new(1, 1001), new Tally(1, 1001)), (totals.Sales, totals.Reversals));
    }

    [Fact]
    public void What_a_person_closed_counts_as_the_till_has_it()
    {
        Take(1);
        Write(1, new Fact.Withdrawn(), new Fact.Cancelling(CancelCause.Withdrawn));
        Write(1, new Fact.Resolved("Kim", "returned in cash"));
        Check(net: 0, gateway: 0);

        ledger.Pay(2);
        Write(2, new Fact.Cancelling(CancelCause.Reversed));
        Write(2, new Fact.Resolved("Kim", "they keep it"));
        Check(net: 1002, gateway: 1002);
    }

    /// <summary>The till refunded it in part: it has it, whatever number it mirrors afterwards.</summary>
    [Fact]
    public void A_mirrored_number_takes_back_no_sale_of_which_a_return_was_carried_out()
    {
        Take(1);
        Write(1, new Fact.Acknowledged());
        var refund = JournalOrders.Return(2, of: 1) with { Amount = new(300, Currency.Eur) };
        Write(2, new Fact.ReturnRequested(refund));
        Write(1, new Fact.RefundStarted(new("R"), Part));
        ledger.Commit([new(Id(1), new Fact.RefundSettled(new("R"), Part)), new(Id(2), new Fact.Returned())], At);
        Write(1, new Fact.Withdrawn());

        Check(net: 701, gateway: 701);
    }

    [Fact]
    public void The_head_office_has_what_its_entries_come_to()
    {
        ledger.Pay(1);
        ledger.Pay(2);
        Assert.Equal(0, Balance.HeadOffice);
        journal.Acknowledge(3);
        Assert.Equal(0, Balance.HeadOffice);
        journal.Acknowledge(4);
        Assert.Equal(1001, Balance.HeadOffice);
        Assert.Equal(1001, new Ledger(journal).Accounts().Total().Balance!.HeadOffice);
        ledger.Pay(3);
        journal.Acknowledge(ledger.LastSequence);
        Assert.Equal((3006, 3006), (Balance.HeadOffice, ledger.Accounts().Total().Net));

        Write(4, new Fact.PeriodClosed(EndOfDay(4)));
        Assert.Equal(0, Balance.HeadOffice);
    }

    [Fact]
    public void What_an_end_of_day_is_about_to_write_the_head_office_does_not_have()
    {
        Take(1);
        journal.Acknowledge(ledger.LastSequence);

        var totals = ledger.Accounts().Total(new Effect.Record(Id(1), new Fact.Acknowledged()));
        Assert.Equal((1001, new Balance(1001, 0, default, 0)), (totals.Net, totals.Balance));
        Check(net: 0, gateway: 1001, open: new(1, 1001));
    }

    [Fact]
    public void What_is_counted_as_it_happens_needs_no_entry_again()
    {
        for (var n = 1; n <= 500; n++)
        {
            ledger.Pay(n);
        }
        journal.Acknowledge(1000);
        var all = ledger.Accounts().Total();
        journal.Dispose(); // Nothing can be read any more.
        Assert.Equal(all, ledger.Accounts().Total());
    }

    Balance Balance => ledger.Accounts().Total().Balance!;

    /// <summary>Approved, and nothing heard from the till.</summary>
    void Take(int n)
    {
        Write(n, new Fact.Requested(Sale(n)));
        ledger.Commit(Approved(n), At);
    }

    void Write(int n, params Fact[] facts) => ledger.Commit([.. facts.Select(f => new Effect.Record(Id(n), f))], At);

    /// <summary>The same from the entries, and as it was counted.</summary>
    void Check(long net, long gateway, Tally open = default, long before = 0)
    {
        var totals = ledger.Accounts().Total();
        Assert.Equal(net, totals.Net);
        Assert.Equal(new(gateway, 0, open, before), totals.Balance);
        Assert.Equal(0, totals.Balance!.Unexplained(net));
        Assert.Equal(totals, new Ledger(journal).Accounts().Total());
    }
}
