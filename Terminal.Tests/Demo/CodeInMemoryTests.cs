using System.Diagnostics;
using System.Text;
using Sandbox.Demo;
using Sandbox.Ecr;

namespace Terminal.Tests.Demo;

/// <summary>
/// A payment code is gone from the memory of the real program some seconds after its sale (M9): read from outside,
/// garbage of the managed heap included.
/// </summary>
[Trait("kind", "instrument")]
public sealed class CodeInMemoryTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly string folder = Directory.CreateTempSubdirectory("terminal-memory-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Neither_a_code_of_the_till_nor_one_of_the_scanner_outlives_its_sale()
    {
        Assert.True(Environment.IsPrivilegedProcess, "only root may look into a program that is not dumpable");
        await using var shop = await Shop.OpenAsync(folder, BookingModel.OnStatus);
        shop.Service.Start();
        await shop.ReadyAsync();
        await Shop.UntilAsync("the gateway answers", () => shop.Says("gateway: answering"));
        Assert.True(shop.Till.Register().Completed);

        const string HandedOver = "284927163850271946", Scanned = "283615948207361592";
        Assert.True(shop.Till.Pay(1200, HandedOver).Completed);
        var scanned = Task.Run(() => shop.Till.Pay(1210, null));
        await Shop.UntilAsync("a code is awaited", () => shop.Says("lane: awaiting a code"));
        shop.Scan(Scanned);
        Assert.True((await scanned).Completed);
        await shop.SettledAsync();

        // The search itself can fail: what is still to be had is found.
        var process = shop.Service.Id!.Value;
        var kept = new Dictionary<string, byte[]> { ["string"] = Encoding.Unicode.GetBytes(shop.State) };
        Assert.NotEmpty(MemorySearch.Find(process, kept));
        var since = Stopwatch.GetTimestamp();
        await Shop.UntilAsync("it has had its time", () =>
            Find(process, HandedOver, Scanned).Count == 0 || Stopwatch.GetElapsedTime(since) >= Patience);
        Assert.Empty(Find(process, HandedOver, Scanned));
    }

    static List<string> Find(int process, string handedOver, string scanned) =>
    [
        .. MemorySearch.Find(process, MemorySearch.WaysOf(handedOver)).Select(where => $"the till's, {where}"),
        .. MemorySearch.Find(process, MemorySearch.WaysOf(scanned)).Select(where => $"the scanner's, {where}"),
    ];
}
