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

public sealed class CheckoutLoopTests : IDisposable
{
    static readonly Money Amount = new(1250, Currency.Eur);

    readonly ManualTime time = new();
    readonly RecordedLinks links = new();
    MemoryJournal journal = new();
    bool hasRoom = true;
    Action<DeskState, Transition<DeskState>>? watch;
    CheckoutLoop loop;

    public CheckoutLoopTests() => loop = Start();

    public void Dispose() => journal.Dispose();

    [Fact]
    public void Each_thing_that_leaves_is_proved_by_the_entry_it_rests_on()
    {
        Order();
        Happen(new PaymentInput.PayAnswered(Success));
        loop.Step(new DeskInput.Answered(links.LastPayment, EcrAnswer.Acknowledged));

        // 1 Requested, 2 Paid, 3 Offered, 4 Acknowledged
        Assert.Equal(["charge@1", "approve@3", "complete@4"], links.Said);
    }

    [Fact]
    public void A_sale_that_goes_well_costs_four_commits()
    {
        Order();
        Happen(new PaymentInput.PayAnswered(Success));
        loop.Step(new DeskInput.Answered(links.LastPayment, EcrAnswer.Acknowledged));
        loop.Step(new DeskInput.Closed(links.LastPayment, Acknowledged: true));

        Assert.Equal(4, journal.Commits);
    }

    [Fact]
    public void A_payment_whose_request_cannot_be_written_never_leaves()
    {
        journal.FailNext = JournalFault.BeforeWriting;

        Order();

        Assert.Equal(["refuse JournalDown"], links.Said);
        Assert.NotNull(loop.Failure);
    }

    [Theory]
    [InlineData(JournalFault.BeforeWriting)]
    [InlineData(JournalFault.AfterWriting)]
    public void Of_an_approval_that_may_not_be_written_nothing_is_said(JournalFault fault)
    {
        Order();
        journal.FailNext = fault;

        Happen(new PaymentInput.PayAnswered(Success));

        Assert.Equal(["charge@1"], links.Said);
    }

    [Fact]
    public void When_the_journal_fails_elsewhere_a_live_payment_is_cancelled_and_told_not_confirmed()
    {
        Order();
        journal.FailNext = JournalFault.BeforeWriting;

        loop.Step(new DeskInput.AbortAsked());

        Assert.Equal(["charge@1", "cancel@1", "tell NotConfirmed"], links.Said);
        loop.Step(new DeskInput.Answered(links.LastPayment, EcrAnswer.Acknowledged));
        Assert.Equal("close NotConfirmed", links.Said[^1]);
    }

    [Fact]
    public void A_journal_that_failed_under_another_user_ends_payments_the_same_way()
    {
        Order();

        loop.Step(new LoopInput.JournalLost("the card is gone"));

        Assert.Equal(["charge@1", "cancel@1", "tell NotConfirmed"], links.Said);
        Assert.Equal("the card is gone", loop.Failure?.Message);
        Order();
        Assert.Equal("refuse JournalDown", links.Said[^1]);
    }

    [Fact]
    public void Without_room_in_the_journal_a_new_order_is_refused_and_what_is_under_way_goes_on()
    {
        Order();
        hasRoom = false;

        Happen(new PaymentInput.PayAnswered(Success));
        loop.Step(new DeskInput.Answered(links.LastPayment, EcrAnswer.Acknowledged));
        loop.Step(new DeskInput.Closed(links.LastPayment, Acknowledged: false));
        Order(); // The same code again: a resend, told once more.
        loop.Step(new DeskInput.Answered(links.LastPayment, EcrAnswer.Acknowledged));
        loop.Step(new DeskInput.Closed(links.LastPayment, Acknowledged: true));
        loop.Step(new Arrival.Instructed(Amount, null));

        Assert.Equal("charge@1", links.Said[0]);
        Assert.Equal("refuse JournalFull", links.Said[^1]);
        Assert.Single(links.Said, s => s.StartsWith("charge", StringComparison.Ordinal));
        Assert.Equal(2, links.Said.Count(s => s.StartsWith("approve", StringComparison.Ordinal)));
        Assert.Single(links.Said, s => s.StartsWith("refuse", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_step_brings_about_is_watched_after_it()
    {
        var seen = new List<(DeskState Before, DeskState After)>();
        watch = (before, step) => seen.Add((before, step.State));
        Order();
        Happen(new PaymentInput.PayAnswered(Success));
        loop.Step(new DeskInput.Answered(links.LastPayment, EcrAnswer.Refused));
        loop.Step(new DeskInput.Closed(links.LastPayment, Acknowledged: true));
        Happen(new PaymentInput.CancelAnswered(1, new GatewayAnswer.WindowExceeded()));
        Happen(new PaymentInput.Inquired(1, Success));
        time.Advance(TimeSpan.FromMinutes(1));
        loop.Step(new DeskInput.TimePassed());
        Happen(new PaymentInput.Inquired(2, Success));

        Assert.StartsWith("refund@", links.Said[^1]);
        Assert.All(seen.Zip(seen.Skip(1)), pair => Assert.Same(pair.First.After, pair.Second.Before));
    }

    [Fact]
    public void An_order_that_was_written_is_not_refused_because_something_failed_after_it()
    {
        watch = (_, _) => throw new JournalFailedException("the card is gone");

        Order();

        Assert.Equal(["charge@1", "cancel@1", "tell NotConfirmed"], links.Said);
        Assert.NotNull(loop.Failure);
    }

    [Fact]
    public void An_approval_that_was_written_is_closed_with_nothing_that_denies_it()
    {
        Order();
        watch = (_, _) => throw new JournalFailedException("the card is gone");

        Happen(new PaymentInput.PayAnswered(Success));

        Assert.Equal(["charge@1", "approve@3"], links.Said);
    }

    [Fact]
    public void An_end_of_day_that_was_written_is_not_told_a_second_time_as_not_confirmed()
    {
        watch = (_, _) => throw new JournalFailedException("the card is gone");

        loop.Step(new Arrival.CloseInstructed());

        Assert.Equal(["approve@2"], links.Said);
    }

    [Fact]
    public void After_a_journal_failure_orders_are_refused_and_nothing_else_happens()
    {
        journal.FailNext = JournalFault.BeforeWriting;
        Order();

        Order();
        Happen(new PaymentInput.PayAnswered(Success));

        Assert.Equal(["refuse JournalDown", "refuse JournalDown"], links.Said);
        Assert.Equal(Moment.Never, loop.WakeAt);
    }

    [Theory]
    [InlineData(JournalFault.BeforeWriting, "query 1")]
    [InlineData(JournalFault.AfterWriting, "approve@3")]
    public void The_next_start_goes_on_with_what_reached_the_disk(JournalFault fault, string next)
    {
        Order();
        journal.FailNext = fault;
        Happen(new PaymentInput.PayAnswered(Success));

        Restart();
        loop.Step(new DeskInput.LinkReady());
        loop.Step(new Arrival.RepeatAsked());

        Assert.Contains(next, links.Said);
        Assert.Equal(fault == JournalFault.BeforeWriting, links.Said.Contains("tell NotConfirmed"));
    }

    [Fact]
    public void Start_up_never_sends_pay_again_but_asks_and_cancels()
    {
        Order();

        Restart();
        time.Advance(TimeSpan.FromSeconds(5));
        loop.Step(new DeskInput.TimePassed());

        // Entry 2 records the cancel that the restart decided on.
        Assert.Equal(["charge@1", "query 1", "cancel@2"], links.Said);
    }

    [Fact]
    public void The_same_code_after_a_restart_is_the_same_sale_until_it_is_completed()
    {
        Order();
        Happen(new PaymentInput.PayAnswered(Success));
        Restart();
        loop.Step(new DeskInput.LinkReady());

        Order();
        loop.Step(new DeskInput.Answered(links.LastPayment, EcrAnswer.Acknowledged));
        loop.Step(new DeskInput.Closed(links.LastPayment, Acknowledged: true));
        Order();

        Assert.Equal(["charge@1", "approve@3", "approve@3", "complete@4", "tell Rejected"], links.Said);
    }

    [Fact]
    public async Task Running_it_takes_the_inbox_in_order_and_stops_when_told()
    {
        var inbox = new Inbox();
        inbox.Post(new Arrival.RepeatAsked());
        inbox.Post(new Arrival.Instructed(Amount, Code()));
        using var stop = new CancellationTokenSource();
        var run = loop.RunAsync(inbox.Reader, time, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(["refuse NoTransaction", "charge@1"], links.Said);
    }

    [Fact]
    public void A_journal_that_fails_while_nobody_pays_fails_as_in_a_payment()
    {
        using var dead = new MemoryJournal();
        dead.Crash();
        var maintenance = new Maintenance(dead, new(Path.GetRandomFileName()), new(time));
        loop = new(new Desk(Policy.Default).Next, new Ledger(journal), new(links, links), new(time))
        {
            Maintenance = maintenance,
        };
        Order();
        Assert.Equal(Moment.Never, maintenance.WakeAt);
        Happen(new PaymentInput.PayAnswered(Success));
        loop.Step(new DeskInput.Answered(links.LastPayment, EcrAnswer.Acknowledged));
        loop.Step(new DeskInput.Closed(links.LastPayment, Acknowledged: true));
        Assert.Null(loop.Failure);
        time.Advance(Maintenance.Quiet);

        _ = loop.RunAsync(new Inbox().Reader, time, CancellationToken.None);

        Assert.NotNull(loop.Failure);
    }

    [Fact]
    public void Ids_are_26_characters_of_base32_and_never_the_same()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => new IdSource().NextPayment().Value).ToHashSet();

        Assert.Equal(1000, ids.Count);
        Assert.All(ids, id => Assert.Matches("^[A-Z2-7]{26}$", id));
    }

    GatewayAnswer Success => new GatewayAnswer.Succeeded(links.LastPayment, "G1", Amount);

    void Order() => loop.Step(new Arrival.Instructed(Amount, Code()));

    PaymentCode Code() => Codes.Of("281234567890123456", "f1", new Clock(time).Now);

    void Happen(PaymentInput what) => loop.Step(new DeskInput.Happened(links.LastPayment, what));

    void Restart()
    {
        journal = journal.Crash();
        loop = Start();
        loop.Recover();
    }

    CheckoutLoop Start() =>
        new(new Desk(Policy.Default).Next, new Ledger(journal), new(links, links), new Clock(time))
        {
            Bar = _ => hasRoom ? null : RefusalReason.JournalFull,
            Watch = (before, step) => watch?.Invoke(before, step),
        };
}
