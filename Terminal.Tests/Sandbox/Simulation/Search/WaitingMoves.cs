using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Sandbox.Simulation.Search;

/// <summary>
/// What can happen to an order without a code: it waits, a code is shown, the till proves that it is there, is gone or
/// begins anew.
/// </summary>
sealed class WaitingMoves(Loop loop)
{
    public IEnumerable<Edge> From(Position s) => s.Desk.Lane switch
    {
        LaneState.Idle when s is { Orders: > 0, LinkUp: true } => [Give(
            s with { Orders = s.Orders - 1 }, new DeskInput.Ordered(Tale.Order(s, null)), "an order without a code")],
        LaneState.AwaitingCode e => [.. Scans(s), .. Ends(s, e.Order), .. Later(s, e)],
        LaneState.Confirming e =>
        [
            Give(s, new DeskInput.TillThere(e.Order.Sale.Id), "the till acknowledges 04 FF"),
            .. Scans(s),
            .. Ends(s, e.Order),
        ],
        _ => Late(s),
    };

    IEnumerable<Edge> Scans(Position s) =>
        from code in new[] { "c1", "c2" }
        select Give(s, Tale.Scan(s, code), $"code {code} is shown");

    /// <summary>An order that is no longer fresh; no time need pass for anything else.</summary>
    IEnumerable<Edge> Later(Position s, LaneState.AwaitingCode e)
    {
        var stale = e.Since + Tale.Policy.FreshOrder + TimeSpan.FromSeconds(1);
        return s.Now < stale && s is { Flight: [], Till: [] }
            ? [Give(s with { Now = stale }, new DeskInput.TimePassed(), "some seconds pass")]
            : [];
    }

    IEnumerable<Edge> Ends(Position s, SaleOrder order) => s.Faults == 0 ? [] :
    [
        Give(Gone(s, order) with { LinkUp = false }, new DeskInput.TillGone(), "the till is gone"),
        Give(Gone(s, order), new DeskInput.TillGone(), "the till begins anew (06 00)"),
        Give(s.Spend(1), new DeskInput.AbortAsked(), "an abort"),
    ];

    /// <summary>Nobody waits for a code: whatever comes changes nothing.</summary>
    IEnumerable<Edge> Late(Position s) => s.Faults == 0 ? [] :
    [
        Give(s.Spend(1), Tale.Scan(s, "c2"), "code c2 is shown, and nobody asked"),
        Give(s.Spend(1), new DeskInput.TillGone(), "the till begins anew (06 00)"),
    ];

    static Position Gone(Position s, SaleOrder order) => s.Spend(1) with { Gone = s.Gone.Add(order.Sale.Id) };

    Edge Give(Position s, DeskInput input, string label)
    {
        var (next, broken) = loop.Take(s, input);
        return new(() => label, next, broken);
    }
}
