using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Serilog;
using Terminal;
using Terminal.Acquirer;
using Terminal.Backend;
using Terminal.Checkout;
using Terminal.Device;
using Terminal.Ecr;
using Terminal.Journal;
using Terminal.Panel;
using Terminal.Payments;
using Terminal.Scanner;

const string help = """
    terminal: takes wallet payments for a cash register

      terminal run --settings FILE       the service
      terminal status [--json] --settings FILE
                                         what the running service is doing
      terminal codes                     the field codes of the display: meaning and next step
      terminal payments list --settings FILE
      terminal payments resolve ID --by NAME --note TEXT --settings FILE
                                         a person closes a payment that the gateway never confirms
      terminal journal verify --settings FILE
      terminal journal list [COUNT] --settings FILE
      terminal journal export --settings FILE
                                         NDJSON with hashes; the journal verbs need the service stopped
      terminal version
      terminal --help

    exit status: 0 done, 1 found something wrong, 64 wrong command line, 69 no service runs,
    74 journal failed (start again), 78 wrong settings (change them first)
    """;

try
{
    switch (args)
    {
        case ["run", "--settings", var file]:
            return await RunAsync(Settings.Read(file));
        case ["status", "--settings", var file]:
            return Ask(Settings.Read(file), "status");
        case ["status", "--json", "--settings", var file]:
            return Ask(Settings.Read(file), "status", "--json");
        case ["codes"]:
            return Say(FieldCodes.Table(Language.English));
        case ["payments", "resolve", var id, "--by", var by, "--note", var note, "--settings", var file]:
            return Ask(Settings.Read(file), "resolve", id, by, note);
        case ["payments", "list", "--settings", var file]:
            var running = Settings.Read(file);
            return ControlSocket.Ask(running.Control, "payments") is { } open
                ? Say(open)
                : Show(running, (text, ledger) => text.ListPayments(ledger));
        case ["journal", "verify", "--settings", var file]:
            return Verify(Settings.Read(file));
        case ["journal", "list", "--settings", var file]:
            return Show(Settings.Read(file), (text, _) => text.List(50));
        case ["journal", "list", var count, "--settings", var file] when int.TryParse(count, out var n) && n > 0:
            return Show(Settings.Read(file), (text, _) => text.List(n));
        case ["journal", "export", "--settings", var file]:
            return Show(Settings.Read(file), (text, _) => text.Export());
        case ["version"]:
            return Say(Version() + "\n");
        case ["--help" or "-h" or "help", ..]:
            Console.WriteLine(help);
            return ExitStatus.Success;
        default:
            Console.Error.WriteLine(help);
            return ExitStatus.Usage;
    }
}
catch (SettingsException e)
{
    Console.Error.WriteLine($"terminal: {e.Message}");
    return ExitStatus.Settings;
}
catch (JournalFailedException e)
{
    Console.Error.WriteLine($"terminal: {e.Message}");
    return ExitStatus.JournalFailed;
}

static async Task<int> RunAsync(Settings settings)
{
    var time = TimeProvider.System;
    var clock = new Clock(time);
    var hasConsole = settings.Panel.Display != DisplayKind.Window;
    using var log = Terminal.Device.Log.Open(settings.LogFolder, settings.LogLevel, hasConsole);
    using var store = new SqliteJournal(settings.Journal);
    var ledger = new Ledger(store);
    var inbox = new Inbox();
    var seal = new CodeSeal(KeyFile.ReadOrCreate(settings.CodeKey));
    var links = new LinkBoard(log);

    using var acquirer = new AmsAcquirer(settings.Acquirer, time, inbox.Post);
    using var port = settings.Ecr.Tcp is { } at ? new TcpPort(at, text => log.Warning("ecr: {Text:l}", text)) : null;
    var ports = new EcrPorts(
        port is null ? SerialLine(settings.Ecr) : port.Open, inbox.Post, (isUp, text) => links.Set("ecr", isUp, text));
    var ecr = new ZvtEcr(settings.Ecr, seal, ports, time);
    port?.Ready = ecr.OpenNow;
    using var scanner = Scan(settings.Scanner, seal, time);
    var sync = Sync(settings, store, clock, links);
    CheckoutLoop? loop = null;
    using var signboard = new Signboard(Displays(settings.Panel, log, time), time, settings.Policy, () => new(
        links.IsUp("ecr"), sync?.Status.Backlog ?? 0, TimeOnly.FromDateTime(time.GetLocalNow().DateTime), Fault()));
    var steps = new StepLog(log);
    loop = new CheckoutLoop(new Desk(settings.Policy).Next, ledger, new(ecr, acquirer), clock)
    {
        Watch = (before, step) =>
        {
            steps.Write(before, step);
            signboard.Watch(before, step);
            sync?.Nudge();
        },
    };
    using var control = new ControlSocket(settings.Control, new StatusReport(loop, clock, Links, inbox).Answer);
    log.Information("terminal {Id:l} starts: journal {Epoch:l} at entry {Sequence}, {Open} payments open",
        settings.TerminalId, ledger.Epoch, ledger.LastSequence, ledger.Open().Count);

    var stop = new CancellationTokenSource(); // Not disposed: a second signal may still be on its way to it.
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    control.Start();
    scanner?.Start(inbox.Post);
    await TogetherAsync(stop,
        ecr.RunAsync(stop.Token),
        sync?.RunAsync(stop.Token) ?? Task.Delay(Timeout.Infinite, stop.Token),
        loop.RunAsync(inbox.Reader, time, stop.Token));
    log.Information("stopped");
    return ExitStatus.Success;

    // The worst first: what stops payments, then what only wants a look.
    FieldCode? Fault() =>
        loop?.Failure is not null ? FieldCodes.JournalDown :
        scanner is { Status.Connected: false } ? FieldCodes.ScannerAway :
        sync is { Status.Connected: false } ? FieldCodes.BackendUnreachable :
        null;

    (string, string)[] Links() =>
        [.. links.All(), .. sync is null ? [] : new[] { ("backlog", sync.Status.Backlog.ToString()) }];

    void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}

// The first to end ends all: a part that is gone must not leave the others pretending.
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

static IScanner? Scan(ScannerSettings? settings, CodeSeal seal, TimeProvider time)
{
    if (settings is null)
    {
        return null;
    }
    var options = new ScanOptions(settings.Codes, seal, time, settings.IdleGap);
    var line = new EcrSettings { Device = settings.Device, Baud = settings.Baud, StopBits = 1 };
    return settings.IsKeyboard
        ? new HidScanner(settings.Device, options)
        : new SerialScanner(() => TermiosLine.Open(line).Line, options);
}

static JournalSync? Sync(Settings settings, SqliteJournal store, Clock clock, LinkBoard links)
{
    if (settings.Backend is not { } backend)
    {
        return null;
    }
    var connect = Mqtt(backend);
    var boot = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    var identity = new SyncIdentity(settings.TerminalId, boot, Version(), new SyncPolicy());
    var up = (bool?)null;
    return new(identity, store, connect, clock)
    {
        Report = status =>
        {
            if (up != status.Connected)
            {
                up = status.Connected;
                var state = status.Connected ? "connected" : $"{status.Trouble}: {status.Detail}";
                links.Set("backend", status.Connected, state);
            }
        },
    };
}

static Func<Opened> SerialLine(EcrSettings settings) => settings.Driver switch
{
#if NUGET_DRIVERS
    null or "system.io.ports" => () => PortsLine.Open(settings),
#else
    "system.io.ports" => throw NotBuiltIn("ecr.driver", settings.Driver, "termios"),
#endif
    _ => () => TermiosLine.Open(settings),
};

static Func<Action<BackendEvent>, IBackend> Mqtt(BackendSettings settings) => settings.Driver switch
{
#if NUGET_DRIVERS
    null or "mqttnet" => tell => new MqttNetBackend(settings, tell),
#else
    "mqttnet" => throw NotBuiltIn("backend.driver", settings.Driver, "libmosquitto"),
#endif
    _ => tell => new MosquittoBackend(settings, tell),
};

#if !NUGET_DRIVERS
static SettingsException NotBuiltIn(string key, string driver, string builtIn) =>
    new(key, $"\"{driver}\", which is not in this build", $"\"{builtIn}\"");
#endif

static IPanel Displays(PanelSettings settings, ILogger log, TimeProvider time)
{
    const int DisplayAddress = 0x3C;
    var panels = new List<IPanel>();
    switch (settings.Display)
    {
        case DisplayKind.Window:
            panels.Add(new TerminalPanel(Console.Out, new Screens(128, 64, settings.Language), log, time));
            break;
        case DisplayKind.Framebuffer:
            panels.Add(new FramebufferPanel(settings.Device, settings.Language, log, time));
            break;
        case DisplayKind.Ssd1306:
            panels.Add(new Ssd1306Panel(new(settings.Device, DisplayAddress), settings.Language, log, time));
            break;
    }
    if (settings.Lights is { } wiring)
    {
        panels.Add(new GpioLights(wiring, log, time));
    }
    return new PanelGroup([.. panels]);
}

static string Version() => typeof(Settings).Assembly.GetName().Version!.ToString(3);

static int Verify(Settings settings)
{
    using var store = new SqliteJournal(settings.Journal, create: false);
    return new JournalText(store, Console.Out).Verify() ? ExitStatus.Success : ExitStatus.Failed;
}

static int Show(Settings settings, Action<JournalText, Ledger> show)
{
    using var store = new SqliteJournal(settings.Journal, create: false);
    show(new JournalText(store, Console.Out), new Ledger(store));
    return ExitStatus.Success;
}

static int Say(string text)
{
    Console.Write(text);
    return ExitStatus.Success;
}

static int Ask(Settings settings, params string[] words)
{
    if (ControlSocket.Ask(settings.Control, words) is not { } answer)
    {
        Console.Error.WriteLine($"terminal: no service runs at {settings.Control}");
        return ExitStatus.Unavailable;
    }
    Say(answer);
    return answer.StartsWith("error:", StringComparison.Ordinal) ? ExitStatus.Failed : ExitStatus.Success;
}
