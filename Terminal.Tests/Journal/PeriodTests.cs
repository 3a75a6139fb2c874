using Sandbox.Journal;
using Terminal.Journal;
using Terminal.Journal.Upkeep;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using Terminal.Payments.Periods;
using static Terminal.Tests.Journal.JournalOrders;

namespace Terminal.Tests.Journal;

/// <summary>The open business period: what is found in it, and what it comes to.</summary>
public sealed class PeriodTests : IDisposable
{
    readonly MemoryJournal journal = new();
    readonly Ledger ledger;

    public PeriodTests() => ledger = new(journal);

    public void Dispose() => journal.Dispose();

    static Effect.Record Begun(Order order) => new(order.Id, order switch
    {
        Return given => new Fact.ReturnRequested(given),
        EndOfDay closing => new Fact.PeriodClosed(closing),
        _ => new Fact.Requested((Sale)order),
    });

    void Close(int n) => ledger.Commit([Begun(EndOfDay(n)), Acknowledged(n), Completed(n)], At);

    void Return(int n, int of)
    {
        var plan = new RefundPlan("G1", Sale(of).Amount.Minor, 0, new(NotPaidReason.Refunded));
        ledger.Commit([Begun(JournalOrders.Return(n, of)), new(Id(of), new Fact.RefundStarted(new("R"), plan))], At);
        ledger.Commit([new(Id(of), new Fact.RefundSettled(new("R"), plan)), new(Id(n), new Fact.Returned())], At);
    }

    [Fact]
    public void A_new_period_comes_to_nothing()
    {
        var nothing = new PeriodTotals(default, default, default, (0, 0), 0, 0)
        {
            Balance = new(0, 0, default, 0),
        };
        Assert.Equal(nothing, ledger.Accounts().Total());
        Assert.Empty(ledger.FindByReceipt(1, 0));
    }

    [Fact]
    public void Sales_count_once_the_till_acknowledged_them_and_returns_once_they_were_carried_out()
    {
        ledger.Pay(1);
        ledger.Pay(2);
        ledger.Commit([Requested(3)], At);
        ledger.Commit(Approved(3), At);
        Return(4, of: 1);
        ledger.Commit([Begun(JournalOrders.Return(5, 2)), new(Id(2), new Fact.Cancelling(CancelCause.Reversed))], At);
        journal.Acknowledge(7);

        var totals = new PeriodTotals(new(2, 2003), default, new(1, 1001), (1, 5), ledger.LastSequence, 7)
        {
            Balance = new(3006 - 1001, 1001, new(1, 1003), 0),
        };
        Assert.Equal(totals, ledger.Accounts().Total());
    }

    [Fact]
    public void What_one_period_carries_over_the_next_one_counts()
    {
        ledger.Pay(1);
        ledger.Commit([Requested(2)], At);
        ledger.Commit(Approved(2), At);
        Close(3);
        Assert.Equal(default, ledger.Accounts().Total().Sales);
        ledger.Commit([Acknowledged(2)], At);

        Assert.Equal(new(1, 1002), ledger.Accounts().Total().Sales);
        Close(4);
        Assert.Equal(default, ledger.Accounts().Total().Sales);
        Assert.Equal(default, new Ledger(journal.Crash()).Accounts().Total().Sales);
    }

    [Fact]
    public void A_receipt_is_in_the_period_or_only_known_from_an_earlier_one()
    {
        ledger.Pay(1);
        Assert.Equal([Id(1)], Found(1));
        Close(2);
        ledger.Pay(3);

        Assert.Empty(Found(1));
        Assert.Equal([Id(1)], Found(1, from: 0));
        Assert.Equal([Id(3)], Found(3));
        Assert.Empty(Found(9, from: 0));
    }

    [Fact]
    public void A_number_that_wrapped_names_every_payment_that_has_it_the_newest_first()
    {
        ledger.Pay(1);
        ledger.Pay(9999 + 1);
        Assert.Equal([Id(9999 + 1), Id(1)], Found(1));
        Close(2);
        ledger.Pay(19998 + 1);
        Assert.Equal([Id(19998 + 1)], Found(1));
        Assert.Equal([Id(19998 + 1), Id(9999 + 1), Id(1)], Found(1, from: 0));
    }

    [Fact]
    public void The_newest_return_of_a_payment_is_found()
    {
        ledger.Pay(1);
        Assert.Null(ledger.FindReturnOf(Id(1)));
        Return(2, of: 1);
        Assert.Equal(Id(2), ledger.FindReturnOf(Id(1))!.Order.Id);
        Assert.IsType<PaymentState.Done>(ledger.FindReturnOf(Id(1))!.Payment);
    }

    [Fact]
    public void The_next_numbers_follow_a_return_and_an_end_of_day_too()
    {
        ledger.Pay(1);
        Return(2, of: 1);
        Assert.Equal((3, 3), ledger.NextNumbers());
        Close(3);
        Assert.Equal((4, 4), ledger.NextNumbers());
        Assert.Empty(new Audit(journal).Everything());
    }

    IEnumerable<PaymentId> Found(int receipt, long? from = null) =>
        ledger.FindByReceipt(receipt, from ?? ledger.PeriodStart).Select(t => t.Order.Id);

    /// <summary>Acknowledged, but the next order mirrored the receipt before: not booked, so taken back.</summary>
    [Fact]
    public void A_sale_that_is_taken_back_after_its_acknowledgement_does_not_count()
    {
        ledger.Pay(1);
        ledger.Commit([Requested(2)], At);
        ledger.Commit(Approved(2), At);
        ledger.Commit([Acknowledged(2)], At);
        ledger.Commit([new(Id(2), new Fact.Withdrawn()), new(Id(2), new Fact.Cancelling(CancelCause.Withdrawn))], At);

        Assert.Equal(new(1, 1001), ledger.Accounts().Total().Sales);
    }

    [Fact]
    public void What_is_counted_as_it_happens_is_what_the_entries_say()
    {
        Effect.Record[] TakenBack(int n) =>
            [new(Id(n), new Fact.Withdrawn()), new(Id(n), new Fact.Cancelling(CancelCause.Withdrawn))];
        void Unfinished(int n)
        {
            ledger.Commit([Requested(n)], At);
            ledger.Commit([.. Approved(n), Acknowledged(n)], At);
        }

        Action[] story =
        [
            () => ledger.Pay(1),
            () => ledger.Commit([Requested(2)], At),
            () => Return(3, of: 1),
            () => Unfinished(4),
            () => ledger.Commit(TakenBack(4), At),
            () => ledger.Commit([.. Approved(2), .. TakenBack(2)], At),
            () => Unfinished(5),
            () => Close(6),
            () => ledger.Commit(TakenBack(5), At),
            () => ledger.Pay(7),
        ];
        Assert.Equal(default, ledger.Accounts().Total().Sales);
        foreach (var act in story)
        {
            act();
            Assert.Equal(new Ledger(journal).Accounts().Total(), ledger.Accounts().Total());
        }
        var totals = ledger.Accounts().Total();
        Assert.Equal((new(1, 1007), new Tally(1, 1005)), (totals.Sales, totals.Reversals));
    }
}
