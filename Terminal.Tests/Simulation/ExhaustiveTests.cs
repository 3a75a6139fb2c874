using Sandbox.Scanner;
using Sandbox.Simulation.Search;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Simulation;

/// <summary>Everything that can happen to an order, and proof that the search would see a wrong desk.</summary>
[Trait("kind", "instrument")]
public sealed class ExhaustiveTests
{
    static readonly Desk Shipped = new(Tale.Policy);

    [Fact]
    public void Every_promise_holds_for_one_order_whatever_one_thing_goes_wrong() =>
        AssertHolds(new(Faults: 1, Orders: 1));

    [Fact]
    public void Every_promise_holds_for_one_order_in_short_stories_with_two_faults() =>
        AssertHolds(new(Faults: 2, Orders: 1, Depth: 17), closed: false);

    [Fact]
    public void Every_promise_holds_for_two_orders_of_the_same_or_another_code() =>
        AssertHolds(new(Faults: 1, Orders: 2, Depth: 17), closed: false);

    [Fact]
    public void It_sees_a_success_believed_while_cancelling() =>
        AssertBreaks("M6", new Exhaustive((state, input, now) =>
        input is DeskInput.Happened { What: PaymentInput.Inquired { Answer: GatewayAnswer.Succeeded } } e
        && state.Find(e.Payment) is { Payment: PaymentState.Cancelling, Delivery: DeliveryState.Undecided } t
            ? Shipped.Next(Put(state, t, new PaymentState.Pending.Waiting((Sale)t.Order, now, 9, now, now)), input, now)
            : Shipped.Next(state, input, now)));

    [Fact]
    public void It_sees_a_withdrawal_that_is_skipped() => AssertBreaks("M3", new Exhaustive((state, input, now) =>
        input is DeskInput.Answered { Answer: EcrAnswer.Silent or EcrAnswer.Refused } e
        && state.Find(e.Payment) is { Payment: PaymentState.Paid, Delivery: DeliveryState.Offered } t
            ? new(
                state with { Open = state.Open.Replace(t, t with { Delivery = new DeliveryState.Told(Approved) }) },
                new Effect.Close(e.Payment, Approved))
            : Shipped.Next(state, input, now)));

    [Fact]
    public void It_sees_pay_sent_again_after_a_restart() => AssertBreaks("M1", new Exhaustive((state, input, now) =>
    {
        var (next, effects) = Shipped.Next(state, input, now);
        var again = state.Open.Where(t => input is DeskInput.Started && t.Payment is PaymentState.Interrupted)
            .Select(t => new Effect.Charge((Sale)t.Order, Codes.Of("x", "c1", now)));
        return new(next, [.. effects, .. again]);
    }));

    [Fact]
    public void It_sees_an_acknowledgement_that_is_not_recorded() =>
        AssertBreaks("M4", new Exhaustive((state, input, now) =>
    {
        var (next, effects) = Shipped.Next(state, input, now);
        return new(next, [.. effects.Where(e => e is not Effect.Record { Fact: Fact.Acknowledged })]);
    }));

    [Fact]
    public void It_sees_an_acknowledged_sale_taken_back_because_06_0F_was_not_heard() =>
        AssertBreaks("M11", new Exhaustive((state, input, now) =>
        input is DeskInput.Closed { Acknowledged: false } e &&
        state.Find(e.Payment) is { Delivery: DeliveryState.Acknowledged { Outcome: var outcome } } t
            ? Shipped.Next(
                state with
                {
                    Open = state.Open.Replace(t, t with { Delivery = new DeliveryState.Held(outcome, now) }),
                    Lane = new LaneState.Idle(),
                },
                new DeskInput.TimePassed(), now)
            : Shipped.Next(state, input, now)));

    [Fact]
    public void It_sees_money_that_nobody_returns() => AssertBreaks("M3", new Exhaustive((state, input, now) =>
    {
        var (next, effects) = Shipped.Next(state, input, now);
        return new(next, [.. effects.Where(e => e is not (Effect.Cancel or Effect.Refund))]);
    }));

    [Fact]
    public void It_sees_a_till_that_is_kept_waiting() => AssertBreaks("M5", new Exhaustive((state, input, now) =>
        state.Open.Exists(t => t.Delivery.WakeAt <= now) && input is DeskInput.TimePassed
            ? new(state)
            : Shipped.Next(state, input, now)));

    [Fact]
    public void It_sees_a_terminal_that_declines_everything() =>
        AssertBreaks("M13", new Exhaustive((state, input, now) =>
        Shipped.Next(state, input is DeskInput.Happened { What: PaymentInput.PayAnswered }
            ? new DeskInput.AbortAsked() : input, now)));

    [Fact]
    public void It_sees_not_found_believed_too_early() => AssertBreaks("M3",
        Exhaustive.With(p => p with { NotChargedMargin = TimeSpan.FromSeconds(-120) }), faults: 2);

    [Fact]
    public void It_sees_a_refund_that_overtakes_a_cancel() => AssertBreaks("M12",
        Exhaustive.With(p => p with { RefundAfterCancel = TimeSpan.Zero }), faults: 2);

    [Fact]
    public void It_sees_a_new_sale_beside_an_approval_of_unknown_fate() => AssertBreaks("M1", orders: 2, search: new(
        (state, input, now) =>
        {
            var held = state.Open.RemoveAll(t =>
                input is not DeskInput.Ordered { Order.Earlier: null } || t.Delivery is not DeliveryState.Held);
            var (next, effects) = Shipped.Next(state with { Open = state.Open.RemoveRange(held) }, input, now);
            return new(next with { Open = next.Open.AddRange(held) }, effects);
        }));

    [Fact]
    public void It_sees_an_order_that_outlives_its_till() => AssertBreaks("line", new Exhaustive(
        (state, input, now) =>
            Shipped.Next(state, input is DeskInput.TillGone ? new DeskInput.LinkReady() : input, now)));

    [Fact]
    public void It_sees_a_proof_that_nobody_waits_for() => AssertBreaks("line", new Exhaustive((state, input, now) =>
        state.Lane is LaneState.Confirming && input is DeskInput.TillGone
            ? Shipped.Next(state, new DeskInput.TillThere(state.Newest!.Value), now)
            : Shipped.Next(state, input, now)));

    [Fact]
    public void It_sees_an_approval_that_is_held_for_ever() =>
        AssertBreaks("M3: a dead end", Exhaustive.With(p => p with { HoldForPerson = true }));

    static readonly Outcome Approved = new Outcome.Approved("G");

    static DeskState Put(DeskState state, Transaction t, PaymentState payment) =>
        state with { Open = state.Open.Replace(t, t with { Payment = payment }) };

    internal static void AssertHolds(Bounds bounds, bool closed = true)
    {
        var found = Exhaustive.Shipped().Search(bounds);
        Assert.True(found.Story.Count == 0, string.Join('\n', found.Story));
        Assert.Equal(closed, found.Closed);
    }

    internal static void AssertBreaks(
        string promise, Exhaustive search, int faults = 1, int orders = 1, int returns = 0)
    {
        var found = search.Search(new(faults, orders, returns));
        Assert.True(found.Story.Count > 0, $"found nothing in {found.States} states");
        Assert.Contains("=> " + promise, found.Story[^1], StringComparison.Ordinal);
    }
}
