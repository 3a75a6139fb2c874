using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Sandbox.Demo;
using Sandbox.Ecr;
using Terminal.Payments;
using Terminal.Payments.Charges;

namespace Terminal.Tests.Demo;

/// <summary>The real service as its own process, with a real cable, gateway and journal.</summary>
[Trait("kind", "instrument")]
public sealed class ShopTests : IDisposable
{
    const string Code = "281122334455667788";

    readonly string folder = Directory.CreateTempSubdirectory("shop-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_payment_is_in_all_three_books_and_its_code_in_none()
    {
        var printed = new StringBuilder();
        await using (var shop = await Shop.OpenAsync(folder, BookingModel.OnStatus))
        {
            shop.Printed = text => printed.Append(text);
            shop.Service.Start();
            await shop.ReadyAsync();
            shop.Till.Register();

            var result = shop.Till.Pay(1234, Code);
            await shop.SettledAsync();

            Assert.Equal(((byte?)0, true), (result.Result, result.Completed));
            Assert.Equal(0, shop.Service.Stop());
            var t = Assert.Single(shop.ReadJournal().Transactions);
            Assert.Equal(1234, shop.CapturedOf(t.Order.Id.Value));
            Assert.Equal(1234, shop.Till.Booked[t.Order.Receipt]);
            Assert.IsType<PaymentState.Paid>(t.Payment);
        }

        // The gateway's own folder holds the requests that were sent: it is not ours.
        var ours = Directory.GetFiles(Path.Combine(folder, "state"), "*", SearchOption.AllDirectories)
            .Append(Path.Combine(folder, "terminal.json"));
        Assert.All(ours, file => Assert.False(Holds(File.ReadAllBytes(file), Code), file));
        Assert.DoesNotContain(Code, printed.ToString());
        // The same search finds what must be there, so it can find.
        Assert.Contains(ours, file => Holds(File.ReadAllBytes(file), "requested"));
    }

    [Fact]
    public async Task The_service_tells_systemd_that_it_is_ready_that_it_moves_and_that_it_ends()
    {
        await using var shop = await Shop.OpenAsync(folder, BookingModel.OnStatus);
        var name = Path.Combine(folder, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(name));
        systemd.ReceiveTimeout = 60_000;
        shop.Service.Environment["NOTIFY_SOCKET"] = name;
        shop.Service.Environment["WATCHDOG_USEC"] = "300000";
        shop.Service.Start();

        Assert.Equal("READY=1", Hear(systemd));
        Assert.Equal("WATCHDOG=1", Hear(systemd));
        Assert.Equal("WATCHDOG=1", Hear(systemd));
        Assert.Equal(0, shop.Service.Stop());
        string last;
        do
        {
            last = Hear(systemd);
        }
        while (last == "WATCHDOG=1");
        Assert.Equal("STOPPING=1", last);
    }

    [Fact]
    public async Task A_missing_port_is_said_and_tried_until_it_is_there()
    {
        await using var shop = await Shop.OpenAsync(folder, BookingModel.OnCompletion);
        var port = Path.Combine(folder, "port");
        File.WriteAllText(shop.SettingsFile, File.ReadAllText(shop.SettingsFile).Replace(shop.DevicePath, port));
        shop.Service.Start();
        await Shop.UntilAsync("the service says that there is no port", () => shop.Says($"ecr: line down: {port}"));

        File.CreateSymbolicLink(port, shop.DevicePath);
        await shop.ReadyAsync();

        Assert.Equal((byte)0, shop.Till.Pay(100, Code).Result);
    }

    [Fact]
    public void A_wrong_setting_ends_the_start_with_78_and_names_key_value_and_what_is_allowed()
    {
        var file = Path.Combine(folder, "terminal.json");
        File.WriteAllText(file, $$"""
            { "terminalId": "T1", "state": "{{folder}}", "ecr": { "device": "x", "baud": 1 } }
            """);

        using var process = Process.Start(new ProcessStartInfo("dotnet", ["Terminal.dll", "run", "--settings", file])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(78, process.ExitCode);
        Assert.Contains("\"ecr.baud\" is 1; allowed: a whole number from 300", error);
    }

    static string Hear(Socket socket)
    {
        var message = new byte[100];
        return Encoding.UTF8.GetString(message, 0, socket.Receive(message));
    }

    static bool Holds(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
