using System.Globalization;
using System.Runtime.InteropServices;

namespace Sandbox.Acquirer;

/// <summary><c>gateway</c>: the gateway for other programs, until SIGINT or SIGTERM.</summary>
public static class GatewayVerb
{
    public static Verb Verb { get; } = new(
        "gateway", "the simulated payment gateway, over HTTPS, until Ctrl-C", RunAsync)
    {
        Options =
        [
            ("--port N", "where it listens; default a free port, which it prints"),
            ("--dir DIR", "for its keys, certificates and the exchanges with it; default gateway"),
        ],
        Example = "--port 8443 --dir gateway",
        LastLine = "the newest request with its answer; the table before tells which amounts make it misbehave",
    };

    public static async Task<int> RunAsync(string[] args)
    {
        if (!TryRead(args, out var port, out var folder))
        {
            return 64;
        }
        using var keys = new GatewayKeys(folder);
        var log = new GatewayLog(Path.Combine(folder, "exchanges"), Console.WriteLine);
        await using var gateway = await AmsGateway.StartAsync(keys, log, TimeProvider.System, port);
        Console.WriteLine($"{gateway.Url} client {gateway.Settings.ClientId}, keys and certificates in {folder}");
        Console.WriteLine(GatewayScript.Describe());
        var stop = new TaskCompletionSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await stop.Task;
        return 0;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.TrySetResult();
        }
    }

    static bool TryRead(string[] args, out int port, out string folder)
    {
        (port, folder) = (0, "gateway");
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--port" when ushort.TryParse(value, NumberStyles.None, null, out var number):
                    port = number;
                    break;
                case "--dir" when value.Length > 0:
                    folder = value;
                    break;
                default:
                    return false;
            }
        }
        return true;
    }
}
