using System.Collections.Concurrent;
using System.Diagnostics;
using Sandbox.Backend;

namespace Terminal.Tests.Backend;

/// <summary>The sandbox's head office as a process of its own, so that it can be killed.</summary>
sealed class CollectorProcess : IDisposable
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    // What it prints is always taken: a full pipe would stop it.
    readonly BlockingCollection<string> lines = [];
    readonly Process process;

    public CollectorProcess(int port, string folder)
    {
        var host = Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";
        string[] command = [typeof(BackendVerb).Assembly.Location, "backend", "--port", $"{port}", "--dir", folder];
        process = Process.Start(new ProcessStartInfo(host, command) { RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, printed) => lines.Add(printed.Data ?? "");
        process.BeginOutputReadLine();
    }

    /// <summary>
    /// Waits until it prints an entry with this number or a higher one, which it does when it has stored it.
    /// </summary>
    public void WaitFor(long sequence)
    {
        while (lines.TryTake(out var line, Limit))
        {
            Assert.False(line.Length == 0, $"the collector ended before it stored entry {sequence}");
            if (line.Split(' ') is [RunningSync.TerminalId, var number, ..]
                && long.TryParse(number, out var stored) && stored >= sequence)
            {
                return;
            }
        }
        Assert.Fail($"entry {sequence} was not stored within {Limit}");
    }

    /// <summary>kill -9.</summary>
    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
