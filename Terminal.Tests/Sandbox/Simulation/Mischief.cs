using Terminal.Payments;

namespace Sandbox.Simulation;

/// <summary>What a shop does to an order while it is under way.</summary>
sealed class Mischief(World world, TillClerk clerk)
{
    /// <param name="page">The order that begins.</param>
    /// <param name="last">The one that was closed last.</param>
    public void Befall(OrderPage page, OrderPage? last)
    {
        if (world.Hits(Fault.Abort, page))
        {
            clerk.During(world.Dice.Seconds(0, 40), world.Till.Abort);
        }
        if (world.Hits(Fault.LineLost, page))
        {
            clerk.During(world.Dice.Seconds(0, 40), world.Till.LoseLine);
        }
        if (world.Hits(Fault.StrayScan))
        {
            clerk.During(world.Dice.Seconds(0.2, 30), () => clerk.Scan(page));
        }
        if (world.Hits(Fault.OrderWhileBusy, page))
        {
            clerk.During(world.Dice.Seconds(0, 20), Probe);
        }
        if (last is { } paid && world.Hits(Fault.ReturnOrdered, paid))
        {
            clerk.During(world.Dice.Seconds(0, 5), () => OrderBack(paid));
        }
        if (world.Hits(Fault.ClockJumps))
        {
            clerk.During(world.Dice.Seconds(0, 30), world.Box.JumpClock);
        }
    }

    /// <summary>Another order while one is under way: it must be refused and change nothing.</summary>
    void Probe()
    {
        var other = clerk.New();
        other.Disturbed = true;
        world.Till.Probe(other);
    }

    /// <summary>A reversal of all or a refund of a part, as 06 30 and 06 31 will order it.</summary>
    void OrderBack(OrderPage paid)
    {
        if (paid.Payments is not [var page] || page.OrderedBack > 0 || !page.Has(Written.Acknowledged))
        {
            return;
        }
        var all = world.Dice.Chance(0.5);
        page.OrderedBack = all ? paid.Minor : Math.Max(1, paid.Minor / 2);
        PaymentInput what = all
            ? new PaymentInput.ReversalAsked()
            : new PaymentInput.RefundAsked(new($"R-{page.Id}"), page.OrderedBack);
        world.Box.Feed(world.Box.Boot, new DeskInput.Happened(new(page.Id), what));
    }
}
