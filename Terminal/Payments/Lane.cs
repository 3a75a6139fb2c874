using static Terminal.Payments.LaneState;

namespace Terminal.Payments;

/// <summary>The lane machine: one order at a time, a code once.</summary>
public sealed class Lane(Policy policy)
{
    public (LaneState State, LaneMove Move) Next(LaneState state, LaneInput input, Moment now) => (state, input) switch
    {
        (Idle, LaneInput.Ordered e) when e.Unresolved >= policy.MaxUnresolved && !IsResend(e.Order) =>
            Refuse(RefusalReason.TooManyUnresolved),
        (Idle, LaneInput.Ordered { Order.Code: null } e) =>
            (new AwaitingCode(e.Order, now + policy.AwaitCode), new LaneMove.AskForCode(now + policy.AwaitCode)),
        (Idle, LaneInput.Ordered e) => Take(e.Order, now),
        (_, LaneInput.Ordered) => (state, new LaneMove.Refuse(new(RefusalReason.Busy))),

        (AwaitingCode s, LaneInput.Scanned e) => Take(s.Order with { Code = e.Code, Earlier = e.Earlier }, now),
        (AwaitingCode, LaneInput.AbortAsked) => Refuse(RefusalReason.Aborted),
        (AwaitingCode s, LaneInput.TimePassed) when now >= s.Until => Refuse(RefusalReason.NoCodeScanned),

        (Paying, LaneInput.Freed) => (new Idle(), new LaneMove.None()),
        _ => (state, new LaneMove.None()), // Scans nobody asked for are dropped.
    };

    /// <summary>An order with its code: new, a resend, or a code that may not be used.</summary>
    (LaneState, LaneMove) Take(Order order, Moment now)
    {
        var code = order.Code!;
        if (order.Earlier is { } earlier)
        {
            var isResend = !order.IsNew && earlier.Sale.Amount == order.Sale.Amount;
            return !isResend || earlier.Delivery is DeliveryState.Completed
                ? Refuse(RefusalReason.CodeUsed, earlier.Sale.Receipt)
                : (new Paying(earlier.Sale.Id), new LaneMove.Retell(earlier));
        }
        if (now - code.ScannedAt > policy.CodeLifetime)
        {
            return Refuse(RefusalReason.CodeTooOld);
        }
        var sale = order.Sale with { Fingerprint = code.Fingerprint };
        return (new Paying(sale.Id), new LaneMove.Begin(sale, code));
    }

    static bool IsResend(Order order) => order is { Earlier: not null, IsNew: false };

    static (LaneState, LaneMove) Refuse(RefusalReason reason, int receipt = 0) =>
        (new Idle(), new LaneMove.Refuse(new(reason, receipt)));
}
