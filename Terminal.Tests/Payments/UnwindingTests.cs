using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;

namespace Terminal.Tests.Payments;

/// <summary>After the point of no return: cancel, prove it, or refund.</summary>
public sealed class UnwindingTests
{
    /// <summary>Cancel refused as too late, the gateway says paid.</summary>
    static Rehearsal RefundDue() =>
        Rehearsal.Cancelling().At(26).Cancel(Some.WindowExceeded).At(27).Inquiry(Some.Success());

    static Rehearsal Refunding() => RefundDue().At(85).Inquiry(Some.Success())
        .Happen(new PaymentInput.RefundIdDrawn(Some.Refund));

    [Fact]
    public void Cancels_are_repeated_on_the_stated_schedule()
    {
        var story = Rehearsal.Offered().Ecr(EcrAnswer.Refused).Closed();
        for (var i = 0; i < 30; i++)
        {
            var next = story.Cancel(Some.Unknown).State.WakeAt;
            story.At(TimeSpan.FromTicks(next.Ticks).TotalSeconds);
        }
        var at = story.Seconds<Effect.Cancel>();
        var pauses = at.Skip(1).Zip(at, (later, earlier) => later - earlier);
        Assert.Equal([2, 3, 3, 5, 5, 10, 20, 40, .. Enumerable.Repeat(60.0, 14), .. Enumerable.Repeat(300.0, 8)],
            pauses);
    }

    [Fact]
    public void A_person_is_alarmed_once_after_the_fifth_attempt()
    {
        var story = Rehearsal.Cancelling().At(2000);
        Assert.Equal(story.Seconds<Effect.Cancel>()[5], Assert.Single(story.Seconds<Effect.Alarm>()));
    }

    [Fact]
    public void A_gateway_that_knows_and_does_not_know_the_payment_is_not_flooded_with_cancels()
    {
        var story = Rehearsal.Cancelling();
        for (var i = 0; i < 20; i++)
        {
            story.Cancel(Some.NotFound).Inquiry(Some.Success());
            story.At(Math.Max(25, TimeSpan.FromTicks(story.State.WakeAt.Ticks).TotalSeconds));
        }
        var at = story.Seconds<Effect.Cancel>();
        Assert.Equal(at.Distinct(), at);
    }

    [Fact]
    public void Answers_are_journaled_once_per_change_and_not_per_attempt()
    {
        var story = Rehearsal.Cancelling().Cancel(Some.NotFound).Inquiry(Some.NotFound).At(26).Cancel(Some.NotFound)
            .Inquiry(Some.NotFound).At(28).Cancel(Some.Refused);
        Assert.Equal(["Requested", "Cancelling", "CancelAnswered", "CancelAnswered"], story.Recorded);
    }

    [Fact]
    public void An_exceeded_window_asks_before_anything_is_refunded()
    {
        var story = Rehearsal.Cancelling().At(26).Cancel(Some.WindowExceeded);
        Assert.Equal(26, story.Seconds<Effect.Query>()[^1]);
        Assert.Empty(story.At(26.5).All<Effect.DrawRefundId>());
    }

    [Fact]
    public void A_refund_waits_60_s_after_the_last_cancel_and_asks_again_first()
    {
        var story = RefundDue();
        Assert.Equal(25, story.Seconds<Effect.Cancel>()[^1]);
        story.At(85);
        Assert.Equal(85, story.Seconds<Effect.Query>()[^1]);
        Assert.Empty(story.All<Effect.DrawRefundId>());
        Assert.Single(story.Inquiry(Some.Success()).All<Effect.DrawRefundId>());
    }

    [Fact]
    public void Nothing_is_refunded_when_the_cancel_worked_after_all()
    {
        var story = RefundDue().At(85).Inquiry(Some.Cancelled);
        Assert.IsType<PaymentState.Cancelled>(story.Sale.Payment);
        Assert.Empty(story.All<Effect.Refund>());
    }

    [Fact]
    public void Money_of_another_amount_is_not_refunded_by_guess()
    {
        var story = RefundDue().At(85).Inquiry(new GatewayAnswer.Succeeded(Some.Id, "G", new(900, Currency.Eur)));
        Assert.IsType<PaymentState.NeedsAttention>(story.Sale.Payment);
        Assert.Empty(story.All<Effect.DrawRefundId>());
    }

    [Fact]
    public void A_refund_id_is_durable_before_the_refund_leaves()
    {
        var story = Refunding();
        var at = story.Done.FindIndex(d => d.Effect is Effect.Refund);
        Assert.IsType<Fact.RefundStarted>(Assert.IsType<Effect.Record>(story.Done[at - 1].Effect).Fact);
    }

    [Fact]
    public void A_refund_without_an_answer_is_asked_about_and_repeated_under_its_id()
    {
        var story = Refunding().Refund(Some.Unknown).At(89).RefundInquiry(Some.NotFound);
        Assert.Equal([Some.Refund, Some.Refund], story.All<Effect.Refund>().Select(r => r.Id));
        Assert.Single(story.All<Effect.DrawRefundId>());
    }

    [Fact]
    public void A_new_refund_id_is_drawn_only_after_the_old_one_is_said_to_have_failed()
    {
        var story = Refunding().Refund(Some.Refused);
        Assert.Single(story.All<Effect.DrawRefundId>());
        story.RefundInquiry(Some.Processing).At(89).RefundInquiry(Some.Unknown).At(95);
        Assert.Single(story.All<Effect.DrawRefundId>());
        Assert.Equal(2, story.RefundInquiry(Some.Refused).All<Effect.DrawRefundId>().Count);
    }

    [Fact]
    public void A_refund_that_the_gateway_keeps_refusing_goes_to_a_person()
    {
        var story = Refunding();
        for (var i = 0; i < 3; i++)
        {
            story.Refund(Some.Refused).RefundInquiry(Some.Refused)
                .Happen(new PaymentInput.RefundIdDrawn(new($"again{i}")));
        }
        story.Refund(Some.Refused).RefundInquiry(Some.Refused);
        Assert.IsType<PaymentState.NeedsAttention>(story.Sale.Payment);
    }

    [Theory]
    [InlineData(60, 120)]
    [InlineData(30, 120)]
    [InlineData(90, 150)]
    [InlineData(null, 660)]
    public void An_unknown_order_counts_as_not_charged_only_after_its_validity_and_a_minute(int? expiry, double proof)
    {
        var sale = Some.Sale() with { Expiry = expiry is { } s ? TimeSpan.FromSeconds(s) : null };
        var story = new Rehearsal().Order(new(sale, Some.Code(), null)).At(25);
        while (story.Sale.Payment is not PaymentState.Failed)
        {
            Assert.True(story.Now < Some.At(proof + 60));
            if (story.Sale.Payment is PaymentState.Cancelling.Sent)
            {
                story.Cancel(Some.NotFound).Inquiry(Some.NotFound);
            }
            else
            {
                story.At(TimeSpan.FromTicks(story.State.WakeAt.Ticks).TotalSeconds);
            }
        }
        Assert.True(story.Now >= Some.At(proof));
    }

    [Fact]
    public void An_accepted_cancel_of_an_unknown_payment_is_proved_by_waiting()
    {
        var story = Rehearsal.Cancelling().Cancel(Some.Accepted).Inquiry(Some.NotFound);
        Assert.IsType<PaymentState.CancelAcknowledged>(story.Sale.Payment);
        story.At(119.9).Inquiry(Some.NotFound);
        Assert.IsType<PaymentState.CancelAcknowledged>(story.Sale.Payment);
        story.At(200).Inquiry(Some.NotFound);
        Assert.IsType<PaymentState.Cancelled>(story.Sale.Payment);
    }

    [Fact]
    public void An_accepted_cancel_that_is_found_paid_is_cancelled_again()
    {
        var story = Rehearsal.Cancelling().Cancel(Some.Accepted).Inquiry(Some.Success());
        Assert.Equal([25, 25], story.Seconds<Effect.Cancel>());
    }

    [Fact]
    public void Start_up_asks_once_and_cancels_whatever_it_hears()
    {
        var story = Rehearsal.Begun().At(3).Restart();
        Assert.Equal("Cancelling", story.Recorded[^1]);
        Assert.Empty(story.All<Effect.Cancel>());
        story.Inquiry(Some.Success());
        Assert.Single(story.All<Effect.Cancel>());
        Assert.Single(story.All<Effect.Charge>());
        story.AssertNotTold<Outcome.Approved>();
    }

    [Fact]
    public void Start_up_cancels_also_without_an_answer()
    {
        var story = Rehearsal.Begun().At(3).Restart().At(8);
        Assert.Equal([8], story.Seconds<Effect.Cancel>());
    }

    [Fact]
    public void A_restart_begins_the_not_charged_wait_again()
    {
        var story = Rehearsal.Cancelling().At(100).Restart().Inquiry(Some.NotFound).Cancel(Some.Accepted);
        Assert.IsType<PaymentState.CancelAcknowledged>(story.At(215).Inquiry(Some.NotFound).Sale.Payment);
        Assert.IsType<PaymentState.Cancelled>(story.At(300).Inquiry(Some.NotFound).Sale.Payment);
    }

    [Fact]
    public void A_restart_asks_after_the_refund_before_it_repeats_it()
    {
        var story = Refunding().Restart().At(86);
        Assert.Single(story.All<Effect.QueryRefund>());
        Assert.Single(story.All<Effect.Refund>());
        story.RefundInquiry(Some.Accepted);
        Assert.IsType<PaymentState.Refunded>(story.Sale.Payment);
    }

    [Fact]
    public void A_person_can_close_whatever_the_gateway_never_confirms()
    {
        PaymentInput resolved = new PaymentInput.Resolved("Ada", "seen in the portal");
        Rehearsal[] open = [Rehearsal.Cancelling(), Rehearsal.Cancelling().Cancel(Some.Accepted), RefundDue(),
            Refunding()];
        foreach (var story in open)
        {
            story.Happen(resolved);
            Assert.IsType<PaymentState.Cancelled>(story.Sale.Payment);
            Assert.Contains("Resolved", story.Recorded);
        }
    }

    [Fact]
    public void A_sale_that_may_still_be_approved_cannot_be_resolved_by_a_person()
    {
        var story = Rehearsal.Begun().At(6).Happen(new PaymentInput.Resolved("Ada", "too early"));
        Assert.IsAssignableFrom<PaymentState.Pending>(story.Sale.Payment);
    }
}
