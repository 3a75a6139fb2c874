using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using static Terminal.Payments.Answers.DeliveryState;

namespace Terminal.Tests.Payments;

/// <summary>Every state and input of delivery and lane, in the situations that matter.</summary>
static class CounterSamples
{
    static readonly Outcome.Approved Approved = new(Some.GatewayId);
    static readonly Outcome Rejected = new Outcome.Rejected(new(NotPaidReason.NoAnswer));
    static readonly Outcome NotConfirmed = new Outcome.NotConfirmed();

    public static readonly Outcome[] Outcomes = [Approved, Rejected, NotConfirmed];

    public static readonly Situation<DeliveryState>[] Deliveries =
    [
        At(3, new Undecided(Some.At(29), Some.At(29.5))),
        At(3, new Offered(Approved, 0, Some.At(303)), "an approval"),
        At(30, new Offered(Approved, 15, Some.At(330)), "an approval, patience used up"),
        At(26, new Offered(Rejected, 0, Some.At(326)), "a refusal"),
        At(29, new Offered(NotConfirmed, 15, Some.At(329)), "not confirmed, patience used up"),
        At(4, new Repeating(Approved, 1, Some.At(5)), "an approval"),
        At(30, new Repeating(NotConfirmed, 1, Some.At(31)), "not confirmed"),
        At(5, new Held(Approved, Moment.Never), "after power loss, the link is not ready"),
        At(5, new Held(Approved, Some.At(185)), "after power loss"),
        At(3, new Acknowledged(Approved)),
        At(3, new Completed(Approved)),
        At(9, new Withdrawn(Known: false)),
        At(9, new Withdrawn(Known: true), "the till knows"),
        At(30, new Told(NotConfirmed)),
        At(50, new Retelling(new Acknowledged(Approved), Approved), "an approval, 06 0F was not acknowledged"),
        At(50, new Retelling(new Completed(Approved), Approved), "an approval"),
        At(50, new Retelling(new Acknowledged(Approved), Approved, RetellStage.Completing), "an approval, answered"),
        At(50, new Retelling(new Acknowledged(Approved), Approved, RetellStage.Closing), "an approval, refused"),
        At(50, new Retelling(new Withdrawn(Known: true), NotConfirmed), "a withdrawal"),
        At(50, new Retelling(new Told(NotConfirmed), Rejected), "a refusal"),
        At(50, new Retelling(new Told(NotConfirmed), Rejected, RetellStage.Closing), "a refusal, answered"),
    ];

    /// <summary>The same states for what stands whatever the ECR answers: a return.</summary>
    public static readonly Situation<DeliveryState>[] FirmDeliveries =
    [
        At(3, new Undecided(Some.At(29), Some.At(29.5))),
        At(3, new Offered(Approved, 0, Some.At(303)), "carried out"),
        At(30, new Offered(Approved, 15, Some.At(330)), "carried out, patience used up"),
        At(29, new Offered(NotConfirmed, 0, Some.At(329)), "not confirmed"),
        At(4, new Repeating(Approved, 1, Some.At(5)), "carried out"),
        At(3, new Acknowledged(Approved)),
        At(3, new Completed(Approved)),
        At(30, new Told(Approved), "carried out, not heard"),
        At(30, new Told(NotConfirmed)),
        At(50, new Retelling(new Told(NotConfirmed), Approved), "carried out, for the first time"),
        At(50, new Retelling(new Acknowledged(Approved), Approved), "06 0F was not acknowledged"),
        At(50, new Retelling(new Completed(Approved), Approved), "once more"),
        At(50, new Retelling(new Told(Approved), Approved, RetellStage.Completing), "carried out, answered"),
        At(50, new Retelling(new Told(Approved), Approved, RetellStage.Closing), "carried out, refused"),
        At(50, new Retelling(new Told(NotConfirmed), NotConfirmed), "not confirmed"),
    ];

    public static readonly Situation<DeliveryState>[] EndOfDayDeliveries =
    [
        At(3, new Acknowledged(Approved)),
        At(30, new Told(Approved), "not heard"),
        At(50, new Retelling(new Told(Approved), Approved), "not heard the first time"),
        At(50, new Retelling(new Told(Approved), Approved, RetellStage.Completing), "heard the second time"),
        At(50, new Retelling(new Acknowledged(Approved), Approved), "06 0F was not acknowledged"),
    ];

    public static readonly Trial<DeliveryInput>[] DeliveryInputs =
    [
        new("time passes", new DeliveryInput.TimePassed()),
        .. Outcomes.Select(o => new Trial<DeliveryInput>($"decided: {o.GetType().Name}", new DeliveryInput.Decided(o))),
        .. Enum.GetValues<EcrAnswer>().Select(a =>
            new Trial<DeliveryInput>($"till: {a}", new DeliveryInput.Answered(a))),
        .. new long[] { 500, 1250, 1251 }.Select(minor => new Trial<DeliveryInput>(
            $"till: {minor}", new DeliveryInput.Answered(EcrAnswer.InPart) { Delivered = minor })),
        new("closed, acknowledged", new DeliveryInput.Closed(true)),
        new("closed, not acknowledged", new DeliveryInput.Closed(false)),
        new("given up", new DeliveryInput.GivenUp()),
        .. Outcomes.Select(o =>
            new Trial<DeliveryInput>($"06 20, now {o.GetType().Name}", new DeliveryInput.RepeatAsked(o))),
        new("another command", new DeliveryInput.OtherCommand()),
        new("another order, this one is booked", new DeliveryInput.Mirrored(HasBooked: true)),
        new("another order, this one is not booked", new DeliveryInput.Mirrored(HasBooked: false)),
        new("link ready", new DeliveryInput.LinkReady()),
        new("a person takes it back", new DeliveryInput.TakenBack()),
    ];

    static readonly SaleOrder Asking = Some.Order() with { HearsProgress = true };

    public static readonly Situation<LaneState>[] Lanes =
    [
        new("", new LaneState.Idle(), Some.At(0)),
        new("", new LaneState.AwaitingCode(Some.Order(), Some.At(0), Some.At(40)), Some.At(10)),
        new("fresh", new LaneState.AwaitingCode(Asking, Some.At(7), Some.At(47)), Some.At(10)),
        new("older, of a till that hears 04 FF", new LaneState.AwaitingCode(Asking, Some.At(6), Some.At(46)),
            Some.At(10)),
        new("", new LaneState.Confirming(Asking with { Code = Some.Code() }, Some.At(11)), Some.At(10)),
        new("", new LaneState.Paying(Some.Id, Some.At(340)), Some.At(10)),
    ];

    public static readonly Trial<LaneInput>[] LaneInputs =
    [
        new("time passes", new LaneInput.TimePassed()),
        Order("without a code", null, null),
        Order("with a code", Some.Code(), null),
        Order("with a code read 50 s ago", Some.Code(scannedAt: -50), null),
        .. Earlier().Select(e => Order($"with a code, earlier {e.Name}", Some.Code(), e.Earlier)),
        new("order with a code, earlier of another amount", Ordered(Some.Code(), Earlier().First().Earlier, 1)),
        new("order without a code, 5 unresolved", new LaneInput.Ordered(Some.Order(), 5)),
        new("order with a code, 5 unresolved", new LaneInput.Ordered(Some.Order(Some.Code()), 5)),
        new("resend, 5 unresolved", new LaneInput.Ordered(Some.Order(Some.Code(), Earlier().First().Earlier), 5)),
        new("scan", new LaneInput.Scanned(Some.Code(), null)),
        .. Earlier().Select(e =>
            new Trial<LaneInput>($"scan, earlier {e.Name}", new LaneInput.Scanned(Some.Code(), e.Earlier))),
        new("order that cannot be paid", new LaneInput.Ordered(
            Some.Order(Some.Code()) with { Objection = NotPaidReason.Card }, 0)),
        new("abort", new LaneInput.AbortAsked()),
        new("the till is gone", new LaneInput.TillGone()),
        new("the till is there", new LaneInput.TillThere(Some.Id)),
        new("the till was there for another order", new LaneInput.TillThere(Some.OtherId)),
        new("the link is to close it", new LaneInput.Closing(Some.Id, Some.At(310))),
        new("freed", new LaneInput.Freed()),
    ];

    static Situation<DeliveryState> At(double second, DeliveryState state, string title = "") =>
        new(title, state, Some.At(second));

    static Trial<LaneInput> Order(string name, PaymentCode? code, Transaction? earlier) =>
        new($"order {name}", Ordered(code, earlier, Some.Amount.Minor));

    static LaneInput.Ordered Ordered(PaymentCode? code, Transaction? earlier, long minor)
    {
        var order = Some.Order(code, earlier);
        return new(order with { Sale = order.Sale with { Amount = order.Sale.Amount with { Minor = minor } } }, 0);
    }

    static IEnumerable<(string Name, Transaction Earlier)> Earlier() =>
        from delivery in new DeliveryState[]
        {
            new Held(Approved, Moment.Never), new Acknowledged(Approved), new Completed(Approved), new Withdrawn(false),
            new Told(Rejected),
        }
        select (delivery.GetType().Name,
            new Transaction(new PaymentState.Paid(Some.Sale(), Some.GatewayId, 0), delivery));
}
