using Sandbox.Journal;
using Sandbox.Scanner;
using Terminal.Checkout;
using Terminal.Journal;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using Terminal.Payments.Periods;

namespace Terminal.Tests.Checkout;

/// <summary>An end-of-day tells what head office has now, not what the journal last noted of it.</summary>
public sealed class PatienceTests : IDisposable
{
    readonly ManualTime time = new();
    readonly RecordedLinks links = new();
    readonly MemoryJournal journal = new();
    readonly Ledger ledger;
    readonly CheckoutLoop loop;
    long acknowledged;
    bool isConnected = true;

    public PatienceTests()
    {
        ledger = new(journal) { HeadOffice = () => acknowledged };
        loop = new(new Desk(Policy.Default).Next, ledger, new(links, links), new Clock(time))
        {
            Patience = new(() => isConnected && acknowledged < ledger.LastSequence),
        };
        loop.Step(new Arrival.Instructed(
            new(1250, Currency.Eur), Codes.Of("281234567890123456", "f1", new Clock(time).Now)));
        var paid = new GatewayAnswer.Succeeded(links.LastPayment, "G1", new(1250, Currency.Eur));
        loop.Step(new DeskInput.Happened(links.LastPayment, new PaymentInput.PayAnswered(paid)));
        loop.Step(new DeskInput.Answered(links.LastPayment, EcrAnswer.Acknowledged));
        loop.Step(new DeskInput.Closed(links.LastPayment, Acknowledged: true));
    }

    public void Dispose() => journal.Dispose();

    [Fact]
    public void It_waits_until_head_office_has_everything_and_tells_that()
    {
        loop.Step(new Arrival.CloseInstructed());
        Pass(2.9);
        Assert.IsType<LaneState.Idle>(loop.State.Lane);

        acknowledged = ledger.LastSequence;
        loop.Step(new DeskInput.TimePassed());
        Assert.Equal(1250, Closed().Balance!.HeadOffice);
        Assert.Equal(0, journal.Acknowledged);
    }

    [Fact]
    public void It_waits_for_three_seconds_at_most()
    {
        loop.Step(new Arrival.CloseInstructed());
        Assert.Equal(new Clock(time).Now + TimeSpan.FromSeconds(3), loop.WakeAt);
        Pass(3);
        Assert.Equal(0, Closed().Balance!.HeadOffice);
    }

    [Fact]
    public void Without_a_connection_it_does_not_wait()
    {
        isConnected = false;
        loop.Step(new Arrival.CloseInstructed());
        Assert.Equal(0, Closed().Balance!.HeadOffice);
    }

    [Fact]
    public void Whoever_waits_when_the_journal_fails_is_refused()
    {
        loop.Step(new Arrival.TotalsAsked());
        Assert.DoesNotContain(links.Said, s => s.StartsWith("re", StringComparison.Ordinal));
        loop.Step(new LoopInput.JournalLost("gone"));
        Assert.Equal("refuse JournalDown", links.Said[^1]);
    }

    void Pass(double seconds)
    {
        time.Advance(TimeSpan.FromSeconds(seconds));
        loop.Step(new DeskInput.TimePassed());
    }

    PeriodTotals Closed() => ((EndOfDay)loop.State.Find(loop.State.Newest!.Value)!.Order).Totals;
}
