using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Payments;

/// <summary>A decline names no payment: it is believed at once, and checked once.</summary>
public sealed class DeclineTests
{
    static readonly GatewayAnswer BadCode = new GatewayAnswer.Declined(DeclineReason.BadCode, "INVALID_CODE");

    [Fact]
    public void It_is_told_in_the_same_step_and_the_lane_is_free_again()
    {
        var story = Declined().Closed();
        Assert.Equal([new Outcome.Rejected(new(NotPaidReason.BadCode, "INVALID_CODE"))], story.Told);
        Assert.Equal([1], story.Seconds<Effect.Offer>());
        Assert.IsType<LaneState.Idle>(story.State.Lane);
        Assert.Equal(0, story.State.Unresolved);
    }

    [Fact]
    public void One_inquiry_follows_within_ten_seconds()
    {
        var story = Declined().At(11);
        Assert.Single(story.All<Effect.Query>());
        Assert.InRange(story.Seconds<Effect.Query>()[0], 1, 11);
        story.Inquiry(Some.NotFound).At(600);
        Assert.Single(story.All<Effect.Query>());
        Assert.Equal(["Requested", "Failed", "Offered", "DeclineChecked"], story.Recorded);
    }

    public static TheoryData<object> Harmless() =>
    [
        Some.NotFound, Some.Fail, Some.Cancelled, Some.Unknown, Some.NotSent, Some.Processing,
        new GatewayAnswer.Succeeded(Some.OtherId, Some.GatewayId, Some.Amount),
    ];

    [Theory]
    [MemberData(nameof(Harmless))]
    public void Whatever_does_not_name_our_payment_changes_nothing(object answer)
    {
        var story = Declined().At(9).Inquiry((GatewayAnswer)answer).At(600);
        Assert.IsType<PaymentState.Failed>(story.Sale.Payment);
        Assert.Empty(story.All<Effect.Cancel>());
        Assert.Single(story.All<Effect.Query>());
    }

    [Fact]
    public void No_answer_changes_nothing()
    {
        var story = Declined().At(600);
        Assert.IsType<PaymentState.Failed>(story.Sale.Payment);
        Assert.Single(story.All<Effect.Query>());
    }

    public static TheoryData<object> Contradictions() =>
        [Some.Success(), new GatewayAnswer.Succeeded(Some.Id, Some.GatewayId, new(1, Currency.Eur)), Some.Ours];

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void If_the_gateway_holds_it_after_all_it_goes_back_with_an_alarm(object answer)
    {
        var story = Declined().At(9).Inquiry((GatewayAnswer)answer);
        Assert.IsType<PaymentState.Cancelling.Sent>(story.Sale.Payment);
        Assert.Equal(["Query", "Record", "Cancel", "Alarm"], story.Kinds(9));
        Assert.Equal(1, story.State.Unresolved);
        story.Cancel(Some.Accepted).Inquiry(Some.Cancelled);
        Assert.IsType<PaymentState.Cancelled>(story.Sale.Payment);
        story.AssertNotTold<Outcome.Approved>();
    }

    [Fact]
    public void A_late_success_of_an_earlier_question_counts_too()
    {
        var story = Rehearsal.Begun().At(5).Pay(BadCode).At(6).Inquiry(Some.Success(), question: 1);
        Assert.IsType<PaymentState.Cancelling.Sent>(story.Sale.Payment);
    }

    [Fact]
    public void That_an_earlier_question_found_it_in_progress_says_nothing()
    {
        var story = Rehearsal.Begun().At(5).Pay(BadCode).At(6).Inquiry(Some.Ours, question: 1);
        Assert.IsType<PaymentState.Declined.Unchecked>(story.Sale.Payment);
        story.At(13).Inquiry(Some.Ours, question: 1);
        Assert.IsType<PaymentState.Declined.Checking>(story.Sale.Payment);
    }

    [Fact]
    public void Once_the_payment_was_found_paid_a_late_decline_says_nothing()
    {
        var story = Rehearsal.Begun().At(6).Inquiry(Some.Success()).Ecr(EcrAnswer.Refused).Pay(BadCode);
        Assert.IsType<PaymentState.Cancelling.Sent>(story.Sale.Payment);
        Assert.DoesNotContain("Failed", story.Recorded);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public void A_power_cut_before_the_answer_asks_once_more(double cutAt)
    {
        var story = Declined().At(cutAt).Restart();
        Assert.Equal(0, story.State.Unresolved);
        story.At(cutAt + 10).Inquiry(Some.Success());
        Assert.IsType<PaymentState.Cancelling.Sent>(story.Sale.Payment);
    }

    [Fact]
    public void What_was_checked_is_not_asked_again_after_a_start()
    {
        var story = Declined().At(10).Inquiry(Some.NotFound).Restart();
        var asked = story.All<Effect.Query>().Count;
        story.At(600);
        Assert.Equal(asked, story.All<Effect.Query>().Count);
    }

    [Fact]
    public void A_decline_that_an_inquiry_tells_names_its_payment_and_needs_no_check()
    {
        var story = Rehearsal.Begun().At(6).Inquiry(Some.Fail).At(600);
        Assert.Single(story.All<Effect.Query>());
        Assert.Equal(["Requested", "Failed", "Offered"], story.Recorded);
    }

    [Fact]
    public void Six_codes_in_a_row_that_the_gateway_does_not_know_leave_the_lane_open()
    {
        var story = new Rehearsal();
        for (var i = 0; i < 6; i++)
        {
            var id = new PaymentId($"DECLINED{i:D18}");
            var begun = 2 * i;
            story.At(begun).Order(new(Some.Sale(id) with { Fingerprint = "" }, Some.Code($"c{i}", begun), null));
            story.At(begun + 0.5).Give(Happened(id, new PaymentInput.PayAnswered(BadCode)));
            Assert.Equal(begun + 0.5, story.Seconds<Effect.Offer>()[^1]);
            story.Give(new DeskInput.Answered(id, EcrAnswer.Acknowledged));
            story.Give(new DeskInput.Closed(id, true));
            foreach (var asked in story.All<Effect.Query>())
            {
                story.Give(Happened(asked.Payment, new PaymentInput.Inquired(asked.Question, Some.NotFound)));
            }
        }
        Assert.Equal(6, story.Told.Count);
        Assert.Empty(story.All<Effect.Refuse>());
        Assert.Equal(0, story.State.Unresolved);
        Assert.IsType<LaneState.Idle>(story.State.Lane);
    }

    static Rehearsal Declined() => Rehearsal.Begun().At(1).Pay(BadCode).Ecr(EcrAnswer.Acknowledged);

    static DeskInput.Happened Happened(PaymentId id, PaymentInput what) => new(id, what);
}
