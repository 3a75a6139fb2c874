using Terminal.Checkout;
using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Sandbox.Simulation.Bugs;

/// <summary>The code that comes after the line went down, or after 06 00, pays the order that waited for it.</summary>
sealed class LateScanPlant : Plant
{
    SaleOrder? waited;

    public override Decide Decide(World world)
    {
        var desk = base.Decide(world);
        return (state, input, now) =>
        {
            if (input is DeskInput.TillGone && state.Lane is LaneState.AwaitingCode { Order: var order })
            {
                waited = order;
            }
            if (input is not DeskInput.Scanned { Earlier: null } scan || state.Lane is not LaneState.Idle ||
                waited is not { } late)
            {
                return desk(state, input, now);
            }
            waited = null;
            return desk(state, new DeskInput.Ordered(late with { Code = scan.Code }), now);
        };
    }
}
