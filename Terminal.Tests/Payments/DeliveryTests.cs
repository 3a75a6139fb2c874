using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Payments;

/// <summary>What the till is told, what it heard, and when an approval is taken back.</summary>
public sealed class DeliveryTests
{
    static readonly Outcome Approved = new Outcome.Approved(Some.GatewayId);
    static readonly Outcome NotConfirmed = new Outcome.NotConfirmed();

    /// <summary>
    /// Power fails after the approval left and before the till's answer is known; the link is back at 10 s.
    /// </summary>
    static Rehearsal Held(Policy? policy = null) => Rehearsal.Offered(policy).At(5).Restart().At(10).Link();

    [Fact]
    public void An_approval_is_recorded_before_it_is_offered()
    {
        var story = Rehearsal.Offered();
        Assert.Equal(["Record", "Record", "Offer"], story.Kinds(1));
        Assert.Equal(["Requested", "Paid", "Offered"], story.Recorded);
    }

    [Fact]
    public void The_tills_acknowledgement_is_recorded_before_06_0F_leaves()
    {
        var story = Rehearsal.Offered().At(2).Ecr(EcrAnswer.Acknowledged);
        Assert.Equal(["Record", "Complete"], story.Kinds(2));
        Assert.Equal("Acknowledged", story.Recorded[^1]);
    }

    [Fact]
    public void An_acknowledged_approval_stands()
    {
        var story = Rehearsal.Offered().Ecr(EcrAnswer.Acknowledged).Closed().At(10_000);
        Assert.IsType<DeliveryState.Completed>(story.Sale.Delivery);
        Assert.Empty(story.All<Effect.Cancel>());
        Assert.IsType<LaneState.Idle>(story.State.Lane);
    }

    [Theory]
    [InlineData(EcrAnswer.Refused)]
    [InlineData(EcrAnswer.Silent)]
    public void An_approval_that_the_till_does_not_take_is_withdrawn_and_cancelled_in_one_step(EcrAnswer answer)
    {
        var story = Rehearsal.Offered().At(2).Ecr(answer);
        Assert.Equal(["Withdrawn", "Cancelling"], story.Recorded.TakeLast(2));
        Assert.Equal(["Record", "Close", "Record", "Cancel"], story.Kinds(2));
    }

    [Fact]
    public void A_till_that_asks_for_patience_is_asked_again_after_2_s()
    {
        var story = Rehearsal.Offered().Ecr(EcrAnswer.NotYet).At(3);
        Assert.Equal([1, 3], story.Seconds<Effect.Offer>());
    }

    [Fact]
    public void Patience_ends_after_15_repeats()
    {
        var story = Rehearsal.Offered();
        for (var i = 0; i < 15; i++)
        {
            story.Ecr(EcrAnswer.NotYet).At(3 + (2 * i));
        }
        Assert.Equal(16, story.All<Effect.Offer>().Count);
        Assert.Empty(story.All<Effect.Cancel>());
        Assert.Single(story.Ecr(EcrAnswer.NotYet).All<Effect.Cancel>());
        Assert.IsType<DeliveryState.Withdrawn>(story.Sale.Delivery);
    }

    [Fact]
    public void Repeats_carry_the_same_outcome()
    {
        var story = Rehearsal.Begun().At(29).Ecr(EcrAnswer.NotYet).At(30).Cancel(Some.Accepted).At(31);
        Assert.Equal([NotConfirmed, NotConfirmed], story.Told);
    }

    [Fact]
    public void Power_loss_holds_an_offered_approval_as_captured()
    {
        var story = Held().At(189.9);
        Assert.IsType<DeliveryState.Held>(story.Sale.Delivery);
        Assert.Empty(story.All<Effect.Cancel>());
    }

    [Fact]
    public void After_power_loss_06_20_offers_the_same_approval_and_its_acknowledgement_keeps_it()
    {
        var story = Held().At(20).Repeat();
        Assert.Equal([Approved, Approved], story.Told);
        story.Ecr(EcrAnswer.Acknowledged).Closed().At(1000);
        Assert.Equal(["Acknowledged", "Completed"], story.Recorded.TakeLast(2));
        Assert.Empty(story.All<Effect.Cancel>());
    }

    [Fact]
    public void A_held_approval_is_withdrawn_180_s_after_the_link_is_ready()
    {
        var story = Held().At(190);
        Assert.Equal([190], story.Seconds<Effect.Cancel>());
        Assert.Single(story.All<Effect.Alarm>());
    }

    [Fact]
    public void A_second_ready_link_does_not_prolong_the_wait() =>
        Assert.Equal([190], Held().At(100).Link().At(400).Seconds<Effect.Cancel>().Take(1));

    [Fact]
    public void Without_a_link_a_held_approval_waits() =>
        Assert.Empty(Rehearsal.Offered().Restart().At(10_000).All<Effect.Cancel>());

    [Fact]
    public void Another_order_withdraws_a_held_approval_before_the_new_payment_starts()
    {
        var story = Held().At(30);
        story.Order(new(Some.Sale(Some.OtherId), Some.Code("f2", 30), null));
        Assert.Equal(["Record", "Alarm", "Record", "Cancel", "Record", "Charge"], story.Kinds(30).Take(6));
    }

    [Fact]
    public void A_person_is_left_to_decide_on_a_held_approval_if_so_set()
    {
        var policy = Policy.Default with { HoldForPerson = true };
        Assert.Empty(Held(policy).At(100_000).All<Effect.Cancel>());
        Assert.Empty(Rehearsal.Offered(policy).Ecr(EcrAnswer.LineDown).At(100_000).All<Effect.Cancel>());
    }

    [Fact]
    public void What_is_held_for_a_person_is_returned_when_the_person_says_so()
    {
        var story = Held(Policy.Default with { HoldForPerson = true }).At(100_000);
        story.Happen(new PaymentInput.Resolved("anna", "the till has no receipt"));
        Assert.Equal(["Withdrawn", "Cancelling"], story.Recorded.TakeLast(2));
        Assert.Single(story.All<Effect.Cancel>());
    }

    [Fact]
    public void Beside_an_approval_held_for_a_person_no_sale_without_its_code_begins()
    {
        var story = Held(Policy.Default with { HoldForPerson = true }).At(30);
        story.Order(new(Some.Sale(Some.OtherId), null, null));
        var declined = Assert.IsType<Outcome.Rejected>(story.Told[^1]);
        Assert.Equal(NotPaidReason.TooManyUnresolved, declined.Why.Reason);
        story.Give(new DeskInput.Answered(Some.OtherId, EcrAnswer.LineDown));
        story.Order(new(Some.Sale(Some.ReturnId), Some.Code("f2", 30), null));
        Assert.Equal(2, story.All<Effect.Charge>().Count);
    }

    [Fact]
    public void An_approval_that_meets_a_line_that_is_down_waits_15_s_for_06_20()
    {
        var story = Rehearsal.Offered().Ecr(EcrAnswer.LineDown).At(15.9);
        Assert.Empty(story.All<Effect.Cancel>());
        Assert.IsType<LaneState.Idle>(story.State.Lane);
        Assert.Equal([16], story.At(16).Seconds<Effect.Cancel>());
    }

    [Fact]
    public void An_approval_that_met_a_line_that_was_down_is_offered_again_by_06_20()
    {
        var story = Rehearsal.Offered().Ecr(EcrAnswer.LineDown).At(10).Repeat().Ecr(EcrAnswer.Acknowledged);
        Assert.Equal([Approved, Approved], story.Told);
        Assert.Empty(story.At(1000).All<Effect.Cancel>());
    }

    [Fact]
    public void After_a_withdrawal_no_approval_leaves_on_any_path()
    {
        var story = Rehearsal.Offered().Ecr(EcrAnswer.Silent).Closed(false);
        var told = story.Told.Count;
        story.At(2).Repeat().Ecr(EcrAnswer.Acknowledged).Closed()
            .At(3).Order(Some.Order(Some.Code(), story.Sale)).Ecr(EcrAnswer.Acknowledged).Closed()
            .At(4).Restart().At(5).Repeat().Ecr(EcrAnswer.Acknowledged).Closed();
        Assert.Equal([NotConfirmed, NotConfirmed, NotConfirmed], story.Told[told..]);
    }

    [Fact]
    public void A_late_acknowledgement_of_a_withdrawn_approval_is_recorded_and_answered_by_06_1E_and_an_alarm()
    {
        var story = Rehearsal.Offered().Ecr(EcrAnswer.Silent).Closed(false).At(9).Ecr(EcrAnswer.Acknowledged);
        Assert.Equal(["Record", "Close", "Alarm"], story.Kinds(9));
    }

    [Fact]
    public void After_a_cancel_06_20_tells_not_paid_with_the_reason()
    {
        var story = Rehearsal.Cancelling().Cancel(Some.Accepted).Inquiry(Some.Cancelled)
            .Ecr(EcrAnswer.Acknowledged).Closed().Repeat();
        Assert.Equal(new Outcome.Rejected(new(NotPaidReason.NoAnswer)), story.Told[^1]);
    }

    [Fact]
    public void After_an_acknowledged_approval_06_20_tells_it_again()
    {
        var story = Rehearsal.Offered().Ecr(EcrAnswer.Acknowledged).Closed().Repeat().Ecr(EcrAnswer.Acknowledged);
        Assert.Equal([Approved, Approved], story.Told);
        Assert.Equal(2, story.All<Effect.Complete>().Count);
    }

    [Fact]
    public void Money_found_after_not_confirmed_was_told_goes_back()
    {
        var story = Rehearsal.Begun().Stall(31).Inquiry(Some.Success());
        Assert.Equal(["Paid", "Cancelling"], story.Recorded.TakeLast(2));
    }

    [Fact]
    public void Money_found_while_not_confirmed_is_told_again_goes_back()
    {
        var story = Rehearsal.Begun().Stall(31).Ecr(EcrAnswer.Acknowledged).Closed().Repeat().Inquiry(Some.Success());
        Assert.Equal(["Paid", "Cancelling"], story.Recorded.TakeLast(2));
    }

    [Fact]
    public void Money_that_nobody_was_told_of_goes_back_at_start_up()
    {
        var t = Recovery.Apply(Recovery.Apply(null, new Fact.Requested(Some.Sale())), new Fact.Paid(Some.GatewayId));
        var step = new Desk(Policy.Default).Next(
            new(new LaneState.Idle(), [t!], Some.Id), new DeskInput.Started(), Some.At(0));
        Assert.Single(step.Effects.OfType<Effect.Cancel>());
    }

    [Theory]
    [InlineData(EcrAnswer.Silent)]
    [InlineData(EcrAnswer.NotYet)]
    [InlineData(EcrAnswer.LineDown)]
    public void An_approval_that_stands_is_never_closed_as_not_paid(EcrAnswer answer)
    {
        var story = Rehearsal.Offered().Ecr(EcrAnswer.Acknowledged).Closed().Repeat().Ecr(answer);
        Assert.Empty(story.All<Effect.Close>());
        Assert.Equal(2, story.All<Effect.Complete>().Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_repeated_approval_that_the_till_refuses_stands_and_its_end_says_so(bool resend)
    {
        var story = Rehearsal.Offered().Ecr(EcrAnswer.Acknowledged).Closed(false).At(10);
        story = resend ? story.Order(Some.Order(Some.Code(), story.Sale)) : story.Repeat();
        story.Ecr(EcrAnswer.Refused).Closed();
        Assert.Equal(Approved, Assert.Single(story.All<Effect.Close>()).Outcome);
        Assert.Equal("Acknowledged", story.Recorded[^1]);
        Assert.IsType<DeliveryState.Acknowledged>(story.Sale.Delivery);
        Assert.Empty(story.At(1000).All<Effect.Cancel>());
    }

    [Fact]
    public void A_sale_stands_while_a_part_of_it_is_refunded_by_order()
    {
        var story = Rehearsal.Offered().Ecr(EcrAnswer.Acknowledged).Closed();
        story.Happen(new PaymentInput.RefundAsked(Some.Refund, 1)).Repeat();
        Assert.IsType<PaymentState.Refunding.Sent>(story.Sale.Payment);
        Assert.Equal(Approved, story.Told[^1]);
    }
}
