using Sandbox.Simulation.Bugs;
using Sandbox.Simulation.Search;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using static Terminal.Tests.Simulation.ExhaustiveTests;

namespace Terminal.Tests.Simulation;

/// <summary>Everything that can happen to a sale and its reversal or refunds, and proof that a wrong desk is seen.
/// </summary>
[Trait("kind", "instrument")]
public sealed class ExhaustiveReturnTests
{
    static readonly Desk Shipped = new(Tale.Policy);

    [Fact]
    public void Every_promise_holds_for_a_sale_and_two_returns_whatever_one_thing_goes_wrong() =>
        AssertHolds(new(Faults: 1, Orders: 1, Returns: 2));

    [Fact]
    public void Every_promise_holds_for_a_sale_and_a_return_in_short_stories_with_two_faults() =>
        AssertHolds(new(Faults: 2, Orders: 1, Returns: 1, Depth: 17), closed: false);

    [Fact]
    public void It_sees_the_same_order_carried_out_twice() => AssertBreaks("M12", Input((state, input) =>
        ReturnPlants.ForgetTheReturn(state, input)), returns: 1);

    [Fact]
    public void It_sees_an_order_without_06_0F_carried_out_twice() => AssertBreaks("M12", Input((state, input) =>
        ReturnPlants.EndWithTheAcknowledgement(state, input)), returns: 1);

    [Fact]
    public void It_sees_a_return_told_as_soon_as_a_cancel_has_left() => AssertBreaks("M12", new(
        (state, input, now) => ReturnPlants.Settle(Shipped.Next(state, input, now), now)), returns: 1);

    [Fact]
    public void It_sees_a_return_told_on_a_cancel_that_nothing_proved() => AssertBreaks("M12", new(
        (state, input, now) =>
        {
            var (next, effects) = Shipped.Next(state, input, now);
            return input is DeskInput.Happened
            {
                What: PaymentInput.CancelAnswered { Answer: GatewayAnswer.Accepted }
            } e && next.Find(e.Payment) is { Payment: PaymentState.CancelAcknowledged proving }
                ? After(
                    (next, effects),
                    new PaymentInput.Inquired(proving.FirstProof, new GatewayAnswer.Cancelled()), (e.Payment, now))
                : new(next, effects);
        }), returns: 1);

    [Fact]
    public void It_sees_a_return_that_a_restart_forgets() => AssertBreaks("M3", new((state, input, now) => Shipped.Next(
        input is DeskInput.Started
            ? state with { Open = state.Open.RemoveAll(t => t.Payment is PaymentState.Returning) }
            : state,
        input, now)), returns: 1);

    [Fact]
    public void It_sees_a_second_refund_id_although_the_first_did_not_fail() => AssertBreaks("M12", Input((_, input) =>
        input is DeskInput.Happened
        {
            What: PaymentInput.RefundInquired { Answer: GatewayAnswer.NotFound or GatewayAnswer.Processing } what
        } e
            ? new DeskInput.Happened(e.Payment, what with { Answer = new GatewayAnswer.Refused("x") })
            : input), returns: 1);

    [Fact]
    public void It_sees_a_refund_that_a_restart_begins_again() => AssertBreaks("M12", new((state, input, now) =>
    {
        var (next, effects) = Shipped.Next(state, input, now);
        return input is DeskInput.Started
            && next.Open.Find(t => t.Payment is PaymentState.Refunding.Pausing) is { } t
            && t.Payment is PaymentState.Refunding.Pausing p
            ? new(
                next with
                {
                    Open = next.Open.Replace(
                        t, t with { Payment = new PaymentState.Refunding.Drawing(p.Sale, p.Plan) }),
                },
                [.. effects, new Effect.DrawRefundId(t.Order.Id)])
            : new(next, effects);
    }), returns: 1);

    [Fact]
    public void It_sees_refunds_of_more_than_was_paid() => AssertBreaks("M12", new((state, input, now) =>
        input is DeskInput.ReturnOrdered { Order.Original: { } original } e
            ? Shipped.Next(
                state with { Open = [.. state.Open.Select(Forget)] },
                new DeskInput.ReturnOrdered(e.Order with { Original = Forget(original) }), now)
            : Shipped.Next(state, input, now)), returns: 2);

    [Fact]
    public void It_sees_already_reversed_told_to_a_till_that_never_heard_of_it() => AssertBreaks("M12", new(
        (state, input, now) => input is DeskInput.ReturnOrdered
        {
            Order.Earlier: { Payment: PaymentState.Done, Delivery: not DeliveryState.Completed }
        }
            ? new(state, new Effect.Refuse(new(RefusalReason.AlreadyReturned)))
            : Shipped.Next(state, input, now)), returns: 1);

    [Fact]
    public void It_sees_a_return_denied_because_nobody_acknowledged_it() => AssertBreaks("M12", new(
        (state, input, now) =>
        {
            var (next, effects) = Shipped.Next(state, input, now);
            return input is DeskInput.Answered { Answer: EcrAnswer.Silent } e
                && next.Find(e.Payment) is { Payment: PaymentState.Done }
                ? new(next, new Effect.Close(e.Payment, new Outcome.Rejected(new(NotPaidReason.Withdrawn))))
                : new(next, effects);
        }), returns: 1);

    [Fact]
    public void It_sees_a_reversal_beside_an_approval_that_is_still_on_offer() => AssertBreaks("M6", new(
        (state, input, now) =>
        {
            var (next, effects) = Shipped.Next(state, input, now);
            return input is DeskInput.ReturnOrdered { Order.Original: { Delivery: DeliveryState.Held } original }
                && next.Find(original.Order.Id) is { } t
                ? new(
                    next with { Open = next.Open.Replace(t, t with { Delivery = original.Delivery }) },
                    [.. effects.Where(e => e is not Effect.Record { Fact: Fact.Withdrawn })])
                : new(next, effects);
        }), returns: 1);

    [Fact]
    public void It_sees_all_returned_where_half_was_ordered() => AssertBreaks("M12", Input((_, input) =>
        input is DeskInput.ReturnOrdered { Order: var order }
            ? new DeskInput.ReturnOrdered(order with { Request = order.Request with { Amount = Tale.Amount } })
            : input), returns: 1);

    [Fact]
    public void It_sees_a_terminal_that_returns_nothing() => AssertBreaks("M13", new((state, input, now) =>
        input is DeskInput.ReturnOrdered
            ? new(state, new Effect.Refuse(new(RefusalReason.NotReturnable)))
            : Shipped.Next(state, input, now)), returns: 1);

    static Exhaustive Input(Func<DeskState, DeskInput, DeskInput> change) =>
        new((state, input, now) => Shipped.Next(state, change(state, input), now));

    static Transition<DeskState> After(
        (DeskState State, Effect[] Effects) before, PaymentInput input, (PaymentId Id, Moment Now) of)
    {
        var (next, effects) = Shipped.Next(before.State, new DeskInput.Happened(of.Id, input), of.Now);
        return new(next, [.. before.Effects, .. effects]);
    }

    static Transaction Forget(Transaction t) => t.Payment is PaymentState.PartiallyRefunded s
        ? t with { Payment = s with { Returned = 0 } }
        : t;
}
