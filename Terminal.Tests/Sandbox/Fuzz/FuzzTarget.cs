using Sandbox.Simulation;

namespace Sandbox.Fuzz;

/// <summary>A part of the terminal that reads what others sent, and what must hold whatever that is.</summary>
/// <param name="name">Also the name of its seeds.</param>
abstract class FuzzTarget(string name) : IDisposable
{
    public string Name => name;

    /// <summary>Its part of a run's inputs, compared with the others'.</summary>
    public virtual int Share => 1500;

    /// <summary>What one input may allocate, in bytes.</summary>
    public virtual long MostBytes => 128 * 1024;

    /// <summary>Inputs that got past the first checks; without any a run shows little.</summary>
    public long Deep { get; private set; }

    /// <summary>Makes lengths and checksums right again, so that what lies behind them is reached.</summary>
    public virtual byte[] Repair(byte[] input, Dice dice) => input;

    /// <exception cref="DisagreementException">What was read is not what was sent.</exception>
    /// <exception cref="StuckException">It does not come to an end.</exception>
    public abstract void Take(byte[] input);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    protected void CountDeep() => Deep++;

    protected static void Expect(bool holds, string claim)
    {
        if (!holds)
        {
            throw new DisagreementException(claim);
        }
    }
}
