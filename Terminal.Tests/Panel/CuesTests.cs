using Terminal.Panel.Cues;
using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Panel;

public sealed class CuesTests
{
    readonly Counter counter = new();

    [Fact]
    public void An_order_without_a_code_asks_the_customer_for_it() =>
        Assert.Equal(new Cue.PresentCode(Counter.Price), counter.Order(withCode: false));

    [Fact]
    public void A_scan_shows_that_the_code_was_taken()
    {
        counter.Order(withCode: false);
        Assert.Equal(new Cue.Submitting(Counter.Price), counter.Scan());
    }

    [Fact]
    public void A_payment_in_progress_asks_the_customer_to_confirm()
    {
        counter.Order();
        Assert.Equal(new Cue.WaitingForCustomer(Counter.Price), counter.Gateway(new GatewayAnswer.Processing()));
    }

    [Fact]
    public void Approved_is_shown_only_once_the_till_has_acknowledged_it()
    {
        counter.Order();
        Assert.Equal(new Cue.TellingTill(Counter.Price), counter.Succeed());
        Assert.Equal(new Cue.Approved(Counter.Price, 1), counter.Till(EcrAnswer.Acknowledged));
        Assert.Null(counter.Closed());
    }

    [Fact]
    public void A_decline_is_not_paid_with_its_reason()
    {
        counter.Order();
        Assert.Equal(
            new Cue.NotPaid(NotPaidReason.InsufficientFunds),
            counter.Gateway(new GatewayAnswer.Declined(DeclineReason.InsufficientFunds, "BALANCE")));
    }

    [Fact]
    public void A_silent_gateway_is_cancelled_and_then_not_confirmed()
    {
        counter.Order();
        Assert.Equal(new Cue.Cancelling(Counter.Price), counter.Wait(26));
        Assert.Equal(new Cue.NotConfirmed(), counter.Wait(3));
    }

    [Fact]
    public void An_accepted_cancel_is_not_paid()
    {
        counter.Order();
        counter.Wait(26);
        Assert.Equal(
            new Cue.NotPaid(NotPaidReason.NoAnswer),
            counter.Pay(new PaymentInput.CancelAnswered(1, new GatewayAnswer.Accepted())));
    }

    [Fact]
    public void An_approval_that_the_till_refuses_is_not_paid()
    {
        counter.Order();
        counter.Succeed();
        Assert.Equal(new Cue.NotPaid(NotPaidReason.Withdrawn), counter.Till(EcrAnswer.Refused));
    }

    [Fact]
    public void An_approval_that_the_till_never_takes_is_shown_on_hold_then_as_returned_then_as_a_notice()
    {
        counter.Order();
        counter.Succeed();
        Assert.Equal(new Cue.Attention(FieldCodes.Untold), counter.Till(EcrAnswer.LineDown));
        Assert.Equal(new Cue.Attention(FieldCodes.Returned), counter.Wait(15));
        Assert.Equal(new Cue.Ready(FieldCodes.ReturnUntold), CueChoice.AtRest(counter.State, Policy.Default, null));
    }

    [Fact]
    public void A_reversal_shows_that_money_goes_back_and_then_rests()
    {
        counter.Order();
        counter.Succeed();
        counter.Till(EcrAnswer.Acknowledged);
        counter.Closed();
        var paid = counter.State.Find(counter.Newest.Id)!;
        var numbers = new OrderNumbers(new("return"), 2, 2, new(0));
        var order = new ReturnOrder(new(ReturnKind.Reversal, 1, null, null), numbers, paid, null, InPeriod: true);
        Assert.Equal(new Cue.Cancelling(Counter.Price), counter.Step(new DeskInput.ReturnOrdered(order)));

        var cancelled = new PaymentInput.Inquired(1, new GatewayAnswer.Cancelled());
        var accepted = new PaymentInput.CancelAnswered(1, new GatewayAnswer.Accepted());
        counter.Step(new DeskInput.Happened(paid.Order.Id, accepted));
        Assert.Null(counter.Step(new DeskInput.Happened(paid.Order.Id, cancelled)));
        Assert.Equal(new Cue.Ready(), counter.Till(EcrAnswer.Acknowledged));
    }

    [Fact]
    public void No_code_within_the_time_is_not_paid()
    {
        counter.Order(withCode: false);
        Assert.Equal(new Cue.NotPaid(NotPaidReason.NoCodeScanned), counter.Wait(40));
    }

    [Fact]
    public void A_second_order_does_not_cover_the_screen_of_the_first()
    {
        counter.Order();
        Assert.Null(counter.Order());
    }

    [Fact]
    public void An_old_payment_does_not_cover_the_screen_of_the_one_under_way()
    {
        counter.Order();
        counter.Succeed();
        counter.Till(EcrAnswer.LineDown);
        var old = counter.Newest.Id;
        counter.Wait(16);
        counter.Order();
        Assert.Null(counter.Step(new DeskInput.Answered(old, EcrAnswer.Acknowledged)));
    }

    [Fact]
    public void A_payment_whose_till_still_waits_does_not_count_as_unresolved()
    {
        counter.Order();
        Assert.Equal((0, TimeSpan.Zero), CueChoice.Unresolved(counter.State, new(0)));
        counter.Wait(29);
        Assert.Equal((1, TimeSpan.FromMinutes(2)), CueChoice.Unresolved(counter.State, new(150_000)));
    }

    [Fact]
    public void A_wall_clock_that_jumped_back_gives_no_negative_age()
    {
        counter.Order();
        counter.Wait(29);
        Assert.Equal((1, TimeSpan.Zero), CueChoice.Unresolved(counter.State, new(-5_000_000)));
    }

    [Fact]
    public void At_rest_a_fault_that_stops_payments_is_out_of_order_and_another_a_notice()
    {
        var policy = Policy.Default;
        Assert.Equal(new Cue.Ready(), CueChoice.AtRest(DeskState.Empty, policy, null));
        Assert.Equal(
            new Cue.OutOfOrder(FieldCodes.JournalDown),
            CueChoice.AtRest(DeskState.Empty, policy, FieldCodes.JournalDown));
        Assert.Equal(
            new Cue.Ready(FieldCodes.BackendUnreachable),
            CueChoice.AtRest(DeskState.Empty, policy, FieldCodes.BackendUnreachable));
    }

    [Fact]
    public void What_stops_payments_is_worse_than_what_is_open_and_that_worse_than_the_rest()
    {
        counter.Order();
        counter.Wait(120);
        var open = FieldCodes.CancelUnanswered;
        Assert.Equal(open, CueChoice.Worst(counter.State, Policy.Default, null));
        Assert.Equal(open, CueChoice.Worst(counter.State, Policy.Default, FieldCodes.GatewaySilent));
        Assert.Equal(FieldCodes.JournalFull, CueChoice.Worst(counter.State, Policy.Default, FieldCodes.JournalFull));
        Assert.Null(CueChoice.Worst(DeskState.Empty, Policy.Default, null));
    }

    [Fact]
    public void Five_payments_in_doubt_put_the_lane_out_of_order()
    {
        for (var i = 0; i < Policy.Default.MaxUnresolved; i++)
        {
            Assert.IsType<Cue.Ready>(CueChoice.AtRest(counter.State, Policy.Default, null));
            counter.Order();
            counter.Wait(29);
            counter.Till(EcrAnswer.Acknowledged);
            counter.Closed();
        }
        Assert.Equal(
            new Cue.OutOfOrder(FieldCodes.TooManyUnresolved), CueChoice.AtRest(counter.State, Policy.Default, null));
    }

    [Fact]
    public void A_cancel_that_the_gateway_leaves_open_becomes_a_notice()
    {
        counter.Order();
        counter.Wait(120);
        Assert.Equal(new Cue.Ready(FieldCodes.CancelUnanswered), CueChoice.AtRest(counter.State, Policy.Default, null));
    }

    [Fact]
    public void Whatever_waits_or_tells_ends_by_itself_and_what_rests_does_not()
    {
        var policy = Policy.Default;
        Assert.True(CueChoice.Lasts(new Cue.Submitting(Counter.Price), policy) > policy.AnswerLimit);
        Assert.True(CueChoice.Lasts(new Cue.PresentCode(Counter.Price), policy) > policy.AwaitCode);
        Assert.True(CueChoice.Lasts(new Cue.Approved(Counter.Price, 1), policy) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, CueChoice.Lasts(new Cue.Ready(), policy));
    }
}
