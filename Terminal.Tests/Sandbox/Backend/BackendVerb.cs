using System.Globalization;
using System.Text;

namespace Sandbox.Backend;

/// <summary><c>backend</c>: a head office to play with, one line for each entry stored.</summary>
public static class BackendVerb
{
    public static Verb Verb { get; } = new(
        "backend", "a head office at a broker on this machine, until Ctrl-C", args => Task.FromResult(Run(args)))
    {
        Takes = "--port N --dir DIR",
        Options = [("--port N", "the broker's; always needed"), ("--dir DIR", "for what it stores; always needed")],
        Example = "--port 1883 --dir head-office",
        LastLine = "the newest journal entry stored, or status heard",
    };

    public static int Run(string[] args)
    {
        if (args is not ["--port", var text, "--dir", var folder]
            || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
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
