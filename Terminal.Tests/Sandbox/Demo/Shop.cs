using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Acquirer;
using Sandbox.Backend;
using Sandbox.Ecr;
using Sandbox.Journal;
using Terminal.Journal;
using Terminal.Journal.Upkeep;
using Terminal.Payments;

namespace Sandbox.Demo;

/// <summary>The journal as it lies on disk after the service ended.</summary>
/// <param name="Stored">How many of its entries head office has.</param>
sealed record JournalCopy(IReadOnlyList<Transaction> Transactions, int Entries, int Stored);

/// <summary>
/// A whole shop on this machine, in one folder of its own: gateway, terminal process, cable and till, scanner, broker
/// and head office.
/// </summary>
sealed class Shop : IAsyncDisposable
{
    const string TerminalId = "T0001";

    /// <summary>Orders a minute: no cashier is in the way here.</summary>
    const int MachineSpeed = 60_000;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly GatewayKeys keys;
    readonly AmsGateway gateway;
    readonly Pty pty;
    readonly Pty scanner = new();
    readonly Broker broker = new();
    readonly Archive archive;
    readonly Collector headOffice;
    readonly string folder;

    Shop(string folder, BookingModel model, GatewayKeys keys, AmsGateway gateway)
    {
        this.folder = folder;
        this.keys = keys;
        this.gateway = gateway;
        pty = new Pty();
        broker.Start();
        archive = new(Path.Combine(folder, "head-office")) { Stored = (_, entry) => Stored?.Invoke(entry) };
        headOffice = new(broker.Port, archive);
        headOffice.Start();
        Cable = new TillLine(pty.Master);
        Till = new Till(Cable, model);
        Directory.CreateDirectory(State);
        File.WriteAllText(SettingsFile, SettingsText());
        Service = new(SettingsFile, Path.Combine(State, "control")) { Printed = line => Printed?.Invoke(line) };
    }

    public Till Till { get; }

    public TillLine Cable { get; }

    public TerminalProcess Service { get; }

    /// <summary>What the service prints, as it comes.</summary>
    public Action<string>? Printed { get; set; }

    /// <summary>Each journal entry that head office has stored.</summary>
    public Action<Entry>? Stored { get; set; }

    /// <summary>The service's end of the cable.</summary>
    public string DevicePath => pty.DevicePath;

    public string SettingsFile => Path.Combine(folder, "terminal.json");

    /// <summary>Only while no service runs.</summary>
    public string Journal => Path.Combine(State, "journal");

    /// <summary>Sees the path of each request as it arrives at the gateway.</summary>
    public Action<string>? Arrived
    {
        set => gateway.Arrived = value;
    }

    public string State => Path.Combine(folder, "state");

    public string CodeKey => Path.Combine(State, "code.key");

    /// <summary>A customer shows a code to the terminal's own scanner.</summary>
    public void Scan(string code) => scanner.Master.Write(Encoding.ASCII.GetBytes(code + "\r"));

    /// <summary>Waits until head office has acknowledged every entry.</summary>
    public Task SyncedAsync() => UntilAsync("head office has the whole journal", () => Says("backlog: 0\n"));

    public static async Task<Shop> OpenAsync(string folder, BookingModel model)
    {
        var keys = new GatewayKeys(Path.Combine(folder, "gateway"));
        var log = new GatewayLog(Path.Combine(folder, "gateway", "exchanges"));
        return new(folder, model, keys, await AmsGateway.StartAsync(keys, log, TimeProvider.System));
    }

    /// <summary>Before the service starts: its till is at this device, and not at the shop's own cable.</summary>
    public void UseSerial(string device) => SetEcr(new() { ["device"] = device });

    /// <summary>Before the service starts: its till connects here, and not by the shop's own cable.</summary>
    public IPEndPoint UseTcp()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = (IPEndPoint)free.LocalEndpoint;
        SetEcr(new() { ["tcp"] = new JsonObject { ["port"] = port.Port } });
        return port;
    }

    /// <summary>Before the service starts: what its till must send; null: any will do.</summary>
    public void UsePassword(string? password)
    {
        var ecr = JsonNode.Parse(File.ReadAllText(SettingsFile))!["ecr"]!.AsObject();
        ecr.Remove("password");
        if (password is not null)
        {
            ecr["password"] = password;
        }
        SetEcr((JsonObject)ecr.DeepClone());
    }

    /// <summary>Waits until the service, over TCP, runs and nobody is connected.</summary>
    public Task ListensAsync() => UntilAsync(
        "the terminal listens", () => Says("ecr: line down: nobody is connected"));

    /// <summary>SIGKILL in the middle of whatever it does.</summary>
    public void KillService()
    {
        Service.Kill();
        pty.Release();
        scanner.Release();
    }

    /// <summary>Waits until the service runs and has its line open.</summary>
    public Task ReadyAsync() => UntilAsync(
        "the terminal is ready", () => Says("ecr: line up"));

    /// <summary>Waits until the running service has nothing unresolved and its lane is free.</summary>
    public Task SettledAsync() => UntilAsync(
        "every payment is resolved", () => Says("unresolved: 0\n") && Says("lane: idle"));

    /// <summary>06 20 until the terminal has the time for it, as a till does after a break.</summary>
    public Task ResynchroniseAsync() => UntilAsync(
        "the terminal tells the last result again", () => Till.Resynchronise().Status is not null);

    public bool Says(string text) => Service.Ask("status")?.Contains(text, StringComparison.Ordinal) == true;

    /// <summary>Looks again and again, in real time, until it is so.</summary>
    /// <exception cref="TimeoutException">It never was.</exception>
    public static async Task UntilAsync(
        string what, Func<bool> isSo, int everyMilliseconds = 50, TimeSpan? patience = null)
    {
        var limit = patience ?? Patience;
        var since = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            if (Stopwatch.GetElapsedTime(since) > limit)
            {
                throw new TimeoutException($"waited {limit.TotalSeconds:0} s until {what}");
            }
            await Task.Delay(everyMilliseconds);
        }
    }

    /// <summary>Cents that the merchant has at the gateway from one payment.</summary>
    public long CapturedOf(string id) => gateway.Book.Find(id)?.CapturedAt(DateTimeOffset.UtcNow) ?? 0;

    /// <summary>Cents that the merchant has at the gateway, by payment; those that reached it.</summary>
    public IReadOnlyDictionary<string, long> Captured() =>
        gateway.Book.Payments().ToDictionary(p => p.Order.Id, p => p.CapturedAt(DateTimeOffset.UtcNow));

    /// <summary>Cents that the merchant has at the gateway from all payments with this code.</summary>
    public long CapturedByCode(string code) => gateway.Book.Payments()
        .Where(p => p.Order.Code == code).Sum(p => p.CapturedAt(DateTimeOffset.UtcNow));

    /// <summary>What the journal on disk says; only while no service runs.</summary>
    public JournalCopy ReadJournal()
    {
        using var store = new PaymentJournal(Journal, isReadOnly: true);
        var ledger = new Ledger(store);
        var findings = new Audit(store).Everything();
        return findings.Count == 0
            ? new(
                [.. store.Heads().Select(ledger.Find)],
                (int)(store.Last?.Sequence ?? 0),
                archive.Of(TerminalId, store.Epoch).Count)
            : throw new InvalidOperationException($"journal entry {findings[0].Sequence}: {findings[0].Problem}");
    }

    public async ValueTask DisposeAsync()
    {
        Service.Dispose();
        Cable.Dispose();
        pty.Dispose();
        scanner.Dispose();
        headOffice.Dispose();
        broker.Dispose();
        await gateway.DisposeAsync();
        keys.Dispose();
    }

    void SetEcr(JsonObject ecr)
    {
        var settings = JsonNode.Parse(File.ReadAllText(SettingsFile))!;
        ecr["ordersPerMinute"] = MachineSpeed;
        settings["ecr"] = ecr;
        File.WriteAllText(SettingsFile, settings.ToJsonString());
    }

    string SettingsText()
    {
        var acquirer = gateway.Settings;
        return JsonSerializer.Serialize(new
        {
            terminalId = TerminalId,
            scanner = new { device = scanner.DevicePath },
            panel = new { display = "window" },
            backend = new { host = "127.0.0.1", port = broker.Port },
            state = State,
            log = new { folder = Path.Combine(State, "log"), level = "debug" },
            ecr = new { device = pty.DevicePath, ordersPerMinute = MachineSpeed },
            acquirer = new
            {
                url = acquirer.Url.ToString(),
                clientId = acquirer.ClientId,
                privateKey = acquirer.PrivateKeyFile,
                gatewayKeys = acquirer.GatewayKeyFiles.ToDictionary(k => k.Key.ToString(), k => k.Value),
                ca = acquirer.CaFile,
                merchant = new
                {
                    id = acquirer.Merchant.Id,
                    name = acquirer.Merchant.Name,
                    categoryCode = acquirer.Merchant.CategoryCode,
                    storeId = acquirer.Merchant.StoreId,
                    storeName = acquirer.Merchant.StoreName,
                    terminalId = acquirer.Merchant.TerminalId,
                },
            },
        });
    }
}
