using Sandbox.Simulation.Model;
using Terminal.Checkout;

namespace Sandbox.Simulation.Peers;

/// <summary>
/// The till, and the line between it and the terminal: what both depths have in common. How its words reach the
/// terminal is each depth's own.
/// </summary>
abstract class TillEnd
{
    protected TillEnd(World world)
    {
        World = world;
        Clerk = new(world);
        Mind = new(world, Clerk) { Later = Later };
    }

    protected World World { get; }
    protected TillClerk Clerk { get; }
    protected TillMind Mind { get; }

    /// <summary>Counts the lines: what was said on one is not heard on the next.</summary>
    protected int LineNumber { get; private set; }

    /// <summary>The line is open.</summary>
    public bool IsUp { get; private set; }

    public bool IsIdle => !Clerk.IsWaiting && !HasCalls;

    /// <summary>What the till is busy with, or was last.</summary>
    public OrderPage? Current => Clerk.Current;

    /// <summary>Something went wrong on the line: what comes next may suffer from it.</summary>
    public void Unsettle() => Clerk.Unsettle();

    /// <summary>The terminal still waits for an answer to something it said.</summary>
    public abstract bool HasCalls { get; }

    /// <summary>The terminal's end, for the process that starts now.</summary>
    public abstract IEcr Connect();

    /// <summary>06 01, 06 30, 06 31, 06 50.</summary>
    public abstract void Order(OrderPage page, bool stale);

    /// <summary>06 10.</summary>
    public abstract void AskTotals();

    /// <summary>06 20.</summary>
    public abstract void Repeat();

    /// <summary>06 B0.</summary>
    public abstract void Abort();

    /// <summary>06 01 while another command is under way.</summary>
    public abstract void Probe(OrderPage other);

    /// <summary>06 01 with a code that was submitted before, and another amount.</summary>
    public abstract void Reuse(OrderPage before);

    public void Begin() => Clerk.Begin();

    public void ShowAnother(OrderPage page) => Clerk.ShowAnother(page);

    public void SellOnceMore() => Clerk.SellOnceMore();

    public void AskForTheLast(Action<string?> done) => Clerk.AskForTheLast(done);

    public void TerminalStarted(int boot)
    {
        var wait = World.IsCalm ? World.Dice.Seconds(1, 5) : World.Dice.Seconds(0.5, World.Dice.Pick(3, 30, 200));
        World.Agenda.After(wait, () => OpenLine(boot));
    }

    public void TerminalStopped() => CloseLine();

    public void LoseLine()
    {
        if (IsUp)
        {
            World.Trace?.Till(World.Now, "*** line lost ***");
            World.Books.DisturbAll();
            CloseLine();
            var boot = World.Box.Boot;
            World.Agenda.After(World.Dice.Seconds(0.5, World.Dice.Pick(5, 14, 120)), () => OpenLine(boot));
        }
    }

    /// <summary>The till loses its power and comes back on the same line: 06 00.</summary>
    public void StartAgain()
    {
        if (IsUp && !World.IsCalm)
        {
            World.Trace?.Till(World.Now, "*** till starts again: 06 00 ***");
            World.Books.DisturbAll();
            World.Books.TillGoes();
            World.Books.ForgotAt = World.Now;
            World.Books.TillStartsAgain(World.Now);
            LineNumber++;
            Clerk.StartsAgain();
            Register();
        }
    }

    /// <summary>06 00 in the middle of a command.</summary>
    protected abstract void Register();

    /// <summary>The line is there, and the terminal shall know.</summary>
    protected abstract void Opened(int boot);

    /// <summary>Whatever was on its way is gone.</summary>
    protected abstract void Closed();

    /// <summary>On this line, unless it breaks before.</summary>
    protected void Later(Action action, TimeSpan? delay = null)
    {
        var mine = LineNumber;
        World.Agenda.After(delay ?? World.Dice.Seconds(0.005, 0.2), () =>
        {
            if (mine == LineNumber)
            {
                action();
            }
        });
    }

    void OpenLine(int boot)
    {
        if (boot == World.Box.Boot && World.Box.IsUp && !IsUp)
        {
            IsUp = true;
            World.Books.ReachableSince = World.Now;
            World.Trace?.Till(World.Now, "line ready");
            Opened(boot);
            Clerk.LineIsBack();
        }
    }

    void CloseLine()
    {
        IsUp = false;
        LineNumber++;
        World.Books.TillGoes();
        World.Books.StartedAt = -1;
        World.Books.ReachableSince = -1;
        Closed();
        Clerk.LineBroke();
    }
}
