using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Serilog.Core;
using Serilog.Events;
using Terminal.Acquirer;
using Terminal.Backend;
using Terminal.Checkout;
using Terminal.Device;
using Terminal.Ecr;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Trace;
using Terminal.Journal;
using Terminal.Journal.Upkeep;
using Terminal.Panel;
using Terminal.Panel.Cues;
using Terminal.Payments;
using Terminal.Scanner;

namespace Terminal;

/// <summary>The service: every part, put together by the settings, until a signal or a failed part ends it.</summary>
static class Composition
{
    /// <returns>An <see cref="ExitStatus"/>.</returns>
    /// <param name="trace">Where to write all that passes between the ECR and us; null: nowhere.</param>
    public static async Task<int> RunAsync(Settings settings, TextWriter? trace)
    {
        Authorities.Begin(settings.NamesAllAuthorities);
        var hasConsole = settings.Panel.Display != DisplayKind.Window;
        using var log = EventLog.Open(settings.LogFolder, settings.LogLevel, hasConsole);
        using var parts = new Parts(problem => log.Warning("{Problem:l}", problem));
        parts.Add(trace);
        var panel = parts.Add(Drivers.Panel(settings.Panel, log, TimeProvider.System));
        panel.Show(new Cue.Starting());
        try
        {
            return await RunAsync(settings, trace, panel, log);
        }
        catch (Exception e) when (FailureOf(e, settings) is var failure)
        {
            // The display must not be dark, even while systemd starts the service again and again.
            if (Health.CodeOf(failure) is { } code)
            {
                panel.Leave(new Cue.OutOfOrder(code));
            }
            if (failure != e)
            {
                throw failure;
            }
            throw;
        }
    }

    /// <summary>
    /// A failed link is an answer, so an I/O error that comes this far is the state folder's. It ends the process like
    /// any failure of the journal, and the next start resumes what is open.
    /// </summary>
    static Exception FailureOf(Exception e, Settings settings) => e is IOException or UnauthorizedAccessException
        ? new JournalFailedException($"{e.Message}; next step: check the disk of {settings.StateFolder}", e)
        : e;

    static async Task<int> RunAsync(Settings settings, TextWriter? trace, IPanel panel, Logger log)
    {
        var (time, clock) = (TimeProvider.System, new Clock(TimeProvider.System));
        Provision.Check(settings, note => log.Warning("{Note:l}", note));
        using var parts = new Parts(problem => log.Warning("{Problem:l}", problem));
        var place = new JournalPlace(settings.StateFolder);
        var start = parts.Add(JournalStart.Open(place, clock.Wall));
        var (store, ledger, seal) = (start.Store, start.Ledger, start.Seal(settings.CodeKey, settings.Ecr.Codes));
        var books = parts.Add(start.KeepBooks(place, clock, Log(log)));
        var (inbox, links) = (new Inbox(), new LinkBoard(log, time));
        var retention = new Retention(store, (settings.Journal.Keep, settings.Journal.MaxBytes), clock);
        var maintenance = new Maintenance(store, place.Mark, clock) { Report = Log(log) };
        var dialer = parts.Add(new Dialer(time));
        var acquirer = parts.Add(Acquirer(settings, ledger, (inbox, links), dialer));
        var scanner = parts.Add(Drivers.Scanner(settings, seal, time));
        var sync = start.IsRescue ? null : Sync(settings, store, dialer, (links, inbox));
        ledger.HeadOffice = () => sync?.Acknowledged ?? 0;
        var health = new Health(links, time, settings.Policy)
        {
            Acquirer = acquirer,
            Scanner = scanner,
            Panel = panel,
            Sync = sync,
            Maintenance = maintenance,
            Room = new(store, settings.Journal.MaxBytes, settings.FreeBytes),
            Exposures = Exposure.In(settings),
            Refusal = start.Refusal,
            Books = books,
        };
        var signboard = parts.Add(new Signboard(panel, time, settings.Policy, () => health.BoxStatus));
        var port = parts.Add(Drivers.TcpPort(settings.Ecr, text => links.Warn("ecr", text)));
        var ports = new EcrPorts(Opening(settings.Ecr, port, trace), inbox.Post, links.Of("ecr"))
        {
            IsOutOfOrder = () => health.IsOutOfOrder,
            Bar = order => health.Bar(order.Code) ?? start.Accepted?.Write(order),
            Display = signboard.Show,
            Patience = () => port?.Patience,
            WrongPassword = () => health.WrongPassword(port?.Suspect() ?? "the till"),
        };
        var pulse = parts.Add(PulseFor(Supervisor.FromEnvironment(), log));
        var ecr = Ecr(settings.Ecr, seal, ports, pulse);
        port?.Ready = ecr.OpenNow;
        var (desk, peers) = (new Desk(settings.Policy), new Links(ecr, start.Through(acquirer)));
        var loop = health.Loop = new CheckoutLoop(desk.Next, ledger, peers, clock)
        {
            Bar = health.Bar,
            Deaf = start.Deaf,
            Accepted = start.Accepted,
            Maintenance = maintenance,
            Alive = pulse.Watch("loop", inbox.Wake),
            Patience = new(() => sync is { Status.Connected: true } && sync.Acknowledged < ledger.LastSequence),
            Watch = start.EndWith(inbox, time) + Watch(new(log, Till(links)), signboard, sync, retention),
        };
        sync?.Headline = () => health.Headline;
        var control = parts.Add(new ControlSocket(settings.Control, new StatusReport(loop, clock, health.Links, inbox)
        { Fault = () => health.Worst, LearnTime = by => LearnTime(acquirer, log, by) }.Answer));
        Announce(log, settings, start);
        await UntilStoppedAsync(
            stop =>
            {
                control.Start();
                scanner?.Start(inbox.Post);
                return ecr.RunAsync(stop);
            },
            stop => SyncAsync(sync, inbox, stop),
            stop => loop.RunAsync(inbox.Reader, time, stop));
        log.Information("stopped");
        return ExitStatus.Success;
    }

    static Action<string> Till(LinkBoard links) => text => links.Note("till", text);

    /// <summary>Who hears of each step once it is durable.</summary>
    static Action<DeskState, Transition<DeskState>> Watch(
        StepLog steps, Signboard signboard, JournalSync? sync, Retention retention) => (before, step) =>
        {
            steps.Write(before, step);
            signboard.Watch(before, step);
            sync?.Nudge();
            retention.Watch(before, step.State);
        };

    static ZvtEcr Ecr(EcrSettings settings, CodeSeal seal, EcrPorts ports, Pulse pulse)
    {
        ZvtEcr ecr = null!;
        ecr = new(settings, seal, ports, TimeProvider.System) { Alive = pulse.Watch("ecr", () => ecr.Wake()) };
        return ecr;
    }

    static Pulse PulseFor(Supervisor supervisor, Logger log) => new(TimeProvider.System, supervisor.Interval)
    {
        Ready = () => supervisor.Say("READY=1"),
        Feed = () => supervisor.Say("WATCHDOG=1"),
        Stuck = part => log.Error("{Part:l} does not move: the watchdog is not fed", part),
        Ended = () =>
        {
            supervisor.Say("STOPPING=1");
            supervisor.Dispose();
        },
    };

    static void Announce(Logger log, Settings settings, JournalStart start)
    {
        var ledger = start.Ledger;
        log.Information("terminal {Id:l} starts: journal {Epoch:l} at entry {Sequence}, {Open} payments open",
            settings.TerminalId, ledger.Epoch, ledger.LastSequence, ledger.Open().Count);
        if (start.Refusal is { } refusal)
        {
            log.Warning("no new payments, {Code:l}: {Text:l}", refusal.Code.Code, refusal.Text);
        }
    }

    /// <summary>How the line to the ECR is opened, and traced if asked for.</summary>
    static Func<int, Opened> Opening(EcrSettings settings, TcpPort? port, TextWriter? trace)
    {
        var open = port is null ? Drivers.SerialLine(settings) : _ => port.Open();
        return trace is null ? open : new EcrTrace(trace, TimeProvider.System, isTcp: port is not null).Around(open);
    }

    /// <summary>After a start, an answer older than the gateway's time in the journal is not current.</summary>
    static AmsAcquirer Acquirer(Settings settings, Ledger ledger, (Inbox Inbox, LinkBoard Links) to, Dialer dialer)
    {
        DateTimeOffset? known = ledger.Newest()?.Order.GatewayTime is { } at
            ? DateTimeOffset.FromUnixTimeMilliseconds(at.UnixMilliseconds)
            : null;
        return new(settings.Acquirer, new(TimeProvider.System, known), to.Inbox.Post, dialer)
        {
            Report = status => to.Links.Set("gateway", status.IsUp, $"{status}"),
        };
    }

    static void LearnTime(AmsAcquirer acquirer, Logger log, string by)
    {
        log.Warning("the gateway's time is forgotten by order of {By:l}, and learned from its next answers", by);
        acquirer.ForgetTime();
    }

    static async Task UntilStoppedAsync(params Func<CancellationToken, Task>[] parts)
    {
        var stop = new CancellationTokenSource(); // Not disposed: a second signal may still be on its way to it.
        using var terminate = StopOn(PosixSignal.SIGTERM, stop);
        using var interrupt = StopOn(PosixSignal.SIGINT, stop);
        await TogetherAsync(stop, [.. parts.Select(run => run(stop.Token))]);
    }

    static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stop) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });

    static Action<bool, string> Log(Logger log) => (isGood, text) =>
        log.Write(isGood ? LogEventLevel.Information : LogEventLevel.Warning, "{Text:l}", text);

    /// <summary>A journal that fails here ends the loop, not the process: its cancels must still leave (M4).</summary>
    static async Task SyncAsync(JournalSync? sync, Inbox inbox, CancellationToken stop)
    {
        try
        {
            await (sync?.RunAsync(stop) ?? Task.CompletedTask);
        }
        catch (JournalFailedException e)
        {
            inbox.Post(new LoopInput.JournalLost(e.Message));
        }
        await Task.Delay(Timeout.Infinite, stop);
    }

    // The first part to end stops all: the others must not go on as if it were still there.
    static async Task TogetherAsync(CancellationTokenSource stop, params Task[] running)
    {
        try
        {
            await await Task.WhenAny(running);
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    static JournalSync? Sync(
        Settings settings, IJournal store, Dialer dialer, (LinkBoard Links, Inbox Inbox) to)
    {
        if (settings.Backend is not { } backend)
        {
            // M8: an entry that nobody else has must never be dropped, so in the end there is no room (J-302).
            to.Links.Set("backend", false, "none set, so nothing is ever dropped from the journal");
            return null;
        }
        var boot = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var identity = new SyncIdentity(settings.TerminalId, boot, Build.Version, new SyncPolicy());
        return new(identity, store, tell => new MqttNetBackend(backend, dialer, tell), new Clock(TimeProvider.System))
        {
            Report = status =>
            {
                to.Links.Set("backend", status.Connected, $"{status}");
                if (status.Backlog == 0)
                {
                    // An end-of-day may wait for this.
                    to.Inbox.Wake();
                }
            },
        };
    }
}
