using Terminal.Payments.Answers;
using static Terminal.Payments.Orders.LaneState;

namespace Terminal.Payments.Orders;

/// <summary>The lane machine: it serves one order at a time, and uses a code only once.</summary>
sealed class Lane(Policy policy)
{
    public (LaneState State, LaneMove Move) Next(LaneState state, LaneInput input, Moment now) => (state, input) switch
    {
        (Idle, LaneInput.Ordered { Order.Objection: { } why } e) => Decline(e.Order.Sale, why, now),
        (Idle, LaneInput.Ordered e) when e.Unresolved >= policy.MaxUnresolved && !IsResend(e.Order) =>
            Decline(e.Order.Sale, NotPaidReason.TooManyUnresolved, now),
        (Idle, LaneInput.Ordered { Order.Code: null } e) => (
            new AwaitingCode(e.Order, now, now + policy.AwaitCode),
            new LaneMove.AskForCode(e.Order.Sale, now + policy.AwaitCode)),
        (Idle, LaneInput.Ordered e) => Take(e.Order, now),
        (_, LaneInput.Ordered) => (state, new LaneMove.Refuse(new(RefusalReason.Busy))),

        // The previous customer still holds the phone in view: that does not answer this order.
        (AwaitingCode, LaneInput.Scanned { Earlier: not null }) => (state, new LaneMove.Ignore()),
        (AwaitingCode s, LaneInput.Scanned e) => Show(s, e.Code, now),
        (AwaitingCode s, LaneInput.TillGone) => Decline(s.Order.Sale, NotPaidReason.TillGone, now),
        (AwaitingCode s, LaneInput.AbortAsked) => Decline(s.Order.Sale, NotPaidReason.Aborted, now),
        (AwaitingCode s, LaneInput.TimePassed) when now >= s.Until =>
            Decline(s.Order.Sale, NotPaidReason.NoCodeScanned, now),

        (Confirming s, LaneInput.TillThere e) when e.Order == s.Order.Sale.Id => Take(s.Order, now),
        (Confirming, LaneInput.Scanned) => (state, new LaneMove.Ignore()),
        (Confirming s, LaneInput.TillGone) => Decline(s.Order.Sale, NotPaidReason.TillGone, now),
        (Confirming s, LaneInput.AbortAsked) => Decline(s.Order.Sale, NotPaidReason.Aborted, now),
        (Confirming s, LaneInput.TimePassed) when now >= s.Until =>
            Decline(s.Order.Sale, NotPaidReason.TillGone, now),

        (Paying s, LaneInput.Closing e) when e.Payment == s.Payment => (s with { Until = e.Until }, Nothing),
        (Paying, LaneInput.Freed) => (new Idle(), Nothing),
        (Paying s, LaneInput.TimePassed) when now >= s.Until => (new Idle(), new LaneMove.GiveUp(s.Payment)),
        _ => (state, Nothing), // Scans nobody asked for are dropped.
    };

    /// <summary>
    /// An order that waited for its code may no longer be wanted. An ECR that hears intermediate statuses can prove
    /// that it is still there.
    /// </summary>
    (LaneState, LaneMove) Show(AwaitingCode s, PaymentCode code, Moment now)
    {
        var order = s.Order with { Code = code };
        return !order.HearsProgress || now - s.Since <= policy.FreshOrder || IsTooOld(code, now)
            ? Take(order, now)
            : (new Confirming(order, now + policy.ProofLimit),
                new LaneMove.AskForProof(order.Sale.Id, now + policy.ProofLimit));
    }

    /// <summary>An order with its code: new, a resend, or a code that may not be used.</summary>
    (LaneState, LaneMove) Take(SaleOrder order, Moment now)
    {
        var code = order.Code!;
        if (order.Earlier is { } earlier)
        {
            var isResend = !order.IsNew && earlier.Order is Sale was && was.Amount == order.Sale.Amount;
            return !isResend || earlier.Delivery is DeliveryState.Completed
                ? Decline(order.Sale, NotPaidReason.CodeUsed, now, $"{earlier.Order.Receipt:0000}")
                : (new Paying(earlier.Order.Id, now + policy.CommandLimit), new LaneMove.Retell(earlier));
        }
        return IsTooOld(code, now)
            ? Decline(order.Sale, NotPaidReason.CodeTooOld, now)
            : (new Paying(order.Sale.Id, now + policy.CommandLimit), new LaneMove.Begin(order.Sale, code));
    }

    bool IsTooOld(PaymentCode code, Moment now) => now - code.ScannedAt > policy.CodeLifetime;

    static bool IsResend(SaleOrder order) => order is { Earlier: not null, IsNew: false };

    /// <summary>The order ends, and the ECR is told so like any other outcome.</summary>
    (LaneState, LaneMove) Decline(Sale sale, NotPaidReason why, Moment now, string code = "") =>
        (new Paying(sale.Id, now + policy.CommandLimit), new LaneMove.Decline(sale, new(why, code)));

    static readonly LaneMove Nothing = new LaneMove.None();
}
