using Sandbox.Demo;
using Sandbox.Ecr;
using Sandbox.KillTest;
using Terminal.Panel.Words;
using Terminal.Tests.Demo;

namespace Terminal.Tests.Disk;

/// <summary>The real service on a disk that dies while the gateway has taken the money and not answered yet.</summary>
[Collection(nameof(Alone))]
[Trait("kind", "instrument")]
public sealed class DyingDiskTests : IDisposable
{
    const int AnsweredAfter8Seconds = 2060, Approved = 1000;

    readonly string folder = Directory.CreateTempSubdirectory("dying-").FullName;
    readonly DyingDisk disk;
    readonly Output output = new();

    public DyingDiskTests() => disk = DyingDisk.Mount(Path.Combine(folder, "state"));

    public void Dispose()
    {
        disk.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_charge_on_a_disk_that_dies_is_taken_back_once_the_service_can_read_it_again()
    {
        await using var shop = await Shop.OpenAsync(folder, BookingModel.OnStatus);
        shop.Printed = output.Take;
        var isDead = false;
        shop.Arrived = request =>
        {
            if (!isDead && request.EndsWith("/pay", StringComparison.Ordinal))
            {
                isDead = true;
                disk.Die();
            }
        };
        shop.Service.Start();
        await shop.ReadyAsync();
        shop.Till.Register();

        var sale = Task.Run(() => shop.Till.Pay(AnsweredAfter8Seconds, "281234567890123411"));

        Assert.Equal(ExitStatus.JournalFailed, shop.Service.Wait());
        Assert.True(isDead);
        // It would wait three minutes for an answer of a service that is gone.
        shop.Cable.Break();
        Assert.NotEqual((byte)0, (await sale).Result);
        shop.Cable.Mend();
        await Shop.UntilAsync("the display says why", () => output.Shows(FieldCodes.JournalDown));
        Assert.False(output.Says("   at "), "a stack trace");

        // Nothing can be read: no setting is to blame, so that systemd starts it again.
        shop.Service.Start();
        Assert.Equal(ExitStatus.JournalFailed, shop.Service.Wait());
        Assert.False(output.Says("   at "), "a stack trace");

        disk.Revive();
        shop.Service.Start();
        await shop.ReadyAsync();
        await shop.ResynchroniseAsync();
        await shop.SettledAsync();
        Assert.Equal(0, shop.CapturedByCode("281234567890123411"));
        Assert.True(shop.Till.Pay(Approved, "281234567890123422").Completed);
        Assert.Empty(ThreeBooks.Compare(shop));
        Assert.Equal(0, shop.Service.Stop());
    }
}
