using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Demo;
using Sandbox.Ecr;
using Terminal.Panel.Words;

namespace Terminal.Tests.Demo;

/// <summary>What the status of the real service says when not all is well.</summary>
[Trait("kind", "instrument")]
public sealed class StatusTests : IDisposable
{
    const int PaidAfterFourSeconds = 1064;

    readonly string folder = Directory.CreateTempSubdirectory("status-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_payment_under_way_is_shown_with_its_state()
    {
        await using var shop = await Shop.OpenAsync(folder, BookingModel.OnStatus);
        shop.Service.Start();
        await shop.ReadyAsync();
        var paying = Task.Run(() => shop.Till.Pay(PaidAfterFourSeconds, "281122334455667788"));

        await Shop.UntilAsync("the lane pays", () => shop.Says("lane: paying\n") && shop.Says("unresolved: 1"));

        using var json = JsonDocument.Parse(shop.Service.Ask("status", "--json")!);
        var payment = Assert.Single(json.RootElement.GetProperty("payments").EnumerateArray());
        Assert.Equal(PaidAfterFourSeconds, payment.GetProperty("minor").GetInt64());
        Assert.Equal((byte)0, (await paying).Result);
    }

    [Fact]
    public async Task A_gateway_that_is_not_there_is_a_fault_with_a_next_step()
    {
        await using var shop = await Shop.OpenAsync(folder, BookingModel.OnStatus);
        Change(shop, s => s["acquirer"]!["url"] = "https://127.0.0.1:1");
        shop.Service.Start();
        await shop.ReadyAsync();

        await Shop.UntilAsync("the fault is shown", () =>
            shop.Says("gateway: unreachable: ConnectionRefused\n") &&
            shop.Says("fault: G-201 Gateway not reachable: Check the network"));

        // Every order would end with A3, so the till hears that too.
        byte[] told = [];
        shop.Till.Answers = message =>
        {
            told = message.Data.ToArray();
            return true;
        };
        shop.Till.Status();
        Assert.Equal(0xDF, told[^1]);
    }

    [Fact]
    public async Task A_gateway_that_we_do_not_trust_is_a_fault_of_its_own()
    {
        await using var shop = await Shop.OpenAsync(folder, BookingModel.OnStatus);
        Change(shop, s => s["acquirer"]!.AsObject().Remove("ca"));
        shop.Service.Start();

        await Shop.UntilAsync("the fault is shown", () =>
            shop.Says("gateway: certificate refused: PartialChain\n") &&
            shop.Says("fault: G-206 Gateway certificate refused: Check clock and CA"));
    }

    [Fact]
    public async Task Without_a_broker_payments_go_on_and_the_status_counts_what_head_office_lacks()
    {
        await using var shop = await Shop.OpenAsync(folder, BookingModel.OnStatus);
        Change(shop, s => s["backend"]!["port"] = 1);
        shop.Service.Start();
        await shop.ReadyAsync();

        Assert.Equal((byte)0, shop.Till.Pay(1234, "281122334455667788").Result);

        await Shop.UntilAsync("the fault is shown", () =>
            shop.Says("fault: B-501 Head office away") && shop.Says("backlog: ") && !shop.Says("backlog: 0\n"));
        await Shop.UntilAsync("the reason is told", () => shop.Says("backend: Unreachable: "));
    }

    [Fact]
    public async Task A_terminal_without_a_head_office_says_that_its_journal_only_grows()
    {
        await using var shop = await Shop.OpenAsync(folder, BookingModel.OnStatus);
        Change(shop, s => s.AsObject().Remove("backend"));
        shop.Service.Start();
        await shop.ReadyAsync();

        Assert.True(shop.Says("backend: none set, so nothing is ever dropped from the journal\n"));
        Assert.True(shop.Says("journal used: 0 %\n"));
    }

    [Fact]
    public async Task A_display_that_is_not_there_is_a_fault_too()
    {
        await using var shop = await Shop.OpenAsync(folder, BookingModel.OnStatus);
        Change(shop, s => s["panel"] = new JsonObject { ["display"] = "ssd1306", ["device"] = "/dev/null" });
        shop.Service.Start();
        await shop.ReadyAsync();

        await Shop.UntilAsync("the fault is shown", () => shop.Says("fault: D-801 Panel device failed"));
    }

    [Fact]
    public async Task A_start_without_the_keys_ends_for_good_with_its_code_on_the_display()
    {
        var output = new Output();
        await using var shop = await Shop.OpenAsync(folder, BookingModel.OnStatus);
        shop.Printed = output.Take;
        Change(shop, s => s["acquirer"]!["privateKey"] = "none.pem");
        shop.Service.Start();

        Assert.Equal(ExitStatus.Settings, shop.Service.Wait());

        await Shop.UntilAsync("key and code are told", () =>
            output.Says("acquirer.privateKey") && output.Shows(FieldCodes.NotProvisioned));
    }

    static void Change(Shop shop, Action<JsonNode> change)
    {
        var settings = JsonNode.Parse(File.ReadAllText(shop.SettingsFile))!;
        change(settings);
        File.WriteAllText(shop.SettingsFile, settings.ToJsonString());
    }
}
