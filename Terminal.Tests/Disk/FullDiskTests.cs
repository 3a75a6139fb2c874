using System.Collections.Concurrent;
using Sandbox.Demo;
using Sandbox.Ecr;
using Sandbox.KillTest;
using Terminal.Panel.Words;
using Terminal.Tests.Demo;

namespace Terminal.Tests.Disk;

/// <summary>Runs while nothing else does: it writes tens of megabytes, and its till waits in real time.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>The real service on a disk that fills up while it takes a payment.</summary>
[Collection(nameof(Alone))]
[Trait("kind", "instrument")]
public sealed class FullDiskTests : IDisposable
{
    const int Processing = 2063, Approved = 1000;

    readonly string folder = Directory.CreateTempSubdirectory("full-").FullName;
    readonly TinyDisk disk;
    readonly Output output = new();
    readonly ConcurrentQueue<string> requests = new();

    public FullDiskTests() => disk = TinyDisk.Mount(Path.Combine(folder, "state"));

    public void Dispose()
    {
        disk.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_full_disk_stops_new_payments_visibly_records_what_is_open_and_is_over_once_there_is_room()
    {
        await using var shop = await Shop.OpenAsync(folder, BookingModel.OnStatus);
        shop.Printed = output.Take;
        shop.Arrived = requests.Enqueue;
        await StartAsync(shop);
        shop.Till.Register();
        var isFull = false;
        shop.Till.Intermediate = _ =>
        {
            if (!isFull && Asked("/pay"))
            {
                isFull = true;
                disk.Fill();
                shop.Till.Abort();
            }
        };

        var aborted = shop.Till.Pay(Processing, "281234567890123411");

        Assert.True(isFull);
        Assert.NotEqual((byte)0, aborted.Result);
        await Shop.UntilAsync("the cancel is at the gateway", () => Asked("/cancel"));
        Assert.False(Sell(shop, "281234567890123422").Completed);
        Assert.Single(requests, r => r.EndsWith("/pay", StringComparison.Ordinal));
        await Shop.UntilAsync("status and display say why", () =>
            shop.Says("fault: J-302") && output.Shows(FieldCodes.JournalFull));
        await shop.SettledAsync();

        // The log was made full-size, so that a start without any room is one, too, and still says why.
        Assert.Equal(0, shop.Service.Stop());
        disk.Fill();
        output.Forget();
        await StartAsync(shop);
        await Shop.UntilAsync("status and display say why", () =>
            shop.Says("fault: J-302") && output.Shows(FieldCodes.JournalFull));

        disk.MakeRoom();
        await shop.ResynchroniseAsync();
        await shop.SettledAsync();
        Assert.True(Sell(shop, "281234567890123433").Completed);
        Assert.Empty(ThreeBooks.Compare(shop));
        Assert.Equal(Approved, Assert.Single(shop.Till.Booked).Value);
        Assert.Equal(0, shop.Service.Stop());
    }

    static TillResult Sell(Shop shop, string code) => shop.Till.Pay(Approved, code);

    static async Task StartAsync(Shop shop)
    {
        shop.Service.Start();
        await shop.ReadyAsync();
    }

    bool Asked(string what) => requests.Any(r => r.EndsWith(what, StringComparison.Ordinal));
}
