using Sandbox.Journal;
using Sandbox.Simulation.Bytes;
using Terminal;
using Terminal.Checkout;
using Terminal.Journal;
using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Sandbox.Simulation;

/// <summary>The power failed here and now; nothing of the process survives.</summary>
sealed class PowerCutException : Exception;

/// <summary>The box that the terminal runs on: its process, its power, its disk.</summary>
sealed class Box(World world)
{
    // The disk outlives each process: what the one before left is what the next one opens.
    Func<MemoryJournal> disk = () => new();
    BootTime time = new(world.Agenda, world.Dice);
    Aside? aside;
    long fullUntil;
    CheckoutLoop? loop;
    bool dark;
    bool stopping;

    /// <summary>Counts the processes: an answer to a dead one is never heard.</summary>
    public int Boot { get; private set; }

    public bool IsUp => loop is not null;

    /// <summary>It works on a payment, or tells of one.</summary>
    public bool IsPaying => loop?.State.Lane is LaneState.Paying;

    public Moment Now => new(time.GetTimestamp());

    public bool IsDiskFull => !world.IsCalm && world.Now < fullUntil;

    /// <summary>When the terminal wants to be woken, in the world's time.</summary>
    public long WakeAt => loop is null ? long.MaxValue : time.ToWorld(
        aside is null ? loop.WakeAt.Ticks : Moment.Earliest(loop.WakeAt, aside.WakeAt).Ticks);

    public void Start()
    {
        Boot++;
        dark = stopping = false;
        world.Books.JournalFailed = false;
        time = new(world.Agenda, world.Dice);
        world.Trace?.Terminal(world.Now, $"starts ({Boot})");
        Live(() =>
        {
            var journal = disk();
            disk = journal.Crash;
            var watched = new WatchedJournal(world, journal);
            var ledger = new Ledger(watched);
            var clock = new Clock(time);
            aside = world.Wire is null ? null : new(world, watched, (clock, time), ledger.Newest()?.Order.GatewayTime);
            var links = aside?.Links ?? new Links(world.Till.Connect(), world.Gateway);
            loop = new(world.Agreement.Numbering(world.Plant.Decide(world)), ledger, links, clock)
            {
                Ids = new(world.Plant.Random(world)),
                Watch = aside is null ? null : aside.Watch,
            };
            loop.Recover();
        });
        world.Till.TerminalStarted(Boot);
    }

    /// <summary>An input for the process that was meant; dropped if that one is gone.</summary>
    public void Feed(int boot, LoopInput input) => Do(boot, () =>
    {
        Point();
        loop!.Step(input);
    });

    /// <summary>Something that the process does now, if it still lives.</summary>
    public void Do(int boot, Action act)
    {
        if (boot == Boot && loop is not null)
        {
            Live(act);
        }
    }

    /// <summary>What is due by the process's own clock.</summary>
    public void Wake() => Do(Boot, () =>
    {
        if (aside is null || loop!.WakeAt <= Now)
        {
            Point();
            loop!.Step(new DeskInput.TimePassed());
        }
        aside?.Wake(Now);
    });

    /// <summary>Something reached the sync.</summary>
    public void Stir() => aside?.Stir();

    /// <summary>A point at which the power can fail.</summary>
    public void Point()
    {
        if (dark || world.Hits(Fault.PowerCut))
        {
            dark = true;
            throw new PowerCutException();
        }
    }

    public void FillDisk()
    {
        if (!IsDiskFull)
        {
            fullUntil = world.Now + world.Dice.Seconds(1, world.Dice.Pick(20, 300, 3600)).Ticks;
        }
    }

    /// <summary>The wall clock is set; deadlines know nothing of it.</summary>
    public void JumpClock() => time.Jump(world.Dice.Seconds(-1e7, 1e7));

    void Live(Action act)
    {
        var mine = Boot;
        try
        {
            act();
        }
        catch (PowerCutException)
        {
        }
        catch (JournalFailedException) when (loop is null)
        {
            Restart(); // The journal could not even be read at start-up.
            return;
        }
        catch (Exception e)
        {
            world.Books.Break("M10", $"the terminal died: {e}");
            dark = true;
        }
        if (Boot != mine)
        {
            return; // It ended inside already: an input that led to the next.
        }
        if (dark)
        {
            GoDark();
        }
        else if (loop?.Failure is { } failure && !stopping)
        {
            stopping = true;
            world.Trace?.Terminal(world.Now, $"stops soon: {failure.Message}");
            var boot = Boot;
            world.Agenda.After(TimeSpan.FromSeconds(10), () =>
            {
                if (boot == Boot && loop is not null)
                {
                    Restart();
                }
            });
        }
    }

    void GoDark()
    {
        world.PowerCuts++;
        world.Trace?.Terminal(world.Now, "*** power cut ***");
        world.Books.DisturbAll();
        Stop();
        world.Agenda.After(world.Dice.Seconds(1, world.Dice.Pick(5, 60, 900)), Start);
    }

    void Restart()
    {
        Stop();
        world.Agenda.After(world.Dice.Seconds(1, 5), Start);
    }

    void Stop()
    {
        (loop, aside) = (null, null);
        Boot++;
        world.Till.TerminalStopped();
    }
}
