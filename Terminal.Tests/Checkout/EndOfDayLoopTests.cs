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

/// <summary>06 50 that comes again, and receipt numbers that an ECR mirrors across it.</summary>
public sealed class EndOfDayLoopTests : IDisposable
{
    static readonly Money Amount = new(1250, Currency.Eur);

    readonly ManualTime time = new();
    readonly RecordedLinks links = new();
    MemoryJournal journal = new();
    bool hasRoom = true;
    CheckoutLoop loop;

    public EndOfDayLoopTests() => loop = Start();

    public void Dispose() => journal.Dispose();

    [Theory]
    [InlineData(EcrAnswer.Silent, EcrAnswer.Silent, false)]
    [InlineData(EcrAnswer.Silent, EcrAnswer.Silent, true)]
    [InlineData(EcrAnswer.Silent, EcrAnswer.Acknowledged, false)]
    [InlineData(EcrAnswer.Silent, EcrAnswer.Acknowledged, true)]
    [InlineData(EcrAnswer.Acknowledged, EcrAnswer.Acknowledged, true)]
    public void Unless_it_was_heard_to_its_end_06_50_tells_it_again_whatever_06_20_told(
        EcrAnswer first, EcrAnswer second, bool restart)
    {
        Sell("f1");
        Close();
        var closing = Newest;
        Answer(closing, first, end: first == EcrAnswer.Silent);
        loop.Step(new Arrival.RepeatAsked());
        Answer(closing, second, end: true);
        Restart(restart);

        Close();
        Assert.Equal(closing, Newest);
        Answer(closing, EcrAnswer.Acknowledged, end: true);
        Assert.Equal(1, Closings);

        Sell("f2");
        Close();
        Assert.Equal(2, Closings);
    }

    /// <summary>Four entries for each would let a till fill the journal with nothing.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_empty_period_that_is_closed_again_is_told_and_leaves_no_entry(bool restart)
    {
        Sell("f1");
        Close();
        Answer(Newest, EcrAnswer.Acknowledged, end: true);
        Restart(restart);
        var entries = journal.Last!.Sequence;

        for (var i = 0; i < 100; i++)
        {
            Close();
            Assert.Equal("report Tally { Count = 0, Minor = 0 }", links.Said[^1]);
        }
        Assert.Equal(entries, journal.Last!.Sequence);
        Sell("f2");
        Close();
        Assert.Equal(2, Closings);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_is_told_again_though_an_older_sale_was_told_again_in_between(bool restart)
    {
        Sell("f1", end: false);
        Close();
        Answer(Newest, EcrAnswer.Silent, end: false);
        Order("f1");
        Answer(links.LastPayment, EcrAnswer.Silent, end: false);
        Restart(restart);

        Close();
        Assert.Equal(1, Closings);
        Assert.Equal(new Tally(1, 1250), Told().Sales);
    }

    [Fact]
    public void After_another_sale_it_closes_another_period()
    {
        Sell("f1");
        Close();
        Answer(Newest, EcrAnswer.Silent, end: false);
        Sell("f2");

        Close();
        Assert.Equal(2, Closings);
    }

    [Fact]
    public void To_tell_it_again_needs_no_room()
    {
        Sell("f1");
        Close();
        Answer(Newest, EcrAnswer.Silent, end: false);
        hasRoom = false;

        Close();
        Assert.DoesNotContain("refuse JournalFull", links.Said);
        Answer(Newest, EcrAnswer.Acknowledged, end: true);
        Close();
        Assert.Equal("refuse JournalFull", links.Said[^1]);
    }

    /// <summary>Receipts 1 and 3 are sales, 2 is the end-of-day: whoever lacks 3 has 1.</summary>
    [Theory]
    [InlineData(3, "Completed")]
    [InlineData(2, "Withdrawn")]
    [InlineData(1, "Withdrawn")]
    [InlineData(9, "Acknowledged")]
    public void One_behind_skips_the_end_of_day(int mirrored, string expected)
    {
        Sell("f1", mirror: new(null));
        Close();
        Answer(Newest, EcrAnswer.Acknowledged, end: true);
        Sell("f2", end: false, mirror: new(1));
        var unfinished = links.LastPayment;

        Order("f3", new(mirrored));
        Assert.Equal(expected, DeliveryOf(unfinished));
    }

    [Theory]
    [InlineData(1, "Completed", 1)]
    [InlineData(9999, "Retelling", 0)]
    public void Its_number_still_tells_of_the_sale_before_the_end_of_day(int mirrored, string expected, int refusals)
    {
        Sell("f1", end: false, mirror: new(null));
        var unfinished = links.LastPayment;
        Close();
        Answer(Newest, EcrAnswer.Acknowledged, end: true);

        Order("f1", new(mirrored));
        Assert.Equal(expected, DeliveryOf(unfinished));
        Assert.Equal(refusals, links.Said.Count(s => s == "tell Rejected"));
    }

    [Theory]
    [InlineData(1, "Completed")]
    [InlineData(9999, "Withdrawn")]
    public void An_end_of_day_that_mirrors_nothing_leaves_it_to_the_next_order(int mirrored, string expected)
    {
        Order("f1", new(null));
        Happen(new PaymentInput.PayAnswered(Success));
        Answer(links.LastPayment, EcrAnswer.Silent, end: false);
        var held = links.LastPayment;
        Close();
        Assert.Equal("Held", DeliveryOf(held));
        Assert.Equal(1, Told().Unresolved);
        Answer(Newest, EcrAnswer.Acknowledged, end: true);

        Order("f2", new(mirrored));
        Assert.Equal(expected, DeliveryOf(held));
    }

    /// <summary>What a closed period counted, the open one takes back.</summary>
    [Fact]
    public void A_sale_that_a_closed_period_counted_and_its_mirror_took_back_is_a_reversal_of_the_open_one()
    {
        Sell("f1", end: false, mirror: new(null));
        Close();
        Answer(Newest, EcrAnswer.Acknowledged, end: true);
        Assert.Equal(new Tally(1, 1250), Told().Sales);
        Order("f2", new(9999));

        var totals = new Ledger(journal).Accounts().Total();
        Assert.Equal((default, new Tally(1, 1250)), (totals.Sales, totals.Reversals));
    }

    /// <summary>What an end-of-day itself tells of the sale before it, it counts.</summary>
    [Theory]
    [InlineData(EcrAnswer.Silent, 1, 1)]
    [InlineData(EcrAnswer.Silent, 9999, 0)]
    [InlineData(EcrAnswer.Acknowledged, 1, 1)]
    [InlineData(EcrAnswer.Acknowledged, 9999, 0)]
    public void A_sale_that_the_end_of_day_mirrors_belongs_to_its_period(EcrAnswer answer, int mirrored, int sales)
    {
        Order("f1", new(null));
        Happen(new PaymentInput.PayAnswered(Success));
        Answer(links.LastPayment, answer, end: false);

        loop.Step(new Arrival.CloseInstructed { Mirror = new(mirrored) });

        Assert.Equal(new Tally(sales, sales * 1250), Told().Sales);
        Assert.Equal((default, default), (Told().Reversals, new Ledger(journal).Accounts().Total().Reversals));
        Assert.Equal(default, new Ledger(journal).Accounts().Total().Sales);
    }

    PaymentId Newest => loop.State.Newest!.Value;

    int Closings => Facts.OfType<Fact.PeriodClosed>().Count();

    IEnumerable<Fact> Facts => journal.Read(1, 1000).Select(FactCodec.Decode);

    GatewayAnswer Success => new GatewayAnswer.Succeeded(links.LastPayment, "G1", Amount);

    string DeliveryOf(PaymentId id) =>
        (loop.State.Find(id) ?? new Ledger(journal).Find(id)!).Delivery.GetType().Name;

    /// <summary>The totals of the newest end-of-day.</summary>
    PeriodTotals Told() => ((EndOfDay)loop.State.Find(Newest)!.Order).Totals;

    void Close() => loop.Step(new Arrival.CloseInstructed());

    void Order(string fingerprint, Mirror? mirror = null) => loop.Step(new Arrival.Instructed(
        Amount, Codes.Of("281234567890123456", fingerprint, new Clock(time).Now))
    { Mirror = mirror });

    void Sell(string fingerprint, bool end = true, Mirror? mirror = null)
    {
        Order(fingerprint, mirror);
        Happen(new PaymentInput.PayAnswered(Success));
        Answer(links.LastPayment, EcrAnswer.Acknowledged, end);
    }

    void Happen(PaymentInput what) => loop.Step(new DeskInput.Happened(links.LastPayment, what));

    /// <param name="end">06 0F is acknowledged.</param>
    void Answer(PaymentId id, EcrAnswer answer, bool end)
    {
        loop.Step(new DeskInput.Answered(id, answer));
        loop.Step(new DeskInput.Closed(id, Acknowledged: end));
    }

    void Restart(bool really)
    {
        if (really)
        {
            journal = journal.Crash();
            loop = Start();
            loop.Recover();
        }
    }

    CheckoutLoop Start() =>
        new(new Desk(Policy.Default).Next, new Ledger(journal), new(links, links), new Clock(time))
        {
            Bar = _ => hasRoom ? null : RefusalReason.JournalFull,
        };
}
