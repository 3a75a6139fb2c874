using Sandbox.Demo;
using Sandbox.Ecr;
using Sandbox.Journal;
using Terminal.Commands;
using Terminal.Journal;
using Terminal.Journal.Upkeep;

namespace Terminal.Tests.Demo;

/// <summary>The verb <c>journal backup</c>, with the real service and without.</summary>
[Trait("kind", "instrument")]
public sealed class BackupVerbTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("backup-verb-").FullName;
    readonly StringWriter output = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task It_is_made_beside_a_running_service_and_without_one()
    {
        await using var shop = await Shop.OpenAsync(folder, BookingModel.OnStatus);
        shop.Service.Start();
        await shop.ReadyAsync();
        Assert.Equal((byte)0, shop.Till.Pay(1234, "281122334455667788").Result);
        await shop.SettledAsync();
        var (running, stopped) = (Path.Combine(folder, "running"), Path.Combine(folder, "stopped"));

        Assert.Equal(ExitStatus.Success, Verb(shop).Run(running));

        Assert.StartsWith("backup: ", output.ToString());
        Assert.EndsWith(LastLine(running), output.ToString());
        Assert.Contains("0 findings\nbackup: ", output.ToString());
        var refusal = Assert.Throws<BackupFailedException>(() => Verb(shop).Run(running));
        Assert.Equal($"no backup: {running} is there already; next step: another FOLDER", refusal.Message);
        Assert.Equal((byte)0, shop.Till.Pay(1234, "281122334455667799").Result);
        await shop.SettledAsync();
        Assert.Equal(0, shop.Service.Stop());

        Assert.Equal(ExitStatus.Success, Verb(shop).Run(stopped));

        Assert.EndsWith(LastLine(stopped), output.ToString());
        Assert.Empty(Directory.GetDirectories(folder, "*.unfinished"));
        using var journal = new PaymentJournal(shop.Journal, isReadOnly: true);
        using (var copy = new PaymentJournal(stopped, isReadOnly: true))
        {
            Assert.Null(JournalsAlike.Difference(journal, copy));
        }
        using var earlier = new PaymentJournal(running, isReadOnly: true);
        var count = (int)earlier.Last!.Sequence;
        Assert.InRange(count, 4, (int)journal.Last!.Sequence - 4);
        Journal.Same.Entries(journal.Read(1, count), earlier.Read(1, count + 1));
    }

    static string LastLine(string file)
    {
        using var copy = new PaymentJournal(file, isReadOnly: true);
        return $"backup: epoch {copy.Epoch}, entries 1 to {copy.Last!.Sequence}, 0 open, " +
            $"{new DirectoryInfo(file).EnumerateFiles().Sum(f => f.Length)} bytes in {file}\n";
    }

    BackupVerb Verb(Shop shop) => new(Settings.Read(shop.SettingsFile), output, () => { });
}
