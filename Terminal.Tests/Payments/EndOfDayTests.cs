using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;
using Terminal.Payments.Periods;

namespace Terminal.Tests.Payments;

/// <summary>06 50 closes the business period, 06 10 only looks.</summary>
public sealed class EndOfDayTests
{
    static readonly PaymentId Id = new("DDDDDDDDDDDDDDDDDDDDDDDDDD");

    static Rehearsal Close(Rehearsal story, PaymentId? id = null) =>
        story.Give(new DeskInput.CloseOrdered(Some.Accounts(), Some.Numbers(id ?? Id), story.Find(Id)));

    static Rehearsal Sold() => Rehearsal.Offered().Ecr(EcrAnswer.Acknowledged).Closed();

    static Rehearsal Ecr(Rehearsal story, EcrAnswer answer) => story.Give(new DeskInput.Answered(Id, answer));

    static Rehearsal Closed(Rehearsal story, bool acknowledged) => story.Give(new DeskInput.Closed(Id, acknowledged));

    static PeriodTotals TotalsOf(Order order) => ((EndOfDay)order).Totals;

    [Fact]
    public void The_period_is_closed_durably_before_anything_is_told()
    {
        var story = Close(Sold().At(10));
        Assert.Equal(["Record", "Record", "Offer"], story.Kinds(10));
        Assert.Equal(["PeriodClosed", "Offered"], story.RecordedOf(Id));
    }

    [Fact]
    public void Once_acknowledged_it_is_completed_and_the_next_one_closes_another_period()
    {
        var story = Closed(Ecr(Close(Sold()), EcrAnswer.Acknowledged), true);
        Assert.Equal(["PeriodClosed", "Offered", "Acknowledged", "Completed"], story.RecordedOf(Id));
        Close(story, Some.OtherId);
        Assert.Equal(["PeriodClosed", "Offered"], story.RecordedOf(Some.OtherId));
    }

    [Theory]
    [InlineData(false, EcrAnswer.Silent)]
    [InlineData(true, EcrAnswer.Silent)]
    [InlineData(false, EcrAnswer.Acknowledged)]
    [InlineData(true, EcrAnswer.Acknowledged)]
    public void Not_acknowledged_it_is_told_again_by_06_20_and_by_06_50(bool restart, EcrAnswer toRepeat)
    {
        var story = Closed(Ecr(Close(Sold()), EcrAnswer.Silent), true);
        story = restart ? story.Restart() : story;
        Closed(Ecr(story.Repeat(), toRepeat), true);
        Close(story, Some.OtherId);
        Assert.Equal(Id, story.All<Effect.Offer>()[^1].Order.Id);
        Assert.Empty(story.RecordedOf(Some.OtherId));
        Assert.Equal(4, story.Told.Count);
    }

    /// <summary>The till has no totals: 06 0F would tell it of a success with nothing in it.</summary>
    [Theory]
    [InlineData(EcrAnswer.Silent)]
    [InlineData(EcrAnswer.LineDown)]
    [InlineData(EcrAnswer.Refused)]
    public void Whose_04_0F_was_not_acknowledged_ends_without_06_0F(EcrAnswer answer)
    {
        var story = Ecr(Close(Sold()), answer);
        Ecr(story, EcrAnswer.Acknowledged);
        Assert.DoesNotContain(story.All<Effect.Complete>(), e => e.Payment == Id);
        Assert.Single(story.All<Effect.Close>(), e => e.Payment == Id);
        Close(Closed(story, true), Some.OtherId);
        Assert.Equal(Id, story.All<Effect.Offer>()[^1].Order.Id);
    }

    [Fact]
    public void While_06_0F_is_not_acknowledged_06_50_tells_the_same_totals_again()
    {
        var story = Closed(Ecr(Close(Sold()), EcrAnswer.Acknowledged), false);
        Close(story, Some.OtherId);
        Assert.Equal(Id, story.All<Effect.Offer>()[^1].Order.Id);
        Assert.Empty(story.RecordedOf(Some.OtherId));
    }

    [Fact]
    public void A_period_in_which_nothing_changed_is_not_closed_again()
    {
        var story = Closed(Ecr(Close(Sold()), EcrAnswer.Acknowledged), true);
        var nothing = new Period(1);

        Assert.Equal(["Report"], Again(nothing, 50));
        // What the one before left open was settled since: its books change.
        Assert.Contains("Record", Again(nothing with { Unbooked = -15 }, 60));

        IEnumerable<string> Again(Period period, double at) => story.At(at).Give(new DeskInput.CloseOrdered(
            Some.Accounts(period), Some.Numbers(Some.OtherId), story.Find(Id))).Kinds(at);
    }

    [Fact]
    public void What_is_unresolved_is_counted()
    {
        var story = Rehearsal.Begun().At(30).Ecr(EcrAnswer.Acknowledged).Closed();
        Close(story);
        Assert.Equal(1, TotalsOf(story.Find(Id)!.Order).Unresolved);
    }

    [Fact]
    public void A_held_approval_is_taken_back_by_it_and_listed()
    {
        var story = Close(Rehearsal.Offered().Restart().Link().At(10));
        Assert.IsType<DeliveryState.Withdrawn>(story.Sale.Delivery);
        Assert.Equal(1, TotalsOf(story.Find(Id)!.Order).Unresolved);
    }

    [Fact]
    public void Totals_are_told_and_nothing_is_recorded()
    {
        var story = Sold().At(10).Give(new DeskInput.TotalsAsked(Some.Accounts(), Some.Numbers(Id)));
        Assert.Equal(["Report"], story.Kinds(10));
        Assert.IsType<LaneState.Idle>(story.State.Lane);
    }

    [Fact]
    public void While_paying_both_are_refused_as_busy()
    {
        var story = Close(Rehearsal.Begun()).Give(new DeskInput.TotalsAsked(Some.Accounts(), Some.Numbers(Id)));
        Assert.All(story.All<Effect.Refuse>(), r => Assert.Equal(RefusalReason.Busy, r.Refusal.Reason));
        Assert.Equal(2, story.All<Effect.Refuse>().Count);
    }

    [Fact]
    public void A_return_in_a_later_period_names_a_reference_only_where_there_is_money_to_return()
    {
        Assert.Equal(RefusalReason.PeriodClosed, Refused(Sold()));
        var reversing = Sold().At(10).Give(Reversal(Some.ReturnId, isInPeriod: true));
        Assert.Equal(RefusalReason.Busy, Refused(reversing));
        var reversed = reversing.Cancel(Some.Accepted).Inquiry(Some.Cancelled)
            .Give(new DeskInput.Answered(Some.ReturnId, EcrAnswer.Acknowledged))
            .Give(new DeskInput.Closed(Some.ReturnId, true));
        Assert.Equal(RefusalReason.AlreadyReturned, Refused(reversed));

        static RefusalReason Refused(Rehearsal story)
        {
            story.Give(Reversal(Some.OtherId, isInPeriod: false, story.Sale));
            return story.All<Effect.Refuse>()[^1].Refusal.Reason;
        }
    }

    static DeskInput.ReturnOrdered Reversal(PaymentId id, bool isInPeriod, Transaction? sale = null) => new(new(
        new(ReturnKind.Reversal, 7, null, null), Some.Numbers(id), sale ?? Sold().Sale, null,
        isInPeriod));
}
