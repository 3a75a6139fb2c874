using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using Terminal.Payments.Periods;

namespace Terminal.Tests.Payments;

/// <summary>An ECR that mirrors receipt numbers: not its silence but its next order tells what it has booked.</summary>
public sealed class MirrorTests
{
    const int Receipt = 7;

    static readonly Sale Sale = Some.Sale() with { Fingerprint = "", IsMirrored = true };

    /// <summary>Approved and offered; then the ECR was not heard any more.</summary>
    static Rehearsal Unheard(EcrAnswer answer = EcrAnswer.Silent) =>
        new Rehearsal().Order(new(Sale, Some.Code(), null)).At(1).Pay(Some.Success()).At(2).Ecr(answer);

    static SaleOrder Next(Mirror? mirror) => new(
        Some.Sale(Some.OtherId) with { Fingerprint = "", Receipt = Receipt + 1, IsMirrored = mirror is not null },
        Some.Code("f2", 10_000), null)
    { Mirror = Of(mirror) };

    /// <summary>As the loop explains it.</summary>
    static Mirror? Of(Mirror? mirror) => mirror is null ? null : mirror with { Payment = Newest };

    static readonly Transaction Newest =
        new(new PaymentState.Paid(Sale, Some.GatewayId, 0), new DeliveryState.Held(new(Some.GatewayId), Moment.Never));

    [Theory]
    [InlineData(EcrAnswer.Silent)]
    [InlineData(EcrAnswer.LineDown)]
    public void Silence_reverses_nothing_however_long_it_lasts(EcrAnswer answer)
    {
        var story = Unheard(answer).At(100).Link().At(10_000);
        Assert.IsType<DeliveryState.Held>(story.Sale.Delivery);
        Assert.IsType<LaneState.Idle>(story.State.Lane);
        Assert.Empty(story.All<Effect.Cancel>());
        Assert.Empty(story.All<Effect.Close>());
    }

    [Fact]
    public void A_restart_reverses_nothing_either()
    {
        var story = Unheard().At(5).Restart().At(10).Link().At(10_000);
        Assert.IsType<DeliveryState.Held>(story.Sale.Delivery);
        Assert.Empty(story.All<Effect.Cancel>());
    }

    [Fact]
    public void The_number_of_the_held_receipt_means_that_it_is_booked()
    {
        var story = Unheard().At(10_000).Order(Next(new(Receipt)));
        Assert.Equal(["Acknowledged", "Completed"], story.Recorded.TakeLast(2));
        Assert.DoesNotContain(story.At(20_000).All<Effect.Cancel>(), cancel => cancel.Payment == Some.Id);
    }

    [Fact]
    public void The_number_before_it_means_that_it_is_not_booked_and_reverses_it()
    {
        var story = Unheard().At(10_000).Order(Next(new(Receipt - 1)));
        Assert.Equal(["Withdrawn", "Cancelling"], story.Recorded.TakeLast(2));
        Assert.Equal(Some.Id, Assert.Single(story.All<Effect.Cancel>()).Payment);
    }

    /// <summary>Another number, or none: a new register, which has certainly not booked the sale.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(Receipt - 2)]
    [InlineData(Receipt + 1)]
    [InlineData(0)]
    public void Any_other_number_tells_nothing_and_leaves_it_to_the_common_rule(int? number) =>
        Assert.Equal("Withdrawn", Unheard().At(10_000).Order(Next(new(number))).Recorded[^2]);

    [Fact]
    public void An_acknowledged_approval_whose_end_was_not_heard_follows_the_number_too()
    {
        Rehearsal Unfinished() => Unheard(EcrAnswer.Acknowledged).Closed(acknowledged: false).At(10_000);
        Assert.Equal("Completed", Unfinished().Order(Next(new(Receipt))).Recorded[^1]);
        Assert.Equal("Cancelling", Unfinished().Order(Next(new(Receipt - 1))).Recorded[^1]);
        Assert.Equal("Acknowledged", Unfinished().Order(Next(null)).Recorded[^1]);
    }

    [Fact]
    public void A_completed_sale_stands_whatever_number_comes()
    {
        var story = Unheard(EcrAnswer.Acknowledged).Closed().At(10_000).Order(Next(new(Receipt - 1)));
        Assert.Equal("Completed", story.Recorded[^1]);
        Assert.Empty(story.All<Effect.Cancel>());
    }

    [Fact]
    public void A_refusal_reverses_as_ever() =>
        Assert.Equal("Cancelling", Unheard(EcrAnswer.Refused).Recorded[^1]);

    [Theory]
    [InlineData(1, 9999, false)]
    [InlineData(1, 1, true)]
    [InlineData(1, 0, null)]
    [InlineData(9999, 9998, false)]
    public void Receipt_numbers_wrap(int newest, int mirrored, bool? hasBooked) =>
        Assert.Equal(hasBooked, (new Mirror(mirrored) { Payment = On(newest) }).HasBooked);

    [Theory]
    [InlineData(9, true)]
    [InlineData(8, false)]
    [InlineData(6, false)]
    [InlineData(5, null)]
    public void What_the_register_need_not_have_is_skipped(int mirrored, bool? hasBooked) =>
        Assert.Equal(hasBooked, new Mirror(mirrored) { Payment = On(9), Before = [8, 7, 6] }.HasBooked);

    [Fact]
    public void Whoever_returned_some_of_it_has_it()
    {
        var partly = Newest with { Payment = new PaymentState.PartiallyRefunded(Sale, Some.GatewayId, 1) };
        Assert.Null(new Mirror(Receipt - 1) { Payment = partly }.HasBooked);
        Assert.True(new Mirror(Receipt) { Payment = partly }.HasBooked);
    }

    static Transaction On(int receipt) =>
        Newest with { Payment = new PaymentState.Paid(Sale with { Receipt = receipt }, Some.GatewayId, 0) };

    /// <summary>Numbered orders: the same code under a new number is no resend.</summary>
    [Fact]
    public void A_used_code_under_a_new_number_is_refused()
    {
        var story = Rehearsal.Offered().Ecr(EcrAnswer.Acknowledged).Closed(acknowledged: false);
        var again = Some.Order(Some.Code(), story.Sale) with { IsNew = true };
        story.Order(again);
        Assert.Equal(NotPaidReason.CodeUsed, Assert.IsType<Outcome.Rejected>(story.Told[^1]).Why.Reason);
        Assert.Single(story.All<Effect.Charge>());
    }

    [Fact]
    public void The_same_code_after_the_register_booked_its_sale_is_a_new_sale()
    {
        var held = Unheard().At(10);
        var again = Next(new(Receipt)) with { Code = Some.Code("f1", 10), Earlier = held.Sale };
        held.Order(again);
        Assert.Equal(NotPaidReason.CodeUsed, Assert.IsType<Outcome.Rejected>(held.Told[^1]).Why.Reason);
        Assert.Equal(2, held.Told.Count);
    }

    [Theory]
    [InlineData(Receipt, 1, 0)]
    [InlineData(Receipt - 1, 0, 1)]
    public void What_its_number_makes_of_the_sale_belongs_to_the_totals(int mirrored, int sales, int open)
    {
        var story = Unheard().At(10);
        var account = new OrderAccount(story.Sale, FirstEntry: 1, LastEntry: 3) { AtGateway = Some.Amount.Minor };
        var accounts = new Accounts(
            new(1) { Gateway = account.AtGateway, Unbooked = account.AtGateway },
            new Dictionary<PaymentId, OrderAccount> { [Some.Id] = account }, Entries: 3, Stored: 3);
        story.Give(new DeskInput.CloseOrdered(accounts, Some.Numbers(Some.OtherId), null)
        {
            Mirror = new(mirrored) { Payment = story.Sale },
        });
        var totals = ((EndOfDay)story.All<Effect.Offer>()[^1].Order).Totals;
        Assert.Equal((new(sales, sales * Some.Amount.Minor), 3), (totals.Sales, totals.Entries));
        Assert.Equal(new Balance(Some.Amount.Minor, 0, new(open, open * Some.Amount.Minor), 0), totals.Balance);
    }

    [Theory]
    [InlineData(Receipt, "Completed")]
    [InlineData(Receipt - 1, "Cancelling")]
    public void The_end_of_day_and_a_return_tell_it_too(int mirrored, string last)
    {
        var numbers = Some.Numbers(Some.OtherId);
        var close = new DeskInput.CloseOrdered(Some.Accounts(), numbers, null) { Mirror = Of(new(mirrored)) };
        var closed = Unheard().At(10).Give(close);
        Assert.Equal(last, closed.Recorded[^1]);

        var request = new ReturnRequest(ReturnKind.Reversal, 3, null, null);
        var order = new ReturnOrder(request, numbers, null, null, InPeriod: true);
        var returned = Unheard().At(10).Give(new DeskInput.ReturnOrdered(order) { Mirror = Of(new(mirrored)) });
        Assert.Equal(last, returned.Recorded[^1]);
    }
}
