using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;

namespace Terminal.Tests.Payments;

/// <summary>Which answers of the gateway count, and when.</summary>
public sealed class GatewayAnswersTests
{
    [Fact]
    public void A_late_pay_success_counts_while_pending()
    {
        var story = Rehearsal.Begun().At(9).Pay(Some.Success());
        Assert.Equal([new Outcome.Approved(Some.GatewayId)], story.Told);
    }

    [Fact]
    public void A_success_from_an_old_question_counts_while_pending()
    {
        var story = Rehearsal.Begun().At(10.5).Inquiry(Some.Success(), question: 1);
        Assert.IsType<PaymentState.Paid>(story.Sale.Payment);
    }

    [Fact]
    public void A_fail_from_an_old_question_counts_while_pending()
    {
        var story = Rehearsal.Begun().At(10.5).Inquiry(Some.Fail, question: 1);
        Assert.IsType<PaymentState.Failed>(story.Sale.Payment);
    }

    [Fact]
    public void Not_found_from_an_old_question_does_not_end_the_current_one()
    {
        var story = Rehearsal.Begun().At(10.5).Inquiry(Some.NotFound, question: 1);
        Assert.IsType<PaymentState.Pending.Inquiring>(story.Sale.Payment);
    }

    public static TheoryData<object> Undecided() =>
        [Some.Processing, Some.NotFound, Some.Unknown, Some.Refused, Some.WindowExceeded, Some.Accepted];

    [Theory]
    [MemberData(nameof(Undecided))]
    public void Only_success_and_an_allow_listed_failure_settle_pay(object answer) =>
        Assert.IsAssignableFrom<PaymentState.Pending>(Rehearsal.Begun().At(1).Pay((GatewayAnswer)answer).Sale.Payment);

    [Theory]
    [MemberData(nameof(Undecided))]
    public void An_inquiry_that_knows_nothing_leaves_it_pending(object answer) =>
        Assert.IsType<PaymentState.Pending.Waiting>(
            Rehearsal.Begun().At(6).Inquiry((GatewayAnswer)answer).Sale.Payment);

    [Theory]
    [InlineData(DeclineReason.BadCode, NotPaidReason.BadCode)]
    [InlineData(DeclineReason.InsufficientFunds, NotPaidReason.InsufficientFunds)]
    [InlineData(DeclineReason.LimitExceeded, NotPaidReason.LimitExceeded)]
    [InlineData(DeclineReason.MethodNotAllowed, NotPaidReason.MethodNotAllowed)]
    [InlineData(DeclineReason.Refused, NotPaidReason.Refused)]
    public void Every_decline_keeps_its_reason(DeclineReason declined, NotPaidReason told) => Assert.Equal(
        [new Outcome.Rejected(new(told, "X"))],
        Rehearsal.Begun().At(1).Pay(new GatewayAnswer.Declined(declined, "X")).Told);

    public static TheoryData<object> Mismatches() =>
    [
        new GatewayAnswer.Succeeded(Some.OtherId, Some.GatewayId, Some.Amount),
        new GatewayAnswer.Succeeded(Some.Id, Some.GatewayId, new(1249, Currency.Eur)),
        new GatewayAnswer.Succeeded(Some.Id, Some.GatewayId, new(1250, new("USD", 840, 2))),
    ];

    [Theory]
    [MemberData(nameof(Mismatches))]
    public void A_success_with_another_id_amount_or_currency_is_cancelled_with_an_alarm(object answer)
    {
        var story = Rehearsal.Begun().At(1).Pay((GatewayAnswer)answer);
        Assert.Equal(["Record", "Cancel", "Alarm", "Progress"], story.Kinds(1));
        story.At(40).AssertNotTold<Outcome.Approved>();
    }

    [Fact]
    public void A_success_while_cancelling_does_not_approve()
    {
        var story = Rehearsal.Cancelling().Pay(Some.Success()).Inquiry(Some.Success());
        Assert.IsType<PaymentState.Cancelling.Sent>(story.Sale.Payment);
        story.At(40).AssertNotTold<Outcome.Approved>();
    }

    [Fact]
    public void A_cancel_success_of_any_attempt_counts()
    {
        var story = Rehearsal.Cancelling().Cancel(Some.Unknown).At(25.5).Cancel(Some.Accepted, attempt: 1);
        Assert.IsType<PaymentState.CancelAcknowledged>(story.Sale.Payment);
    }

    [Fact]
    public void An_answer_to_a_question_asked_before_the_cancel_proves_nothing()
    {
        var story = Rehearsal.Cancelling().Cancel(Some.Accepted).Inquiry(Some.Cancelled, question: 4);
        Assert.IsType<PaymentState.CancelAcknowledged>(story.Sale.Payment);
        story.Inquiry(Some.Cancelled);
        Assert.IsType<PaymentState.Cancelled>(story.Sale.Payment);
    }

    [Fact]
    public void An_answer_to_a_question_asked_before_the_approval_proves_nothing_after_it_was_taken_back()
    {
        var story = Rehearsal.Begun().At(5).Pay(Some.Success()).Ecr(EcrAnswer.Refused).Cancel(Some.Accepted);
        var asked = story.All<Effect.Query>().Select(q => q.Question).ToList();
        Assert.Equal(asked.Distinct(), asked);
    }

    [Fact]
    public void A_failure_ends_the_cancelling()
    {
        var story = Rehearsal.Cancelling().Inquiry(Some.Fail);
        Assert.IsType<PaymentState.Failed>(story.Sale.Payment);
    }

    [Fact]
    public void A_decline_of_pay_ends_the_cancelling_and_is_checked()
    {
        var story = Rehearsal.Cancelling().Pay(Some.Fail);
        Assert.IsType<PaymentState.Declined.Unchecked>(story.Sale.Payment);
        story.At(34).Inquiry(Some.Success());
        Assert.IsType<PaymentState.Cancelling.Sent>(story.Sale.Payment);
    }
}
