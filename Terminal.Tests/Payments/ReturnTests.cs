using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Payments;

/// <summary>Reversals and refunds: instructions of their own, that move the money of a payment.</summary>
public sealed class ReturnTests
{
    /// <summary>Sold, acknowledged, closed; the reversal is ordered at 10 s.</summary>
    static Rehearsal Reversing() => Order(Sold().At(10), ReturnKind.Reversal);

    static Rehearsal Refunding(long minor = 500) => Order(Sold().At(10), ReturnKind.Refund, minor);

    static Rehearsal Sold() => Rehearsal.Offered().Ecr(EcrAnswer.Acknowledged).Closed();

    static Rehearsal Order(Rehearsal story, ReturnKind kind, long? minor = null, PaymentId? id = null) =>
        story.Return(kind, minor, id);

    static Rehearsal Ecr(Rehearsal story, EcrAnswer answer) =>
        story.Give(new DeskInput.Answered(Some.ReturnId, answer));

    static Rehearsal Closed(Rehearsal story, bool acknowledged = true) =>
        story.Give(new DeskInput.Closed(Some.ReturnId, acknowledged));

    static Rehearsal Heard(Rehearsal story) => Closed(Ecr(story, EcrAnswer.Acknowledged));

    static Rehearsal Reversed() => Reversing().Cancel(Some.Accepted).Inquiry(Some.Cancelled);

    static RefusalReason LastRefusal(Rehearsal story) => story.All<Effect.Refuse>()[^1].Refusal.Reason;

    static Outcome LastTold(Rehearsal story) => story.Told[^1];

    [Fact]
    public void A_reversal_and_what_it_does_to_the_money_are_recorded_before_the_cancel_leaves()
    {
        var story = Reversing();
        Assert.Equal(["Record", "Progress", "Record", "Cancel"], story.Kinds(10));
        Assert.Equal(["ReturnRequested"], story.RecordedOf(Some.ReturnId));
        Assert.Equal("Cancelling", story.Recorded[^1]);
    }

    [Fact]
    public void A_reversal_is_told_once_the_gateway_proved_it_and_completed_once_it_was_acknowledged()
    {
        var story = Reversing().Cancel(Some.Accepted);
        Assert.Single(story.Told);
        story.Inquiry(Some.Cancelled);
        Assert.IsType<Outcome.Approved>(LastTold(story));
        Assert.Equal(Some.ReturnId, story.All<Effect.Offer>()[^1].Order.Id);
        Heard(story);
        Assert.Equal(
            ["ReturnRequested", "Returned", "Offered", "Acknowledged", "Completed"], story.RecordedOf(Some.ReturnId));
        Assert.IsType<LaneState.Idle>(story.State.Lane);
    }

    [Theory]
    [InlineData(EcrAnswer.Silent)]
    [InlineData(EcrAnswer.LineDown)]
    [InlineData(EcrAnswer.Refused)]
    public void A_reversal_that_the_till_does_not_take_stands(EcrAnswer answer)
    {
        var story = Closed(Ecr(Reversed(), answer), acknowledged: false);
        var (cancels, told) = (story.All<Effect.Cancel>().Count, story.Told.Count);
        story.At(1000).Link().At(2000);
        Assert.Equal((cancels, told), (story.All<Effect.Cancel>().Count, story.Told.Count));
        Assert.IsType<PaymentState.Cancelled>(story.Sale.Payment);
        Assert.All(story.All<Effect.Close>(), close => Assert.IsType<Outcome.Approved>(close.Outcome));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Not_acknowledged_it_is_told_again_by_06_30_and_by_06_20(bool restart)
    {
        var story = Closed(Ecr(Reversed(), EcrAnswer.Silent), acknowledged: false).At(50);
        story = restart ? story.Restart() : story;
        Heard(Order(story, ReturnKind.Reversal, id: Some.OtherId));
        Heard(story.Repeat());
        var told = story.All<Effect.Offer>().Where(o => o.Order.Id == Some.ReturnId).ToList();
        Assert.Equal(3, told.Count(o => o.Outcome is Outcome.Approved));
        Assert.Single(story.All<Effect.Cancel>());
    }

    [Fact]
    public void Only_after_the_first_was_acknowledged_06_30_says_that_it_was_reversed_before()
    {
        var story = Order(Heard(Reversed()), ReturnKind.Reversal, id: Some.OtherId);
        Assert.Equal(RefusalReason.AlreadyReturned, LastRefusal(story));
        Assert.Null(story.Find(Some.OtherId));
    }

    [Fact]
    public void A_reversal_that_takes_long_is_told_as_not_confirmed_in_time_and_goes_on()
    {
        var story = Reversing().At(39);
        Assert.IsType<Outcome.NotConfirmed>(LastTold(story));
        Assert.Equal(39, story.Seconds<Effect.Offer>()[^1]);
        Closed(Ecr(story, EcrAnswer.Acknowledged)).At(60).Cancel(Some.Accepted).Inquiry(Some.Cancelled);
        Assert.IsType<Outcome.Approved>(LastTold(Heard(story.Repeat())));
        Assert.IsType<DeliveryState.Completed>(story.Find(Some.ReturnId)!.Delivery);
        Assert.Equal(RefusalReason.AlreadyReturned, LastRefusal(Order(story, ReturnKind.Reversal, id: Some.OtherId)));
    }

    [Fact]
    public void Outside_the_cancel_window_a_reversal_is_a_refund_of_all()
    {
        var story = Reversing().Cancel(Some.WindowExceeded).Inquiry(Some.Success()).At(80).Inquiry(Some.Success());
        story.Happen(new PaymentInput.RefundIdDrawn(Some.Refund));
        Assert.Equal(Some.Amount, Assert.Single(story.All<Effect.Refund>()).Amount);
        story.Refund(Some.Accepted);
        Assert.Equal(["ReturnRequested", "Offered", "Returned"], story.RecordedOf(Some.ReturnId));
    }

    [Fact]
    public void A_crash_in_a_reversal_goes_on_with_it_and_06_20_tells_the_outcome()
    {
        var story = Reversing().Restart().Inquiry(Some.Success());
        story.Cancel(Some.Accepted).Inquiry(Some.Cancelled).Repeat();
        Assert.IsType<Outcome.Approved>(LastTold(story));
        Assert.Equal(Some.ReturnId, story.All<Effect.Offer>()[^1].Order.Id);
    }

    [Fact]
    public void A_crash_before_the_proof_tells_by_06_20_that_it_is_not_confirmed() =>
        Assert.IsType<Outcome.NotConfirmed>(LastTold(Reversing().Restart().Repeat()));

    [Fact]
    public void A_crash_in_a_refund_asks_before_it_repeats_it_under_its_id()
    {
        var story = Refunding().Restart().At(11);
        Assert.Equal(new RefundId(Some.ReturnId.Value), Assert.Single(story.All<Effect.QueryRefund>()).Id);
        story.RefundInquiry(Some.Accepted).Repeat();
        Assert.IsType<Outcome.Approved>(LastTold(story));
        Assert.Single(story.All<Effect.Refund>());
    }

    [Fact]
    public void A_partial_refund_leaves_the_rest_of_the_sale()
    {
        var story = Heard(Refunding().Refund(Some.Accepted));
        Assert.Equal(new PaymentState.PartiallyRefunded(Some.Sale(), Some.GatewayId, 500), story.Sale.Payment);
        Assert.Equal(500, Assert.Single(story.All<Effect.Refund>()).Amount.Minor);
        Assert.Equal(RefusalReason.NotReturnable, LastRefusal(Order(story, ReturnKind.Reversal, id: Some.OtherId)));
    }

    [Fact]
    public void Never_more_is_refunded_than_is_left()
    {
        var story = Heard(Refunding().Refund(Some.Accepted));
        Order(story, ReturnKind.Refund, 751, Some.OtherId);
        Assert.Equal(RefusalReason.ReturnAmount, LastRefusal(story));
        Assert.Equal(750, story.All<Effect.Refuse>()[^1].Refusal.Most!.Value.Minor);
        Order(story, ReturnKind.Refund, 750, Some.OtherId);
        Assert.Equal(2, story.All<Effect.Refund>().Count);
    }

    [Fact]
    public void The_same_refund_again_is_a_second_one_only_after_the_first_was_acknowledged()
    {
        var story = Closed(Ecr(Refunding().Refund(Some.Accepted), EcrAnswer.Silent), acknowledged: false);
        Heard(Order(story, ReturnKind.Refund, 500, Some.OtherId));
        Assert.Single(story.All<Effect.Refund>());
        Order(story, ReturnKind.Refund, 500, Some.OtherId);
        Assert.Equal(2, story.All<Effect.Refund>().Count);
    }

    [Fact]
    public void The_same_refund_again_while_06_0F_is_not_acknowledged_is_the_first_one()
    {
        var story = Closed(Ecr(Refunding().Refund(Some.Accepted), EcrAnswer.Acknowledged), acknowledged: false);
        Heard(Order(story, ReturnKind.Refund, 500, Some.OtherId));
        Assert.Single(story.All<Effect.Refund>());
        Assert.IsType<DeliveryState.Completed>(story.Find(Some.ReturnId)!.Delivery);
    }

    [Fact]
    public void While_a_refund_is_under_way_no_other_begins()
    {
        var story = Heard(Refunding().At(39));
        Order(story, ReturnKind.Refund, 100, Some.OtherId);
        Assert.Equal(RefusalReason.ReturnUnderWay, LastRefusal(story));
    }

    [Fact]
    public void A_refund_that_the_gateway_refuses_for_good_is_told_with_the_reason_and_the_sale_stands()
    {
        var story = Refunding();
        for (var i = 0; i < 4; i++)
        {
            story.Refund(new GatewayAnswer.Refused("TOO_OLD")).RefundInquiry(Some.NotFound);
            story.At(12 + (2 * i)).RefundInquiry(Some.NotFound);
        }
        Assert.Equal(new Outcome.Rejected(new(NotPaidReason.Refused, "TOO_OLD")), LastTold(story));
        Assert.Equal(new PaymentState.Paid(Some.Sale(), Some.GatewayId, 0), story.Sale.Payment);
        Assert.Equal(0, story.State.Unresolved);
        Closed(Ecr(story, EcrAnswer.Acknowledged));
        Order(story, ReturnKind.Refund, 100, Some.OtherId);
        Assert.Equal(100, story.All<Effect.Refund>()[^1].Amount.Minor);
    }

    [Fact]
    public void A_person_who_closes_a_partial_refund_does_not_claim_that_all_was_returned()
    {
        var story = Refunding().Happen(new PaymentInput.Resolved("Ada", "seen in the portal"));
        Assert.IsType<PaymentState.Paid>(story.Sale.Payment);
        Assert.Equal(new Outcome.Rejected(new(NotPaidReason.Resolved, "Ada")), LastTold(story));
        Assert.Equal(story.Sale.Payment, story.Restart().Sale.Payment);
    }

    [Fact]
    public void A_reversal_of_an_approval_that_was_never_acknowledged_takes_it_back()
    {
        var story = Rehearsal.Offered().Restart().Link().At(10);
        Order(story, ReturnKind.Reversal);
        Assert.Equal(["Withdrawn", "Cancelling"], story.Recorded.TakeLast(2));
        story.Cancel(Some.Accepted).Inquiry(Some.Cancelled);
        Assert.IsType<Outcome.Approved>(LastTold(story));
    }

    [Fact]
    public void A_part_of_an_approval_that_was_never_acknowledged_is_not_refunded()
    {
        var story = Order(Rehearsal.Offered().Restart().Link().At(10), ReturnKind.Refund);
        Assert.Equal(RefusalReason.NotReturnable, LastRefusal(story));
        Assert.IsType<DeliveryState.Held>(story.Sale.Delivery);
    }

    [Fact]
    public void What_was_never_paid_cannot_be_reversed()
    {
        var story = Rehearsal.Begun().Pay(Some.Fail).Ecr(EcrAnswer.Acknowledged).Closed();
        Assert.Equal(RefusalReason.NotReturnable, LastRefusal(Order(story, ReturnKind.Reversal)));
    }

    [Fact]
    public void A_withdrawn_approval_is_on_its_way_back_until_the_gateway_proves_it()
    {
        var story = Rehearsal.Offered().Ecr(EcrAnswer.Silent).Closed(false);
        Assert.Equal(RefusalReason.ReturnUnderWay, LastRefusal(Order(story, ReturnKind.Reversal)));
        Order(story.Cancel(Some.Accepted).Inquiry(Some.Cancelled), ReturnKind.Reversal);
        Assert.Equal(RefusalReason.AlreadyReturned, LastRefusal(story));
    }

    [Fact]
    public void A_return_that_only_a_person_can_end_is_said_to_be_so()
    {
        var story = Rehearsal.Offered().Ecr(EcrAnswer.Silent).Closed(false).Cancel(Some.WindowExceeded)
            .Inquiry(Some.Success()).At(80)
            .Inquiry(new GatewayAnswer.Succeeded(Some.Id, Some.GatewayId, Some.Amount with { Minor = 1 }));
        Assert.IsType<PaymentState.NeedsAttention>(story.Sale.Payment);
        Assert.Equal(RefusalReason.ReturnNeedsPerson, LastRefusal(Order(story, ReturnKind.Reversal)));
    }

    [Fact]
    public void A_reversal_of_another_amount_is_refused() =>
        Assert.Equal(RefusalReason.ReturnAmount, LastRefusal(Order(Sold(), ReturnKind.Reversal, 1249)));

    [Fact]
    public void While_paying_a_return_is_refused_as_busy() =>
        Assert.Equal(RefusalReason.Busy, LastRefusal(Order(Rehearsal.Begun(), ReturnKind.Reversal)));

    [Fact]
    public void An_unknown_receipt_and_one_of_a_closed_period_are_refused()
    {
        var story = Sold();
        var request = new ReturnRequest(ReturnKind.Reversal, 7, null, null);
        var numbers = Some.Numbers(Some.ReturnId);
        story.Give(new DeskInput.ReturnOrdered(new(request, numbers, null, null, InPeriod: true)));
        Assert.Equal(new(RefusalReason.ReceiptUnknown, 7), story.All<Effect.Refuse>()[^1].Refusal);
        story.Give(new DeskInput.ReturnOrdered(new(request, numbers, story.Sale, null, InPeriod: false)));
        var closed = story.All<Effect.Refuse>()[^1].Refusal;
        Assert.Equal((RefusalReason.PeriodClosed, 7), (closed.Reason, closed.Receipt));
        Assert.Equal([Some.Id], closed.Candidates.Select(s => s.Id));
    }

    [Fact]
    public void By_reference_a_payment_of_a_closed_period_is_refunded()
    {
        var story = Sold();
        var numbers = Some.Numbers(Some.ReturnId);
        var request = new ReturnRequest(ReturnKind.Refund, null, Some.Id, Some.Return(ReturnKind.Refund).Amount);
        story.Give(new DeskInput.ReturnOrdered(new(request, numbers, story.Sale, null, InPeriod: false)));
        Assert.Single(story.All<Effect.Refund>());
    }

    [Fact]
    public void A_return_is_not_returned()
    {
        var story = Heard(Reversed());
        var order = new ReturnOrder(
            new(ReturnKind.Reversal, 8, null, null), Some.Numbers(Some.OtherId),
            story.Find(Some.ReturnId), null, InPeriod: true);
        Assert.Equal(RefusalReason.ReceiptUnknown, LastRefusal(story.Give(new DeskInput.ReturnOrdered(order))));
    }
}
