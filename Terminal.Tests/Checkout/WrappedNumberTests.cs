using Sandbox.Journal;
using Sandbox.Scanner;
using Terminal.Checkout;
using Terminal.Journal;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Checkout;

/// <summary>Receipt numbers wrap after 9999: what an order by a number that two sales have comes to.</summary>
public sealed class WrappedNumberTests : IDisposable
{
    static readonly Money Amount = new(1250, Currency.Eur);

    readonly ManualTime time = new();
    readonly RecordedLinks links = new();
    MemoryJournal journal = new();
    CheckoutLoop loop;

    public WrappedNumberTests() => loop = Start();

    public void Dispose() => journal.Dispose();

    /// <summary>9,999 orders later in the same period; the till names no amount.</summary>
    [Fact]
    public void A_number_of_two_sales_moves_no_money_and_both_are_named_the_newest_first()
    {
        Sell("f1");
        var older = links.LastPayment;
        Wrap();
        Sell("f2");

        Assert.Equal([links.LastPayment, older], CandidatesOf(new(ReturnKind.Reversal, 1, null, null)));
        Assert.Equal("refuse ReceiptAmbiguous", links.Said[^1]);
    }

    [Fact]
    public void The_amount_selects_one_of_two_sales_and_the_same_one_when_the_order_is_repeated()
    {
        Sell("f1");
        var older = links.LastPayment;
        Wrap();
        Sell("f2", new(700, Currency.Eur));

        loop.Step(new Arrival.ReturnInstructed(new(ReturnKind.Reversal, 1, null, Amount)));
        Assert.IsAssignableFrom<PaymentState.Cancelling>(loop.State.Find(older)!.Payment);
        loop.Step(new DeskInput.Happened(older, new PaymentInput.CancelAnswered(1, new GatewayAnswer.Accepted())));
        loop.Step(new DeskInput.Happened(older, new PaymentInput.Inquired(1, new GatewayAnswer.Cancelled())));
        Hear(loop.State.Newest!.Value);

        Assert.Equal("refuse AlreadyReturned", Refused(new(ReturnKind.Reversal, 1, null, Amount)));
        Assert.Equal("refuse ReceiptAmbiguous", Refused(new(ReturnKind.Reversal, 1, null, new(100, Currency.Eur))));
        Assert.Equal("refuse ReceiptAmbiguous", Refused(new(ReturnKind.Reversal, 1, null, null)));
    }

    /// <summary>The customer of the other sale may be the one who brings a part of it back.</summary>
    [Fact]
    public void A_refund_of_a_part_is_of_none_of_two_sales_even_if_only_one_can_bear_it()
    {
        Sell("f1");
        var older = links.LastPayment;
        Wrap();
        Sell("f2", new(700, Currency.Eur));

        foreach (var minor in new[] { 1, 699, 701, Amount.Minor - 1, Amount.Minor + 1 })
        {
            Assert.Equal(
                [links.LastPayment, older],
                CandidatesOf(new(ReturnKind.Refund, 1, null, new(minor, Currency.Eur))));
            Assert.Equal("refuse ReceiptAmbiguous", links.Said[^1]);
        }
    }

    [Fact]
    public void A_refund_of_all_that_one_of_two_sales_came_to_is_of_that_one()
    {
        Sell("f1");
        var older = links.LastPayment;
        Wrap();
        Sell("f2", new(700, Currency.Eur));

        loop.Step(new Arrival.ReturnInstructed(new(ReturnKind.Refund, 1, null, new(700, Currency.Eur))));
        Assert.IsAssignableFrom<PaymentState.Refunding>(loop.State.Find(links.LastPayment)!.Payment);
        Assert.Null(loop.State.Find(older));
    }

    [Fact]
    public void A_number_of_two_closed_periods_names_both_sales_and_an_open_one_only_its_own()
    {
        Sell("f1");
        var oldest = links.LastPayment;
        ClosePeriod();
        Wrap();
        Sell("f2");
        var older = links.LastPayment;
        ClosePeriod();

        Assert.Equal([older, oldest], CandidatesOf(new(ReturnKind.Reversal, 1, null, null)));
        Assert.Equal("refuse PeriodClosed", links.Said[^1]);

        Wrap();
        Sell("f3");
        Reverse(1);
        Assert.IsAssignableFrom<PaymentState.Cancelling>(loop.State.Find(links.LastPayment)!.Payment);
    }

    /// <summary>What was declined has a number too, but nobody has a claim on it.</summary>
    [Fact]
    public void A_declined_sale_hides_none_of_the_same_number()
    {
        Sell("f1");
        var older = links.LastPayment;
        ClosePeriod();
        Wrap(last: 1);

        Assert.Equal([older], CandidatesOf(new(ReturnKind.Reversal, 1, null, null)));
        Assert.Equal("refuse PeriodClosed", links.Said[^1]);
    }

    IEnumerable<PaymentId> CandidatesOf(ReturnRequest request)
    {
        loop.Step(new Arrival.ReturnInstructed(request));
        return links.Refused!.Candidates.Select(s => s.Id);
    }

    /// <summary>A sale that was declined took the last number before 0001.</summary>
    void Wrap(int last = 9999)
    {
        var ledger = new Ledger(journal);
        var (at, id) = (new Stamp(0), new PaymentId($"DECLINED{ledger.LastSequence:D18}"));
        var sale = new Sale(id, last, last, Amount, $"d{ledger.LastSequence}", at, null);
        var why = new NotPaid(NotPaidReason.Refused);
        ledger.Commit([new(id, new Fact.Requested(sale)), new(id, new Fact.Failed(why))], at);
        ledger.Commit([new(id, new Fact.Offered(new Outcome.Rejected(why)))], at);
        Restart();
    }

    void ClosePeriod()
    {
        loop.Step(new Arrival.CloseInstructed());
        Hear(loop.State.Newest!.Value);
    }

    void Sell(string fingerprint, Money? amount = null)
    {
        var code = Codes.Of("281234567890123456", fingerprint, new Clock(time).Now);
        loop.Step(new Arrival.Instructed(amount ?? Amount, code));
        loop.Step(new DeskInput.Happened(links.LastPayment, new PaymentInput.PayAnswered(
            new GatewayAnswer.Succeeded(links.LastPayment, "G1", amount ?? Amount))));
        Hear(links.LastPayment);
    }

    void Reverse(int receipt) =>
        loop.Step(new Arrival.ReturnInstructed(new(ReturnKind.Reversal, receipt, null, null)));

    string Refused(ReturnRequest request)
    {
        loop.Step(new Arrival.ReturnInstructed(request));
        return links.Said[^1];
    }

    void Hear(PaymentId id)
    {
        loop.Step(new DeskInput.Answered(id, EcrAnswer.Acknowledged));
        loop.Step(new DeskInput.Closed(id, Acknowledged: true));
    }

    void Restart()
    {
        journal = journal.Crash();
        loop = Start();
        loop.Recover();
    }

    CheckoutLoop Start() =>
        new(new Desk(Policy.Default).Next, new Ledger(journal), new(links, links), new Clock(time));
}
