using Terminal.Payments;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Checkout;

/// <summary>
/// The codes that came in and can still be submitted. A code that no state needs any more is wiped: its request was
/// written and will not be written again, or it never will be written.
/// </summary>
sealed class CodesInUse
{
    readonly List<PaymentCode> codes = [];

    public void Add(LoopInput input)
    {
        if (input.Carried is { } code)
        {
            codes.Add(code);
        }
    }

    /// <param name="state">Null: nothing is submitted any more.</param>
    public void WipeOthers(DeskState? state)
    {
        for (var i = codes.Count - 1; i >= 0; i--)
        {
            if (state is null || !IsNeeded(codes[i], state))
            {
                codes[i].Wipe();
                codes.RemoveAt(i);
            }
        }
    }

    static bool IsNeeded(PaymentCode code, DeskState state) =>
        (state.Lane is LaneState.Confirming { Order.Code: var shown } && ReferenceEquals(shown, code)) ||
        state.Open.Exists(t => t.Payment is PaymentState.Requested { Code: var sent } && ReferenceEquals(sent, code));
}
