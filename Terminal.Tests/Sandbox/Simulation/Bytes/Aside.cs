using System.Text;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Terminal;
using Terminal.Backend;
using Terminal.Checkout;
using Terminal.Journal;
using Terminal.Payments;

namespace Sandbox.Simulation.Bytes;

/// <summary>What one process runs beside its loop at full depth: the till's session, the sync, the log.</summary>
sealed class Aside : ILogEventSink
{
    readonly World world;
    readonly Seat seat;
    readonly JournalSync sync;
    readonly StepLog log;
    Moment syncAt;
    bool isSyncing = true;

    /// <param name="known">What the journal knows of the gateway's time.</param>
    public Aside(World world, IJournal journal, (Clock Clock, BootTime Time) clocks, Stamp? known)
    {
        this.world = world;
        Links = new(world.Till.Connect(), world.Gateway);
        seat = (Seat)Links.Ecr;
        world.Wire!.Start(clocks.Time, known);
        var logger = new LoggerConfiguration().MinimumLevel.Debug().WriteTo.Sink(this).CreateLogger();
        log = new(logger, text => logger.Information("{Text:l}", text));
        sync = new(
            new("T1", $"{world.Box.Boot:x8}", "0", new()), world.Plant.Synced(journal),
            tell => world.Office!.Connect(world.Plant.Heard(journal, tell)), clocks.Clock)
        {
            Random = world.Dice.Fill,
        };
    }

    public Links Links { get; }

    public Moment WakeAt => Moment.Earliest(seat.WakeAt, syncAt);

    public void Watch(DeskState before, Transition<DeskState> step)
    {
        log.Write(before, step);
        Stir();
    }

    /// <summary>Something happened to the sync.</summary>
    public void Stir() => syncAt = isSyncing ? default : Moment.Never;

    public void Wake(Moment now)
    {
        if (seat.WakeAt <= now)
        {
            seat.TimePassed();
        }
        if (syncAt <= now)
        {
            world.Box.Point();
            Sync();
        }
    }

    /// <summary>Without its journal the sync ends, and the loop hears of it.</summary>
    void Sync()
    {
        try
        {
            syncAt = sync.Step();
        }
        catch (JournalFailedException e)
        {
            syncAt = Moment.Never;
            isSyncing = false;
            world.Box.Feed(world.Box.Boot, new LoopInput.JournalLost(e.Message));
        }
    }

    public void Emit(LogEvent logEvent) =>
        world.Secrets.Check(Encoding.UTF8.GetBytes(logEvent.RenderMessage()), "the log");
}
