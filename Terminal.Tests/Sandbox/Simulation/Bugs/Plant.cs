using Terminal.Acquirer;
using Terminal.Backend;
using Terminal.Checkout;
using Terminal.Ecr;
using Terminal.Journal;
using Terminal.Payments;

namespace Sandbox.Simulation.Bugs;

/// <summary>
/// A bug planted at a seam of the real loop, to prove that the simulation would find it. What it remembers, it
/// remembers for one world.
/// </summary>
class Plant
{
    /// <summary>The product as it is.</summary>
    public static readonly Plant None = new();

    /// <summary>What decides in a process that starts now.</summary>
    public virtual Decide Decide(World world) => new Desk(Policy.Default).Next;

    /// <summary>How the bytes of the till reach the session.</summary>
    public virtual Action<byte[]> Line(World world, EcrSettings settings, Action<byte[]> session) => session;

    /// <summary>The journal as the sync sees it.</summary>
    public virtual IJournal Synced(IJournal journal) => journal;

    /// <summary>What the sync hears of its connection.</summary>
    public virtual Action<BackendEvent> Heard(IJournal journal, Action<BackendEvent> sync) => sync;

    /// <summary>The head office counts what comes again.</summary>
    public virtual bool CountsAgain => false;

    /// <summary>The signature of an answer is looked at.</summary>
    public virtual bool Verifies => true;

    /// <summary>Answers to this call are believed whenever they were signed.</summary>
    public virtual bool Believes(string call) => false;

    /// <summary>The gateway's clock after an answer that tells this time.</summary>
    public virtual GatewayClock Clock(GatewayClock clock, string told) => clock;

    /// <summary>Where a process that starts now gets its random bytes.</summary>
    public virtual Action<Span<byte>> Random(World world) => world.Dice.Fill;
}
