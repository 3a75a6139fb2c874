using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using static Terminal.Payments.Charges.PaymentState;

namespace Terminal.Tests.Payments;

/// <summary>Every payment state in the situations that matter, and every input.</summary>
static class PaymentSamples
{
    /// <summary>Stands for the newest question or attempt of whatever state it meets; see <see cref="Fit"/>.</summary>
    const int Newest = 99;
    const int Oldest = 1;

    static readonly Sale Sale = Some.Sale();
    static readonly NotPaid Why = new(NotPaidReason.NoAnswer);
    static readonly RefundPlan Plan = new(Some.GatewayId, 1250, 0, Why);
    static readonly RefundPlan Ordered = new(Some.GatewayId, 500, 0, new(NotPaidReason.Refunded));
    static readonly Sale InPart = Sale with { Delivered = 500 };
    static readonly RefundPlan Rest = new(Some.GatewayId, 750, 0, new(NotPaidReason.NotDelivered));
    static readonly CancelTrail Trail =
        new(CancelCause.NoAnswer, 1, 7, Some.At(25), Some.At(120), Some.At(29), Relapses: 0, LastAnswer: "");

    public static readonly GatewayAnswer[] Answers =
    [
        Some.Success(), new GatewayAnswer.Succeeded(Some.Id, Some.GatewayId, new(1, Currency.Eur)), Some.Fail,
        Some.Processing, Some.Ours, Some.NotFound, Some.Cancelled, Some.Accepted, Some.WindowExceeded, Some.Refused,
        Some.Unknown, Some.NotSent,
    ];

    public static readonly Situation<PaymentState>[] States =
    [
        At(0, new Created(Sale)),
        At(1, new Requested(Sale, Some.At(0), Some.Code(), Some.At(5))),
        At(1, new Requested(Sale, Some.At(0), Some.Code(), Some.At(5)) { Resent = true }, "pay sent again"),
        At(6, new Requested(Sale, Some.At(0), Some.Code(), Some.At(7)), "too late to send again"),
        At(6, new Pending.Waiting(Sale, Some.At(0), 1, Some.At(23), Some.At(8))),
        At(22, new Pending.Waiting(Sale, Some.At(0), 6, Some.At(23), Some.At(25)), "the last inquiry is next"),
        At(9, new Pending.Inquiring(Sale, Some.At(0), 2, Some.At(23), Some.At(8), Some.At(13))),
        At(21, new Pending.Inquiring(Sale, Some.At(0), 6, Some.At(23), Some.At(20), Some.At(25)), "in flight at 23 s"),
        At(24, new Pending.LastInquiry(Sale, Some.At(0), 7, Some.At(25), CancelCause.NoAnswer)),
        At(3, new Paid(Sale, Some.GatewayId, 2)),
        At(3, new Failed(Sale, Why)),
        At(3, new Declined.Unchecked(Sale, Why, 2, Some.At(11))),
        At(12, new Declined.Checking(Sale, Why, 3, Some.At(16))),
        At(26, new Cancelling.Sent(Sale, Trail, Some.At(35))),
        At(40, new Cancelling.Sent(Sale, Trail with { Attempts = 5, LastAnswer = "refused BUSY" }, Some.At(45)),
            "patient"),
        At(26, new Cancelling.Pausing(Sale, Trail, Some.At(26.5))),
        At(90, new Cancelling.Pausing(Sale, Trail with { Attempts = 5 }, Some.At(95)), "the alarm is next"),
        At(27, new Cancelling.Inquiring(Sale, Trail, Some.WindowExceeded, Some.At(32)), "too late to cancel"),
        At(27, new Cancelling.Inquiring(Sale, Trail, Some.Refused, Some.At(32)), "cancel refused"),
        At(27, new Cancelling.Inquiring(Sale, Trail, Some.NotFound, Some.At(32)),
            "order unknown, pay may be on its way"),
        At(121, new Cancelling.Inquiring(Sale, Trail, Some.NotFound, Some.At(126)), "order unknown, long enough"),
        At(27, new Cancelling.Inquiring(Sale, Trail, Some.Unknown, Some.At(32)), "start-up"),
        At(27, new CancelAcknowledged(Sale, Trail, 7, Some.At(31))),
        At(27, new CancelAcknowledged(Sale, Trail with { Relapses = 3 }, 7, Some.At(31)), "found paid too often"),
        At(121, new CancelAcknowledged(Sale, Trail, 7, Some.At(126)), "long enough"),
        At(28, new Cancelled(Sale, Why)),
        At(60, new Refunding.Due(Sale, Trail, Some.At(85))),
        At(86, new Refunding.Checking(Sale, Trail, Some.At(90))),
        At(87, new Refunding.Drawing(Sale, Plan)),
        At(88, new Refunding.Sent(Sale, Plan, Some.Refund, Some.At(97))),
        At(89, new Refunding.Pausing(Sale, Plan, Some.Refund, Some.At(91))),
        At(92, new Refunding.Inquiring(Sale, Plan, Some.Refund, Some.At(96))),
        At(92, new Refunding.Inquiring(Sale, Plan with { Ids = 3 }, Some.Refund, Some.At(96)), "ids used up"),
        At(92, new Refunding.Inquiring(Sale, Plan with { Minor = 250 }, Some.Refund, Some.At(96)), "a part"),
        At(92, new Refunding.Inquiring(Sale, Plan, Some.Refund, Some.At(96), "NO"), "refused before"),
        At(92, new Refunding.Inquiring(Sale, Ordered, Some.Refund, Some.At(96), "NO"), "ordered, refused before"),
        At(92, new Refunding.Inquiring(Sale, Ordered with { Ids = 3, Returned = 250 }, Some.Refund, Some.At(96), "NO"),
            "ordered, refused for good"),
        At(88, new Refunding.Sent(Sale, Ordered, Some.Refund, Some.At(97)), "ordered"),
        At(99, new PartiallyRefunded(Sale, Some.GatewayId, 1000)),
        At(3, new Refunding.Drawing(InPart, Rest), "goods for 5.00"),
        At(92, new Refunding.Inquiring(InPart, Rest, Some.Refund, Some.At(96), "NO"), "goods for 5.00, refused before"),
        At(92, new Refunding.Inquiring(InPart, Rest with { Ids = 3 }, Some.Refund, Some.At(96), "NO"),
            "goods for 5.00, refused for good"),
        At(99, new PartiallyRefunded(InPart, Some.GatewayId, 750), "goods for 5.00"),
        At(99, new PartiallyRefunded(InPart, Some.GatewayId, 1000), "goods for 5.00, half of that refunded"),
        At(99, new NeedsAttention(InPart, Rest.Why, "problem") { Rest = Rest }, "goods for 5.00"),
        At(3, new Returning(Some.Return(ReturnKind.Reversal))),
        At(3, new Done(Some.Return(ReturnKind.Reversal))),
        At(99, new Refunded(Sale, Why)),
        .. Enum.GetValues<InterruptedAt>().Select(at =>
            At(5, new Interrupted(Sale, CancelCause.Restarted, at), $"{at}")),
        At(5, new NeedsAttention(Sale, Why, "problem")),
    ];

    public static readonly Trial<PaymentInput>[] Inputs =
    [
        new("time passes", new PaymentInput.TimePassed()),
        new("begun", new PaymentInput.Begun(Some.Code())),
        new("declined", new PaymentInput.Declined(new(NotPaidReason.NoCodeScanned))),
        .. Answers.Select(a => new Trial<PaymentInput>($"pay: {Say(a)}", new PaymentInput.PayAnswered(a))),
        .. Answers.Select(a => new Trial<PaymentInput>($"inquiry#now: {Say(a)}", new PaymentInput.Inquired(Newest, a))),
        .. Answers.Select(a => new Trial<PaymentInput>($"inquiry#old: {Say(a)}", new PaymentInput.Inquired(Oldest, a))),
        .. Answers.Select(a =>
            new Trial<PaymentInput>($"cancel#now: {Say(a)}", new PaymentInput.CancelAnswered(Newest, a))),
        .. Answers.Select(a => new Trial<PaymentInput>($"cancel#old: {Say(a)}", new PaymentInput.CancelAnswered(0, a))),
        new("refund id drawn", new PaymentInput.RefundIdDrawn(Some.Refund)),
        .. Refunds("", Some.Refund),
        .. Refunds(" of another id", Some.OtherRefund),
        new("nudged", new PaymentInput.Nudged()),
        new("abort", new PaymentInput.AbortAsked()),
        new("withdrawn", new PaymentInput.Withdrawn()),
        .. new long[] { 0, 500, 1250, 1251 }.Select(minor =>
            new Trial<PaymentInput>($"goods for: {minor}", new PaymentInput.PartlyDelivered(minor))),
        new("reversal", new PaymentInput.ReversalAsked()),
        new("refund of 250", new PaymentInput.RefundAsked(Some.Refund, 250)),
        new("refund of 1250", new PaymentInput.RefundAsked(Some.Refund, 1250)),
        new("refund of 1251", new PaymentInput.RefundAsked(Some.Refund, 1251)),
        new("refund of 0", new PaymentInput.RefundAsked(Some.Refund, 0)),
        new("restarted", new PaymentInput.Restarted()),
        new("resolved", new PaymentInput.Resolved("Ada", "note")),
    ];

    /// <summary>Gives an answer the number that is the newest in this state.</summary>
    public static PaymentInput Fit(PaymentInput input, PaymentState state) => (input, state) switch
    {
        (PaymentInput.Inquired { Question: Newest } e, Pending p) => e with { Question = p.Asked },
        (PaymentInput.Inquired { Question: Newest } e, Declined p) => e with { Question = p.Asked },
        (PaymentInput.Inquired { Question: Newest } e, _) => e with { Question = Trail.Asked },
        (PaymentInput.CancelAnswered { Attempt: Newest } e, Cancelling p) => e with { Attempt = p.Trail.Attempts },
        _ => input,
    };

    static Situation<PaymentState> At(double second, PaymentState state, string title = "") =>
        new(title, state, Some.At(second));

    static IEnumerable<Trial<PaymentInput>> Refunds(string which, RefundId id) => Answers.SelectMany(a => new[]
    {
        new Trial<PaymentInput>($"refund{which}: {Say(a)}", new PaymentInput.RefundAnswered(id, a)),
        new Trial<PaymentInput>($"refund inquiry{which}: {Say(a)}", new PaymentInput.RefundInquired(id, a)),
    });

    static string Say(GatewayAnswer answer) =>
        answer is GatewayAnswer.Succeeded { Amount.Minor: 1 } ? "Succeeded with another amount" :
        answer is GatewayAnswer.Processing { Named: true } ? "Processing ours" :
        answer.GetType().Name;
}
