using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Payments;

/// <summary>An order that waits for its code belongs to its line, and is an order whatever becomes of it.</summary>
public sealed class WaitingOrderTests
{
    static Rehearsal Awaiting(bool hearsProgress = false) =>
        new Rehearsal().Order(Some.Order() with { HearsProgress = hearsProgress });

    static NotPaidReason LastReason(Rehearsal story) => Assert.IsType<Outcome.Rejected>(story.Told[^1]).Why.Reason;

    static DeskInput.TillThere There(PaymentId id) => new(id);

    static readonly DeskInput Gone = new DeskInput.TillGone();

    [Fact]
    public void It_is_durable_before_the_code_is_asked_for() =>
        Assert.Equal(["Record", "Progress"], Awaiting().Kinds(0));

    [Fact]
    public void It_ends_with_its_line_and_a_later_scan_starts_nothing()
    {
        var story = Awaiting().At(2).Give(Gone);
        Assert.Equal(NotPaidReason.TillGone, LastReason(story));
        story.Ecr(EcrAnswer.LineDown);
        Assert.IsType<LaneState.Idle>(story.State.Lane);
        Assert.Empty(story.At(8).Scan(Some.Code("f1", 8)).All<Effect.Charge>());
    }

    [Fact]
    public void The_next_order_is_paid_with_its_own_amount()
    {
        var story = Awaiting().Give(Gone).Ecr(EcrAnswer.LineDown);
        var next = Some.Sale(Some.OtherId) with { Fingerprint = "", Amount = new(500, Currency.Eur) };
        story.Order(new(next, null, null)).Scan(Some.Code());
        Assert.Equal(500, Assert.Single(story.All<Effect.Charge>()).Sale.Amount.Minor);
    }

    [Fact]
    public void After_an_approval_06_20_tells_of_the_newer_order_that_was_not_paid()
    {
        var story = Rehearsal.Offered().Ecr(EcrAnswer.Acknowledged).Closed();
        story.Order(new(Some.Sale(Some.OtherId) with { Fingerprint = "" }, null, null)).Give(Gone);
        story.Give(new DeskInput.Answered(Some.OtherId, EcrAnswer.LineDown)).Repeat();
        Assert.Equal(Some.OtherId, story.All<Effect.Offer>()[^1].Order.Id);
        Assert.Equal(NotPaidReason.TillGone, LastReason(story));
        Assert.Equal(NotPaidReason.TillGone, LastReason(story.Restart().Repeat()));
    }

    [Fact]
    public void A_power_cut_while_it_waits_ends_it()
    {
        var story = Awaiting().Restart();
        Assert.Equal(["Ordered", "Failed"], story.Recorded);
        Assert.Empty(story.Scan(Some.Code()).All<Effect.Charge>());
        Assert.Equal(NotPaidReason.Restarted, LastReason(story.Repeat()));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(3.1, false)]
    public void A_fresh_order_needs_no_proof(double second, bool charged) =>
        Assert.Equal(charged, Awaiting(hearsProgress: true).At(second).Scan(Some.Code("f1", second))
            .All<Effect.Charge>().Count == 1);

    [Fact]
    public void Of_a_till_without_04_FF_nothing_can_be_asked() =>
        Assert.Single(Awaiting().At(30).Scan(Some.Code("f1", 30)).All<Effect.Charge>());

    [Fact]
    public void An_older_one_is_paid_once_its_till_has_acknowledged_a_04_FF_sent_after_the_scan()
    {
        var story = Awaiting(hearsProgress: true).At(10).Scan(Some.Code("f1", 10));
        Assert.Equal(Some.Id, story.All<Effect.Progress>()[^1].Proves);
        Assert.Empty(story.At(10.9).Give(There(Some.OtherId)).All<Effect.Charge>());
        Assert.Equal([10.9], story.Give(There(Some.Id)).Seconds<Effect.Charge>());
    }

    [Fact]
    public void Without_that_it_ends_after_a_second()
    {
        var story = Awaiting(hearsProgress: true).At(10).Scan(Some.Code("f1", 10)).At(11);
        Assert.Equal(NotPaidReason.TillGone, LastReason(story));
        Assert.Empty(story.Give(There(Some.Id)).All<Effect.Charge>());
    }

    [Fact]
    public void From_the_moment_there_is_a_code_a_lost_line_aborts_nothing()
    {
        var story = Awaiting().Scan(Some.Code()).Give(Gone).At(1).Pay(Some.Success());
        Assert.IsType<Outcome.Approved>(Assert.Single(story.Told));
    }

    [Fact]
    public void A_code_that_was_submitted_before_neither_ends_nor_answers_it()
    {
        var before = Rehearsal.Offered().Ecr(EcrAnswer.Acknowledged).Closed();
        before.Order(new(Some.Sale(Some.OtherId) with { Fingerprint = "" }, null, null));
        before.Scan(Some.Code(), before.Sale);
        Assert.IsType<LaneState.AwaitingCode>(before.State.Lane);
        Assert.Single(before.All<Effect.ScanIgnored>());
        Assert.Equal(2, before.Scan(Some.Code("f2")).All<Effect.Charge>().Count);
    }

    [Fact]
    public void An_order_that_cannot_be_paid_has_its_own_receipt_too()
    {
        var story = new Rehearsal().Order(Some.Order(Some.Code()) with { Objection = NotPaidReason.Card });
        Assert.Equal(["Ordered", "Failed", "Offered"], story.Recorded);
        Assert.Equal(NotPaidReason.Card, LastReason(story));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_that_never_says_how_04_0F_was_answered_ends_as_silence(bool isApproved)
    {
        var story = Rehearsal.Begun().At(1).Pay(isApproved ? Some.Success() : Some.Fail).At(302);
        Assert.IsType<Effect.Close>(story.Done.Select(d => d.Effect).Last(e => e is Effect.Close));
        Assert.Equal(isApproved, story.Recorded.Contains("Withdrawn"));
        Assert.IsType<LaneState.Idle>(story.At(602).State.Lane);
    }

    [Fact]
    public void A_link_that_never_says_how_06_0F_ended_does_not_keep_the_lane()
    {
        var story = Rehearsal.Offered().Ecr(EcrAnswer.Acknowledged);
        Assert.IsType<LaneState.Paying>(story.At(300.9).State.Lane);
        Assert.IsType<LaneState.Idle>(story.At(301).State.Lane);
        Assert.IsType<DeliveryState.Acknowledged>(story.Sale.Delivery);
    }

    [Fact]
    public void An_ECR_that_began_anew_has_180_s_to_ask_for_an_approval()
    {
        var story = Rehearsal.Offered().Ecr(EcrAnswer.Restarted);
        Assert.IsType<LaneState.Idle>(story.State.Lane);
        Assert.Empty(story.At(180.9).All<Effect.Cancel>());
        Assert.Equal([181], story.At(181).Seconds<Effect.Cancel>());
    }

    [Fact]
    public void Its_next_order_withdraws_the_approval_before_pay_leaves()
    {
        var story = Rehearsal.Offered().Ecr(EcrAnswer.Restarted).At(5);
        story.Order(new(Some.Sale(Some.OtherId), Some.Code("f2", 5), null));
        Assert.Contains("Withdrawn", story.Recorded);
        var effects = story.Done.Where(d => d.Second == 5).Select(d => d.Effect).ToList();
        Assert.InRange(
            effects.FindIndex(e => e is Effect.Record { Fact: Fact.Withdrawn }), 0,
            effects.FindIndex(e => e is Effect.Charge));
    }

    [Theory]
    [InlineData(EcrAnswer.LineDown, 15)]
    [InlineData(EcrAnswer.Restarted, 180)]
    public void One_that_asked_for_patience_and_is_gone_is_not_offered_the_approval_again(EcrAnswer gone, int seconds)
    {
        var story = Rehearsal.Offered().Ecr(EcrAnswer.NotYet).Ecr(gone);
        var offers = story.All<Effect.Offer>().Count;
        Assert.IsType<LaneState.Idle>(story.State.Lane);
        Assert.IsType<DeliveryState.Held>(story.Sale.Delivery);
        Assert.Equal(offers, story.At(seconds).All<Effect.Offer>().Count);
        Assert.Empty(story.All<Effect.Cancel>());
        Assert.Single(story.At(seconds + 1).All<Effect.Cancel>());
    }
}
