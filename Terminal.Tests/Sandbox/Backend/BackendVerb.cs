using System.Globalization;
using System.Text;

namespace Sandbox.Backend;

/// <summary>
/// "backend --port 1883 --dir head-office": a head office to play with, one line for each entry stored.
/// </summary>
public static class BackendVerb
{
    public const string Usage = "backend --port <mqtt port on this machine> --dir <folder for what it stores>";

    public static int Run(string[] args)
    {
        if (args is not ["--port", var text, "--dir", var folder]
            || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            Console.Error.WriteLine("usage: " + Usage);
            return 64;
        }
        using var stopped = new ManualResetEventSlim();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stopped.Set();
        };
        using var archive = new Archive(folder)
        {
            Stored = (terminalId, entry) => Console.WriteLine(
                $"{terminalId} {entry.Sequence} {entry.PaymentId} {entry.Kind} {Encoding.UTF8.GetString(entry.Body)}"),
        };
        using var collector = new Collector(port, archive)
        {
            StatusHeard = (terminalId, status) => Console.WriteLine($"{terminalId} {Encoding.UTF8.GetString(status)}"),
        };
        collector.Start();
        Console.WriteLine($"head office on port {port}, storing in {Path.GetFullPath(folder)}");
        stopped.Wait();
        return 0;
    }
}
