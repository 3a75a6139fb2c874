using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Sandbox.Demo;
using Sandbox.Ecr;
using Terminal.Ecr;

namespace Sandbox.Conform;

/// <summary>Our own service as the terminal under test, with gateway, scanner and power switch.</summary>
sealed class OwnTerminal : IAsyncDisposable
{
    readonly Shop shop;
    readonly Pty? cable;
    readonly IPEndPoint? port;

    OwnTerminal(Shop shop, bool isTcp)
    {
        this.shop = shop;
        (cable, port) = isTcp ? (null, FreePort()) : (new Pty(), null as IPEndPoint);
        // The shop's own cable has its own till; this one is ours alone.
        var settings = JsonNode.Parse(File.ReadAllText(shop.SettingsFile))!;
        settings["ecr"] = cable is null
            ? new JsonObject { ["tcp"] = new JsonObject { ["port"] = port!.Port } }
            : new JsonObject { ["device"] = cable.DevicePath, ["driver"] = "termios" };
        File.WriteAllText(shop.SettingsFile, settings.ToJsonString());
    }

    public Surroundings Surroundings => new(Open, port is not null)
    {
        Has = Needs.Gateway | Needs.Scanner | Needs.Restart | Needs.Fresh | Needs.EndOfDay
            | (port is null ? Needs.Serial : Needs.Tcp),
        Scan = shop.Scan,
        Captured = shop.CapturedByCode,
        Restart = () =>
        {
            shop.KillService();
            cable?.Release();
            shop.Service.Start();
            ReadyAsync().GetAwaiter().GetResult();
        },
    };

    public static async Task<OwnTerminal> StartAsync(string folder, bool isTcp)
    {
        var terminal = new OwnTerminal(await Shop.OpenAsync(folder, BookingModel.OnStatus), isTcp);
        terminal.shop.Service.Start();
        await terminal.ReadyAsync();
        return terminal;
    }

    public async ValueTask DisposeAsync()
    {
        await shop.DisposeAsync();
        cable?.Dispose();
    }

    Task ReadyAsync() => port is null
        ? shop.ReadyAsync()
        : Shop.UntilAsync("the terminal listens", () => shop.Says("ecr: line down: nobody is connected"));

    Opened Open() => cable is not null ? new(cable.Master, "") : Connection.To(port!);

    static IPEndPoint FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }
}
