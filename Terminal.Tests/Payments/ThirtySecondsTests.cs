using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;

namespace Terminal.Tests.Payments;

/// <summary>The first thirty seconds, at their exact moments.</summary>
public sealed class ThirtySecondsTests
{
    [Fact]
    public void The_request_is_recorded_before_pay_leaves() =>
        Assert.Equal(["Record", "Charge"], Rehearsal.Begun().Kinds(0).Take(2));

    [Fact]
    public void A_silent_gateway_is_asked_at_5_s_and_then_every_3_s_start_to_start()
    {
        var story = Rehearsal.Begun();
        foreach (var second in new[] { 5.5, 8.5, 11.5, 14.5, 17.5, 20.5 })
        {
            story.At(second).Inquiry(Some.Processing);
        }
        story.At(24);
        Assert.Equal([5, 8, 11, 14, 17, 20, 23], story.Seconds<Effect.Query>());
    }

    [Fact]
    public void The_first_inquiry_follows_2_s_after_an_undecided_pay_answer()
    {
        var story = Rehearsal.Begun().At(0.5).Pay(Some.Processing).At(3);
        Assert.Equal([2.5], story.Seconds<Effect.Query>());
    }

    [Fact]
    public void The_first_inquiry_is_never_later_than_5_s()
    {
        var story = Rehearsal.Begun().At(4.5).Pay(Some.Unknown).At(5);
        Assert.Equal([5], story.Seconds<Effect.Query>());
    }

    [Fact]
    public void A_notification_asks_at_once()
    {
        var story = Rehearsal.Begun().At(1.5).Happen(new PaymentInput.Nudged());
        Assert.Equal([1.5], story.Seconds<Effect.Query>());
    }

    [Fact]
    public void Only_one_question_is_in_flight()
    {
        var story = Rehearsal.Begun().At(5).Happen(new PaymentInput.Nudged()).At(9.9).Happen(new PaymentInput.Nudged());
        Assert.Equal([5], story.Seconds<Effect.Query>());
    }

    [Fact]
    public void A_question_may_take_5_s()
    {
        var story = Rehearsal.Begun().At(10);
        Assert.Equal([5, 10], story.Seconds<Effect.Query>());
        Assert.All(story.All<Effect.Query>(), q => Assert.Equal(TimeSpan.FromSeconds(5), q.Limit));
    }

    [Fact]
    public void The_last_inquiry_starts_at_23_s_and_may_take_2_s()
    {
        var story = Rehearsal.Begun().At(20.5).Inquiry(Some.Processing).At(23);
        Assert.Equal((23, TimeSpan.FromSeconds(2)),
            (story.Seconds<Effect.Query>()[^1], story.All<Effect.Query>()[^1].Limit));
    }

    [Fact]
    public void Without_a_last_answer_the_cancel_leaves_in_the_step_that_records_it()
    {
        var story = Rehearsal.Begun().At(20.5).Inquiry(Some.Processing).At(25);
        Assert.Equal(["Record", "Cancel", "Progress"], story.Kinds(25));
        Assert.IsType<Fact.Cancelling>(story.All<Effect.Record>()[^1].Fact);
    }

    [Fact]
    public void The_cancel_follows_a_last_answer_without_a_gap()
    {
        var story = Rehearsal.Begun().At(20.5).Inquiry(Some.Processing).At(23.75).Inquiry(Some.NotFound);
        Assert.Equal([23.75], story.Seconds<Effect.Cancel>());
    }

    [Fact]
    public void A_question_in_flight_at_23_s_becomes_the_last_one()
    {
        var story = Rehearsal.Begun().At(19.5).Inquiry(Some.Processing).At(24.5);
        Assert.Equal(19.5, story.Seconds<Effect.Query>()[^1]);
        Assert.Equal([25], story.At(25).Seconds<Effect.Cancel>());
    }

    [Fact]
    public void Without_any_answer_the_till_hears_not_confirmed_by_29_5_s()
    {
        var story = Rehearsal.Begun().At(40);
        Assert.Equal([29], story.Seconds<Effect.Offer>());
        Assert.Equal([new Outcome.NotConfirmed()], story.Told);
        Assert.Equal(Some.At(29.5), story.All<Effect.Offer>()[0].By);
    }

    [Fact]
    public void An_acknowledged_cancel_tells_not_paid_at_once()
    {
        var story = Rehearsal.Cancelling().At(26).Cancel(Some.Accepted);
        Assert.Equal([new Outcome.Rejected(new(NotPaidReason.NoAnswer))], story.Told);
        Assert.Equal([26], story.Seconds<Effect.Offer>());
    }

    [Fact]
    public void A_cancel_that_fails_fast_is_repeated_after_half_a_second_and_a_second()
    {
        var story = Rehearsal.Cancelling().Cancel(Some.Unknown).At(25.5).Cancel(Some.Unknown).At(26.5);
        Assert.Equal([25, 25.5, 26.5], story.Seconds<Effect.Cancel>());
    }

    [Fact]
    public void No_intermediate_status_starts_after_23_s() =>
        Assert.All(Rehearsal.Begun().At(40).All<Effect.Progress>(), p => Assert.Equal(Some.At(23), p.Until));

    [Fact]
    public void A_loop_that_was_held_up_still_tells_something_when_it_wakes()
    {
        var story = Rehearsal.Begun().Stall(31);
        Assert.Equal([new Outcome.NotConfirmed()], story.Told);
    }

    [Fact]
    public void Pay_is_sent_again_once_when_nothing_left_the_box_before_5_s()
    {
        var story = Rehearsal.Begun().At(3).Pay(Some.NotSent).At(4).Pay(Some.NotSent);
        Assert.Equal([0, 3], story.Seconds<Effect.Charge>());
        Assert.Single(story.All<Effect.Charge>().Select(c => c.Sale.Id).Distinct());
        Assert.Equal([new Outcome.Rejected(new(NotPaidReason.NoConnection))], story.Told);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(9)]
    public void Pay_is_not_sent_again_from_5_s_on(double second)
    {
        var story = Rehearsal.Begun().At(second).Pay(Some.NotSent);
        Assert.Single(story.All<Effect.Charge>());
        Assert.IsType<PaymentState.Failed>(story.Sale.Payment);
    }

    [Fact]
    public void Pay_is_never_sent_again_after_an_answer_that_may_mean_it_left()
    {
        var story = Rehearsal.Begun().At(1).Pay(Some.Unknown).At(700);
        Assert.Single(story.All<Effect.Charge>());
    }

    [Fact]
    public void An_abort_keeps_the_wallet_floor_then_asks_once_more_and_cancels()
    {
        var policy = Policy.Default with { AbortFloor = TimeSpan.FromSeconds(15) };
        var story = Rehearsal.Begun(policy).At(6).Inquiry(Some.Processing).Abort()
            .At(8.5).Inquiry(Some.Processing).At(11.5).Inquiry(Some.Processing).At(14.5).Inquiry(Some.Processing)
            .At(15.5).Inquiry(Some.Processing);
        Assert.Equal([5, 8, 11, 14, 15], story.Seconds<Effect.Query>());
        Assert.Equal([15.5], story.Seconds<Effect.Cancel>());
        Assert.Contains("AbortAsked", story.Recorded);
        story.Cancel(Some.Accepted);
        Assert.Equal([new Outcome.Rejected(new(NotPaidReason.Aborted))], story.Told);
    }

    [Fact]
    public void A_success_before_the_cancel_is_recorded_wins_over_an_abort()
    {
        var story = Rehearsal.Begun().At(1).Abort().At(1).Inquiry(Some.Success());
        Assert.Equal([new Outcome.Approved(Some.GatewayId)], story.Told);
        Assert.Empty(story.At(100).All<Effect.Cancel>());
    }
}
