using Sandbox.Simulation.Model;

namespace Sandbox.Simulation.Peers;

/// <summary>What a shop does to an order while it is under way.</summary>
sealed class Mischief(World world, TillClerk clerk)
{
    /// <param name="page">The order that begins.</param>
    public void Befall(OrderPage page)
    {
        if (world.Hits(Fault.Abort, page))
        {
            clerk.During(world.Dice.Seconds(0, 40), world.Till.Abort);
        }
        if (world.Hits(Fault.LineLost, page))
        {
            clerk.During(world.Dice.Seconds(0, 40), world.Till.LoseLine);
        }
        if (page.Errand == Errand.Sale && world.Hits(Fault.StrayScan))
        {
            clerk.During(world.Dice.Seconds(0.2, 30), () => clerk.Scan(page));
        }
        if (world.Hits(Fault.OrderWhileBusy, page))
        {
            clerk.During(world.Dice.Seconds(0, 20), Probe);
        }
        if (world.Agreement.StartsAgain())
        {
            clerk.During(world.Agreement.StartsAgainIn(), world.Till.StartAgain);
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
        other.Disturbed = other.IsProbe = true;
        world.Till.Probe(other);
    }
}
