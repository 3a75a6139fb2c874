using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Checkout;

/// <summary>
/// Decides whether the journal takes one more instruction. A refused instruction leaves no entry, but is still the
/// newest order: until the next one, 06 20 tells of it and not of an earlier approval.
/// </summary>
/// <param name="bar">Why the journal takes no more beside this many open payments; null: it does.</param>
sealed class Admission(Func<int, RefusalReason?> bar)
{
    /// <summary>Why the newest order has no entry; null: it has one, or needs none.</summary>
    public RefusalReason? Unwritten { get; private set; }

    /// <summary>Why this input is refused; null: it is for the desk.</summary>
    public RefusalReason? Objection(DeskInput input, DeskState state)
    {
        if (state.Lane is not LaneState.Idle)
        {
            return null;
        }
        switch (input)
        {
            case DeskInput.RepeatAsked { Payment: null }:
                return Unwritten;
            case DeskInput.Ordered or DeskInput.ReturnOrdered or DeskInput.CloseOrdered:
                Unwritten = NeedsRoom(input) && bar(state.Open.Count) is { } reason && Stops(reason, input)
                    ? reason
                    : null;
                return Unwritten;
            default:
                return null;
        }
    }

    /// <summary>A return or an end-of-day has no code, so a lost key of used codes does not stop it.</summary>
    static bool Stops(RefusalReason reason, DeskInput input) =>
        reason != RefusalReason.CodeKeyLost || input is DeskInput.Ordered;

    /// <summary>A new instruction needs room. One that repeats an earlier one has its room reserved.</summary>
    static bool NeedsRoom(DeskInput input) => input switch
    {
        DeskInput.Ordered { Order: var order } => !IsResend(order),
        DeskInput.CloseOrdered close => Returns.RepeatedBy(close) is null,
        DeskInput.ReturnOrdered { Order: var order } => Returns.RepeatedBy(order) is null,
        _ => false,
    };

    static bool IsResend(SaleOrder order) =>
        order is { IsNew: false, Earlier.Delivery: not DeliveryState.Completed } &&
        order.Earlier.Order is Sale earlier && earlier.Amount == order.Sale.Amount;
}
