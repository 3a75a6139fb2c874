using System.Globalization;
using Sandbox.Demo;
using Sandbox.Ecr;

namespace Sandbox.Bench;

/// <summary>The real service with till, scanner, gateway and head office connected, and nothing to do.</summary>
static class IdleTrial
{
    static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Span = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<Figure>> RunAsync(string folder)
    {
        await using var shop = await Shop.OpenAsync(Path.Combine(folder, "idle"), BookingModel.OnStatus);
        shop.Service.Start();
        await shop.ReadyAsync();
        shop.Till.Register();
        if (shop.Till.Pay(1234, "281234567890123456") is not { Result: 0, Completed: true })
        {
            throw new IOException("the payment that warms the links up did not succeed");
        }
        await shop.SyncedAsync();
        await Task.Delay(Settling);
        var process = shop.Service.Id!.Value;
        var before = Machine.Effort(process);
        await Task.Delay(Span);
        var after = Machine.Effort(process);
        shop.Service.Stop();
        var share = 100 * (after.Cpu - before.Cpu) / Span;
        var wakes = (after.Wakes - before.Wakes) / Span.TotalSeconds;
        return
        [
            new($"idle {Span.TotalSeconds:0} s, everything connected: processor", null, Text(share, "% of one core"),
                "", Figure.Verdict("≤ 1 %", share <= 1)),
            new("… wake-ups", null, Text(wakes, "a second"), "", Figure.Verdict("≤ 150 a second", wakes <= 150)),
        ];
    }

    static string Text(double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{value:0.00} {unit}");
}
