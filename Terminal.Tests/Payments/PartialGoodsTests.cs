using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Payments;

/// <summary>84 9D: the ECR issues goods for less than was paid.</summary>
public sealed class PartialGoodsTests
{
    const long Part = 500, Rest = 750;

    /// <summary>Approved for 12.50, goods for 5.00.</summary>
    static Rehearsal InPart() => Rehearsal.Offered().At(2).Delivers(Part);

    static Rehearsal Refunding() => InPart().Draw(Some.Refund);

    static Rehearsal Returned() => Refunding().At(3).Refund(Some.Accepted).Closed();

    static Rehearsal Order(Rehearsal story, ReturnKind kind, long minor) => story.Return(kind, minor);

    static long Told(Rehearsal story) => story.All<Effect.Offer>()[^1].Order.Worth.Minor;

    [Fact]
    public void The_part_is_acknowledged_and_the_rest_owed_by_one_commit()
    {
        var story = InPart();
        Assert.Equal(["Record", "Complete", "DrawRefundId"], story.Kinds(2));
        Assert.Equal(["Requested", "Paid", "Offered", "Acknowledged"], story.Recorded);
        Assert.IsType<DeliveryState.Acknowledged>(story.Sale.Delivery);
        Assert.IsType<PaymentState.Refunding.Drawing>(story.Sale.Payment);
        Assert.True(story.Sale.IsUnresolved);
    }

    [Fact]
    public void What_was_not_delivered_is_refunded_once_and_the_part_stays()
    {
        var story = Returned().At(10_000);
        Assert.Equal(Rest, Assert.Single(story.All<Effect.Refund>()).Amount.Minor);
        Assert.Empty(story.All<Effect.Cancel>());
        Assert.Equal(Rest, Assert.IsType<PaymentState.PartiallyRefunded>(story.Sale.Payment).Returned);
        Assert.IsType<DeliveryState.Completed>(story.Sale.Delivery);
        Assert.IsType<LaneState.Idle>(story.State.Lane);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1251)]
    [InlineData(999_999_999_999)]
    public void Nothing_or_more_than_the_sale_takes_all_of_it_back(long minor)
    {
        var story = Rehearsal.Offered().At(2).Delivers(minor);
        Assert.Equal(["Withdrawn", "Cancelling"], story.Recorded.TakeLast(2));
        Assert.Empty(story.All<Effect.Complete>());
    }

    [Fact]
    public void All_of_the_sale_is_an_acknowledgement()
    {
        var story = Rehearsal.Offered().At(2).Delivers(1250).Closed().At(10_000);
        Assert.IsType<DeliveryState.Completed>(story.Sale.Delivery);
        Assert.IsType<PaymentState.Paid>(story.Sale.Payment);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1249)]
    public void The_smallest_part_and_the_smallest_rest_are_parts(long minor)
    {
        var story = Rehearsal.Offered().Delivers(minor).Draw(Some.Refund);
        Assert.Equal(1250 - minor, Assert.Single(story.All<Effect.Refund>()).Amount.Minor);
    }

    [Fact]
    public void A_repeat_changes_nothing()
    {
        var story = Refunding().Delivers(Part).Delivers(100).Delivers(0).At(3).Refund(Some.Accepted).Delivers(Part);
        Assert.Single(story.All<Effect.Refund>());
        Assert.Equal(1, story.Recorded.Count(r => r == "Acknowledged"));
        Assert.Equal(Rest, Assert.IsType<PaymentState.PartiallyRefunded>(story.Sale.Payment).Returned);
    }

    [Theory]
    [InlineData(Part, true)]
    [InlineData(100L, false)]
    [InlineData(0L, false)]
    public void To_06_20_it_is_answered_again_and_nothing_moves(long minor, bool isHeard)
    {
        var story = Returned().Repeat();
        Assert.Equal(Part, Told(story));
        story.Delivers(minor);
        Assert.Equal(isHeard, story.Done[^1].Effect is Effect.Complete);
        Assert.Equal(!isHeard, story.Done[^1].Effect is Effect.Close { Outcome: Outcome.Approved });
        Assert.Single(story.All<Effect.Refund>());
    }

    [Fact]
    public void Power_loss_before_the_refund_has_its_id_loses_nothing()
    {
        var story = InPart().Restart().Draw(Some.Refund);
        Assert.Equal(Rest, Assert.Single(story.All<Effect.Refund>()).Amount.Minor);
        Assert.Equal("RefundStarted", story.Recorded[^1]);
    }

    [Fact]
    public void Power_loss_in_the_refund_asks_what_became_of_it()
    {
        var story = Refunding().At(3).Restart().At(4);
        Assert.Equal(Some.Refund, Assert.Single(story.All<Effect.QueryRefund>()).Id);
        story.RefundInquiry(Some.Accepted).At(10_000);
        Assert.Single(story.All<Effect.Refund>());
        Assert.Equal(Rest, Assert.IsType<PaymentState.PartiallyRefunded>(story.Sale.Payment).Returned);
        Assert.Equal(Part, Told(story.Repeat()));
    }

    [Fact]
    public void Power_loss_before_the_answer_keeps_the_approval_and_06_20_gets_the_part()
    {
        var story = Rehearsal.Offered().At(5).Restart().At(10).Link().Repeat().Delivers(Part).Draw(Some.Refund);
        Assert.Equal(Rest, Assert.Single(story.All<Effect.Refund>()).Amount.Minor);
        Assert.Empty(story.All<Effect.Cancel>());
    }

    [Fact]
    public void A_refund_that_fails_for_good_needs_a_person_and_the_part_stands()
    {
        var story = Refunding();
        for (var i = 0; story.Sale.Payment is not PaymentState.NeedsAttention && i < 20; i++)
        {
            Refuse(story);
        }
        Assert.IsType<PaymentState.NeedsAttention>(story.Sale.Payment);
        Assert.NotEmpty(story.All<Effect.Alarm>());
        Assert.Equal(Part, Told(story.Closed().Repeat()));
        Assert.IsType<Outcome.Approved>(story.Told[^1]);

        story.Closed().Restart().Happen(new PaymentInput.Resolved("Ada", "in cash"));
        Assert.Equal(Rest, Assert.IsType<PaymentState.PartiallyRefunded>(story.Sale.Payment).Returned);
        Assert.IsType<Outcome.Approved>(story.Sale.Outcome);
    }

    /// <summary>The gateway refuses the call, and then does not know such a refund.</summary>
    static void Refuse(Rehearsal story)
    {
        if (story.Sale.Payment is PaymentState.Refunding.Sent)
        {
            story.Refund(Some.Refused);
        }
        if (story.Sale.Payment is PaymentState.Refunding.Inquiring)
        {
            story.RefundInquiry(Some.NotFound);
        }
        while (story.Sale.Payment is PaymentState.Refunding.Pausing)
        {
            story.At(TimeSpan.FromTicks(story.Now.Ticks).TotalSeconds + 1);
        }
    }

    [Fact]
    public void A_reversal_returns_what_is_left_by_refund()
    {
        var story = Order(Returned().At(10), ReturnKind.Reversal, Part).Refund(Some.Accepted);
        Assert.Equal([Rest, Part], story.All<Effect.Refund>().Select(r => r.Amount.Minor));
        Assert.Empty(story.All<Effect.Cancel>());
        Assert.IsType<PaymentState.Refunded>(story.Sale.Payment);
        Assert.IsType<PaymentState.Done>(story.Find(Some.ReturnId)!.Payment);
    }

    [Fact]
    public void A_reversal_of_the_whole_amount_is_of_another_amount()
    {
        var story = Order(Returned().At(10), ReturnKind.Reversal, 1250);
        var refusal = Assert.Single(story.All<Effect.Refuse>()).Refusal;
        Assert.Equal((RefusalReason.ReturnAmount, Part), (refusal.Reason, refusal.Most!.Value.Minor));
        Assert.Single(story.All<Effect.Refund>());
    }

    [Fact]
    public void A_refund_returns_at_most_what_is_left()
    {
        var story = Order(Returned().At(10), ReturnKind.Refund, Part + 1);
        Assert.Equal(RefusalReason.ReturnAmount, Assert.Single(story.All<Effect.Refuse>()).Refusal.Reason);
        Order(story, ReturnKind.Refund, Part).Refund(Some.Accepted);
        Assert.IsType<PaymentState.Refunded>(story.Sale.Payment);
    }

    [Theory]
    [InlineData(ReturnKind.Reversal)]
    [InlineData(ReturnKind.Refund)]
    public void While_the_rest_is_on_its_way_nothing_else_is_returned(ReturnKind kind)
    {
        var story = Order(Refunding().Closed().At(10), kind, Part);
        Assert.Equal(RefusalReason.ReturnUnderWay, Assert.Single(story.All<Effect.Refuse>()).Refusal.Reason);
        Assert.Single(story.All<Effect.Refund>());
    }

    [Fact]
    public void A_wallet_that_returns_no_part_gets_all_of_it_back_and_the_till_hears_why()
    {
        var code = new PaymentCode([.. "280123456789012345"u8], "f1", Some.At(0)) { IsIndivisible = true };
        var story = new Rehearsal().Order(Some.Order(code)).At(1).Pay(Some.Success()).At(2).Delivers(Part);
        Assert.Equal(["Withdrawn", "Cancelling"], story.Recorded.TakeLast(2));
        Assert.Empty(story.All<Effect.Refund>());
        Assert.Equal(new Outcome.Rejected(new(NotPaidReason.Indivisible)), story.All<Effect.Close>()[^1].Outcome);

        story.Closed().Cancel(Some.Accepted).Inquiry(Some.Cancelled).Restart().Repeat();
        Assert.Equal(new Outcome.Rejected(new(NotPaidReason.Indivisible)), story.Told[^1]);
    }

    [Fact]
    public void All_of_the_sale_is_an_acknowledgement_of_such_a_wallet_too()
    {
        var code = new PaymentCode([.. "280123456789012345"u8], "f1", Some.At(0)) { IsIndivisible = true };
        var story = new Rehearsal().Order(Some.Order(code)).At(1).Pay(Some.Success()).At(2).Delivers(1250);
        Assert.IsType<DeliveryState.Acknowledged>(story.Sale.Delivery);
    }

    /// <summary>The next order's 1F1F says that the ECR never booked it.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_part_that_the_ecr_did_not_book_goes_back_as_well(bool isRestReturned, bool isCut)
    {
        var story = Mirrored().Delivers(Part).Draw(Some.Refund).Closed(acknowledged: false);
        if (isRestReturned)
        {
            story.Refund(Some.Accepted);
        }
        story.Order(Some.Order(Some.Code("f2"), null) with
        {
            Sale = Some.Sale(Some.OtherId) with { Receipt = 8, IsMirrored = true },
            Mirror = new(6) { Payment = story.Sale, Before = [6] },
        });
        Assert.Contains("Withdrawn", story.Recorded);
        if (!isRestReturned)
        {
            story.Refund(Some.Accepted);
        }
        if (isCut)
        {
            story.Restart();
        }
        story.Draw(Some.OtherRefund).Refund(Some.Accepted);
        Assert.Equal([Rest, Part], story.All<Effect.Refund>().Select(r => r.Amount.Minor));
        Assert.IsType<PaymentState.Refunded>(story.Sale.Payment);
        Assert.DoesNotContain(story.Told.Skip(1), o => o is Outcome.Approved);
    }

    /// <summary>Its 84 9D was lost.</summary>
    [Fact]
    public void An_ecr_that_mirrors_can_name_its_part_again_to_06_20()
    {
        var story = Mirrored().Ecr(EcrAnswer.Silent).At(100).Repeat();
        Assert.Equal(1250, Told(story));
        story.Delivers(Part).Draw(Some.Refund).Refund(Some.Accepted);
        Assert.Equal(Rest, Assert.Single(story.All<Effect.Refund>()).Amount.Minor);
        Assert.Empty(story.All<Effect.Cancel>());
    }

    /// <summary>1F1F carries no amount.</summary>
    [Fact]
    public void Once_1F1F_says_booked_without_a_part_all_is_sold_and_06_31_returns_the_rest()
    {
        var story = Mirrored().Ecr(EcrAnswer.Silent).At(100);
        story.Order(Some.Order(Some.Code("f2", 100), null) with
        {
            Sale = Some.Sale(Some.OtherId) with { Receipt = 8, IsMirrored = true },
            Mirror = new(7) { Payment = story.Sale },
        });
        Assert.Equal(["Acknowledged", "Completed"], story.Recorded.TakeLast(2));
        story.Give(new DeskInput.Happened(Some.OtherId, new PaymentInput.PayAnswered(Some.Fail)))
            .Give(new DeskInput.Answered(Some.OtherId, EcrAnswer.Acknowledged))
            .Give(new DeskInput.Closed(Some.OtherId, true)).At(10_000);
        Assert.Null(((Sale)story.Sale.Order).Delivered);
        Assert.Empty(story.All<Effect.Refund>());

        Order(story, ReturnKind.Refund, Rest).Draw(Some.Refund).Refund(Some.Accepted);
        Assert.Equal(Rest, Assert.IsType<PaymentState.PartiallyRefunded>(story.Sale.Payment).Returned);
    }

    static Rehearsal Mirrored()
    {
        var order = Some.Order(Some.Code());
        return new Rehearsal().Order(order with { Sale = order.Sale with { IsMirrored = true } })
            .At(1).Pay(Some.Success()).At(2);
    }

    [Fact]
    public void Of_a_return_or_an_end_of_day_there_are_no_parts()
    {
        var story = Order(Returned().At(10), ReturnKind.Refund, 100).Refund(Some.Accepted);
        story.Give(new DeskInput.Answered(Some.ReturnId, EcrAnswer.InPart) { Delivered = 100 });
        Assert.IsType<Outcome.Approved>(story.All<Effect.Close>()[^1].Outcome);
        Assert.Equal(2, story.All<Effect.Refund>().Count);
    }
}
