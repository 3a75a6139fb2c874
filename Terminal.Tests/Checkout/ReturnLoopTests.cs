using Sandbox.Journal;
using Sandbox.Scanner;
using Terminal.Checkout;
using Terminal.Journal;
using Terminal.Journal.Upkeep;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Checkout;

/// <summary>Returns and end-of-days through the loop and the real ledger, over restarts and failing disks.</summary>
public sealed class ReturnLoopTests : IDisposable
{
    static readonly Money Amount = new(1250, Currency.Eur);

    readonly ManualTime time = new();
    readonly RecordedLinks links = new();
    MemoryJournal journal = new();
    CheckoutLoop loop;

    public ReturnLoopTests() => loop = Start();

    public void Dispose() => journal.Dispose();

    [Fact]
    public void The_cancel_rests_on_the_record_of_the_reversal_and_of_the_payment()
    {
        Sell("f1");
        Reverse(1);
        Prove();
        Hear(loop.State.Newest!.Value);

        // 1 to 5 the sale; 6 ReturnRequested, 7 Cancelling, 8 CancelAcknowledged, 9 Cancelled, 10 Returned, 11 Offered
        Assert.Equal(
            ["charge@1", "approve@3", "complete@4", "cancel@7", "query 1", "approve@11", "complete@12"], links.Said);
        Assert.Empty(new Audit(journal).Everything());
    }

    [Fact]
    public void A_payment_that_was_forgotten_long_ago_is_found_by_its_receipt()
    {
        Sell("f1");
        var first = links.LastPayment;
        Sell("f2");
        Sell("f3");
        Reverse(1);

        Assert.Equal("cancel@17", links.Said[^1]);
        Assert.IsAssignableFrom<PaymentState.Cancelling>(loop.State.Find(first)!.Payment);
    }

    [Fact]
    public void A_second_reversal_after_a_restart_is_answered_from_the_journal()
    {
        Sell("f1");
        Reverse(1);
        Prove();
        Hear(loop.State.Newest!.Value);
        Sell("f2");
        Restart();
        Reverse(1);

        Assert.Equal("refuse AlreadyReturned", links.Said[^1]);
    }

    [Fact]
    public void A_crash_after_the_first_commit_goes_on_and_06_20_tells_the_outcome()
    {
        Sell("f1");
        Reverse(1);
        Restart();
        Happen(new PaymentInput.Inquired(1, Success));
        Happen(new PaymentInput.CancelAnswered(1, new GatewayAnswer.Accepted()));
        Happen(new PaymentInput.Inquired(2, new GatewayAnswer.Cancelled()));
        loop.Step(new Arrival.RepeatAsked());

        Assert.StartsWith("approve@", links.Said[^1]);
    }

    [Theory]
    [InlineData(JournalFault.BeforeWriting)]
    [InlineData(JournalFault.AfterWriting)]
    public void A_reversal_that_may_not_be_written_moves_nothing_and_is_told_as_not_confirmed(JournalFault fault)
    {
        Sell("f1");
        journal.FailNext = fault;
        Reverse(1);
        Assert.Equal("tell NotConfirmed", links.Said[^1]);
        Assert.DoesNotContain(links.Said, s => s.StartsWith("cancel", StringComparison.Ordinal));
        loop.Step(new DeskInput.Answered(new("ANY"), EcrAnswer.Acknowledged));
        Assert.Equal("close NotConfirmed", links.Said[^1]);

        Restart();
        Assert.Equal(fault == JournalFault.AfterWriting, links.Said.Contains("query 1"));
    }

    [Fact]
    public void After_the_end_of_day_06_30_names_the_reference_and_06_31_with_it_refunds()
    {
        Sell("f1");
        var payment = links.LastPayment;
        loop.Step(new Arrival.CloseInstructed());
        Hear(loop.State.Newest!.Value);
        Reverse(1);
        Assert.Equal("refuse PeriodClosed", links.Said[^1]);

        loop.Step(new Arrival.ReturnInstructed(new(ReturnKind.Refund, null, payment, new(250, Currency.Eur))));
        Assert.StartsWith("refund@", links.Said[^1]);
        Assert.Equal("refuse ReceiptUnknown", Refused(new(ReturnKind.Reversal, 77, null, null)));
    }

    [Fact]
    public void The_end_of_day_closes_what_the_totals_told()
    {
        Sell("f1");
        loop.Step(new Arrival.TotalsAsked());
        Assert.Equal("report Tally { Count = 1, Minor = 1250 }", links.Said[^1]);
        loop.Step(new Arrival.CloseInstructed());
        Hear(loop.State.Newest!.Value);
        loop.Step(new Arrival.TotalsAsked());
        Assert.Equal("report Tally { Count = 0, Minor = 0 }", links.Said[^1]);
    }

    [Fact]
    public void An_end_of_day_whose_answer_was_lost_is_told_again_after_a_restart()
    {
        Sell("f1");
        loop.Step(new Arrival.CloseInstructed());
        Restart();
        loop.Step(new Arrival.CloseInstructed());

        Assert.Equal(2, links.Said.Count(s => s.StartsWith("approve@7", StringComparison.Ordinal)));
    }

    GatewayAnswer Success => new GatewayAnswer.Succeeded(links.LastPayment, "G1", Amount);

    void Sell(string fingerprint)
    {
        var code = Codes.Of("281234567890123456", fingerprint, new Clock(time).Now);
        loop.Step(new Arrival.Instructed(Amount, code));
        Happen(new PaymentInput.PayAnswered(Success));
        Hear(links.LastPayment);
    }

    void Reverse(int receipt) =>
        loop.Step(new Arrival.ReturnInstructed(new(ReturnKind.Reversal, receipt, null, null)));

    string Refused(ReturnRequest request)
    {
        time.Advance(TimeSpan.FromSeconds(30));
        loop.Step(new DeskInput.TimePassed());
        Hear(loop.State.Newest!.Value);
        loop.Step(new Arrival.ReturnInstructed(request));
        return links.Said[^1];
    }

    /// <summary>The gateway cancels, and says so when asked.</summary>
    void Prove()
    {
        Happen(new PaymentInput.CancelAnswered(1, new GatewayAnswer.Accepted()));
        Happen(new PaymentInput.Inquired(1, new GatewayAnswer.Cancelled()));
    }

    void Hear(PaymentId id)
    {
        loop.Step(new DeskInput.Answered(id, EcrAnswer.Acknowledged));
        loop.Step(new DeskInput.Closed(id, Acknowledged: true));
    }

    void Happen(PaymentInput what) => loop.Step(new DeskInput.Happened(links.LastPayment, what));

    void Restart()
    {
        journal = journal.Crash();
        loop = Start();
        loop.Recover();
    }

    CheckoutLoop Start() =>
        new(new Desk(Policy.Default).Next, new Ledger(journal), new(links, links), new Clock(time));

    /// <summary>4.00 is carried out too late to be confirmed; 2.00 follows; then 4.00 is ordered again.</summary>
    [Fact]
    public void A_refund_that_was_never_acknowledged_is_not_made_twice_though_another_came_between()
    {
        Sell("f1");
        Refund(400);
        time.Advance(TimeSpan.FromSeconds(30));
        loop.Step(new DeskInput.TimePassed());
        Hear(loop.State.Newest!.Value);
        Accept();
        Refund(200);
        Accept();
        Hear(loop.State.Newest!.Value);
        Refund(400);
        Accept();

        var returned = journal.Read(1, 100).Select(FactCodec.Decode).OfType<Fact.RefundSettled>().ToList();
        Assert.Single(returned, r => r.Plan.Minor == 400);
    }

    [Fact]
    public void A_refund_that_was_never_acknowledged_is_not_made_twice_though_the_one_before_is_told_again()
    {
        Sell("f1");
        Refund(400);
        Accept();
        var first = loop.State.Newest!.Value;
        Hear(first);
        Refund(200);
        Accept();
        var second = loop.State.Newest!.Value;
        loop.Step(new DeskInput.Answered(second, EcrAnswer.Silent));
        loop.Step(new DeskInput.Closed(second, Acknowledged: false));
        loop.Step(new Arrival.RepeatAsked(first));
        Hear(first);
        Refund(200);
        Accept();

        var returned = journal.Read(1, 100).Select(FactCodec.Decode).OfType<Fact.RefundSettled>().ToList();
        Assert.Single(returned, r => r.Plan.Minor == 200);
    }

    void Refund(long minor) =>
        loop.Step(new Arrival.ReturnInstructed(new(ReturnKind.Refund, 1, null, new(minor, Currency.Eur))));

    /// <summary>The gateway carries out the newest refund.</summary>
    void Accept()
    {
        if (loop.State.Find(links.LastPayment)?.Payment is PaymentState.Refunding.Sent { Id: var id })
        {
            Happen(new PaymentInput.RefundAnswered(id, new GatewayAnswer.Accepted()));
        }
        else if (loop.State.Find(links.LastPayment)?.Payment is PaymentState.Refunding.Pausing { Id: var paused })
        {
            Happen(new PaymentInput.RefundAnswered(paused, new GatewayAnswer.Accepted()));
        }
    }
}
