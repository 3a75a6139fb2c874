using Terminal.Checkout;
using Terminal.Payments;

namespace Sandbox.Simulation;

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

    /// <summary>Where a process that starts now gets its random bytes.</summary>
    public virtual Action<Span<byte>> Random(World world) => world.Dice.Fill;
}
