using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Payments;

/// <summary>One order at a time, a code once.</summary>
public sealed class LaneTests
{
    static RefusalReason LastRefusal(Rehearsal story) => story.All<Effect.Refuse>()[^1].Refusal.Reason;

    /// <summary>Why the last order ended.</summary>
    static NotPaidReason LastReason(Rehearsal story) => Assert.IsType<Outcome.Rejected>(story.Told[^1]).Why.Reason;

    static Rehearsal Awaiting() => new Rehearsal().Order(Some.Order());

    /// <summary>Approved and acknowledged; 06 0F acknowledged or not.</summary>
    static Rehearsal Approved(bool closed) => Rehearsal.Offered().Ecr(EcrAnswer.Acknowledged).Closed(closed);

    [Fact]
    public void An_order_without_a_code_waits_40_s_for_one()
    {
        var story = Awaiting().At(39.9);
        Assert.Empty(story.Told);
        Assert.Equal(NotPaidReason.NoCodeScanned, LastReason(story.At(40)));
        Assert.IsType<LaneState.Idle>(story.Ecr(EcrAnswer.Acknowledged).Closed().State.Lane);
    }

    [Fact]
    public void A_scan_begins_the_payment()
    {
        var story = Awaiting().At(10).Scan(Some.Code("f3", 10));
        Assert.Equal(["Record", "Charge"], story.Kinds(10).Take(2));
        Assert.Equal("f3", ((Sale)story.Sale.Order).Fingerprint);
    }

    [Fact]
    public void A_scan_that_nobody_asked_for_is_dropped()
    {
        Assert.Empty(new Rehearsal().Scan(Some.Code()).Done);
        Assert.Empty(Awaiting().At(40).Scan(Some.Code()).All<Effect.Charge>());
        Assert.Single(Rehearsal.Begun().Scan(Some.Code("f2")).All<Effect.Charge>());
    }

    [Fact]
    public void An_abort_before_the_code_is_local()
    {
        var story = Awaiting().Abort();
        Assert.Equal(NotPaidReason.Aborted, LastReason(story));
        Assert.Empty(story.Scan(Some.Code()).All<Effect.Charge>());
    }

    [Theory]
    [InlineData(45, 1)]
    [InlineData(45.1, 0)]
    public void A_code_older_than_45_s_is_refused(double age, int charges)
    {
        var story = new Rehearsal().At(age).Order(Some.Order(Some.Code()));
        Assert.Equal(charges, story.All<Effect.Charge>().Count);
        Assert.Equal(charges == 0,
            story.Told is [Outcome.Rejected { Why.Reason: NotPaidReason.CodeTooOld }]);
    }

    [Fact]
    public void A_second_order_is_refused_as_busy()
    {
        var story = Rehearsal.Begun().At(1).Order(Some.Order(Some.Code("f2")));
        Assert.Equal(RefusalReason.Busy, LastRefusal(story));
        Assert.Single(story.All<Effect.Charge>());
    }

    [Fact]
    public void The_same_order_again_before_the_answer_is_refused_as_busy()
    {
        var story = Rehearsal.Begun().At(1);
        Assert.Equal(RefusalReason.Busy, LastRefusal(story.Order(Some.Order(Some.Code(), story.Sale))));
    }

    [Fact]
    public void A_resend_before_06_0F_was_acknowledged_gets_the_stored_answer()
    {
        var story = Approved(closed: false);
        story.Order(Some.Order(Some.Code(), story.Sale)).Ecr(EcrAnswer.Acknowledged).Closed();
        Assert.Equal(story.Told[0], story.Told[1]);
        Assert.Single(story.All<Effect.Charge>());
        Assert.IsType<DeliveryState.Completed>(story.Sale.Delivery);
    }

    [Fact]
    public void A_resend_that_the_till_does_not_take_books_nothing()
    {
        var story = Approved(closed: false);
        story.Order(Some.Order(Some.Code(), story.Sale)).Ecr(EcrAnswer.Refused).Closed();
        Assert.IsType<DeliveryState.Acknowledged>(story.Sale.Delivery);
        Assert.Empty(story.At(1000).All<Effect.Cancel>());
    }

    [Fact]
    public void A_resend_of_an_offered_approval_after_power_loss_gets_the_stored_answer()
    {
        var story = Rehearsal.Offered().Restart().Link();
        story.Order(Some.Order(Some.Code(), story.Sale)).Ecr(EcrAnswer.Acknowledged).Closed();
        Assert.Equal(story.Told[0], story.Told[1]);
        Assert.Empty(story.At(1000).All<Effect.Cancel>());
        Assert.Single(story.All<Effect.Charge>());
    }

    [Fact]
    public void A_code_whose_payment_is_complete_is_refused_with_its_receipt()
    {
        var story = Approved(closed: true);
        story.Order(Some.Order(Some.Code(), story.Sale));
        Assert.Equal(new NotPaid(NotPaidReason.CodeUsed, "0007"), ((Outcome.Rejected)story.Told[^1]).Why);
        Assert.Single(story.All<Effect.Charge>());
    }

    [Fact]
    public void The_same_code_with_another_amount_is_refused()
    {
        var story = Approved(closed: false);
        var order = Some.Order(Some.Code(), story.Sale);
        story.Order(order with { Sale = order.Sale with { Amount = new(1, Currency.Eur) } });
        Assert.Equal(NotPaidReason.CodeUsed, LastReason(story));
    }

    [Fact]
    public void The_code_of_a_failed_payment_gets_the_stored_refusal_and_no_second_try()
    {
        var story = Rehearsal.Begun().Pay(Some.Fail).Ecr(EcrAnswer.Acknowledged).Closed();
        story.Order(Some.Order(Some.Code(), story.Sale));
        Assert.Equal(story.Told[0], story.Told[1]);
        Assert.Single(story.All<Effect.Charge>());
    }

    [Fact]
    public void A_sixth_payment_is_refused_while_five_are_unresolved()
    {
        var story = new Rehearsal();
        for (var i = 0; i < 6; i++)
        {
            var id = new PaymentId($"P{i}");
            var start = 40 * i;
            story.At(start).Order(new(Some.Sale(id), Some.Code($"c{i}", start), null)).At(start + 30);
            story.Give(new DeskInput.Answered(id, EcrAnswer.Acknowledged)).Give(new DeskInput.Closed(id, true));
        }
        Assert.Equal(5, story.State.Unresolved);
        Assert.Equal(5, story.All<Effect.Charge>().Count);
        Assert.Equal(NotPaidReason.TooManyUnresolved, LastReason(story));
    }

    [Fact]
    public void Other_codes_are_accepted_while_a_payment_resolves_in_the_background()
    {
        var story = Rehearsal.Begun().At(30).Ecr(EcrAnswer.Acknowledged).Closed();
        story.Order(new(Some.Sale(Some.OtherId), Some.Code("f2", 30), null));
        Assert.Equal(2, story.All<Effect.Charge>().Count);
    }

    [Fact]
    public void With_nothing_to_repeat_06_20_is_refused() =>
        Assert.Equal(RefusalReason.NoTransaction, LastRefusal(new Rehearsal().Repeat()));

    [Fact]
    public void While_paying_06_20_is_refused_as_busy() =>
        Assert.Equal(RefusalReason.Busy, LastRefusal(Rehearsal.Begun().Repeat()));
}
