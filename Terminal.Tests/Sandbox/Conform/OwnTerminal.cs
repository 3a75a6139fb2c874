using System.Net;
using Sandbox.Demo;
using Sandbox.Ecr;
using Terminal.Ecr.Blocks;

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
        // Not the shop's cable, which has a till already; this one is ours alone.
        if (isTcp)
        {
            port = shop.UseTcp();
        }
        else
        {
            cable = new();
            shop.UseSerial(cable.DevicePath);
        }
    }

    public Surroundings Surroundings => new(() => Reached.Over(Open()), port is not null)
    {
        Has = Needs.Gateway | Needs.Scanner | Needs.Restart | Needs.Fresh | Needs.EndOfDay
            | Needs.AnyPassword | Needs.Ours | (port is null ? Needs.Serial : Needs.Tcp),
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

    /// <summary>Waits for the gateway, too: until it has answered, 05 01 may say that no payment is possible.</summary>
    async Task ReadyAsync()
    {
        await (port is null ? shop.ReadyAsync() : shop.ListensAsync());
        await Shop.UntilAsync("the gateway answers", () => shop.Says("gateway: answering"));
    }

    Opened Open() => cable is not null ? new(cable.Master, "") : Connection.To(port!);
}
