using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Sandbox.Backend;

/// <summary>
/// A real mosquitto on a free loopback port, without persistence; it can be killed and started again.
/// </summary>
public sealed class Broker : IDisposable
{
    static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("broker-");
    Process? process;

    /// <param name="settings">Further lines of mosquitto.conf; without any, everybody may do everything.</param>
    public Broker(params string[] settings)
    {
        Port = FreePort();
        string[] lines = [$"listener {Port} 127.0.0.1", $"user {Environment.UserName}", "persistence false"];
        string[] open = settings.Any(s => s.StartsWith("allow_anonymous", StringComparison.Ordinal))
            ? []
            : ["allow_anonymous true"];
        File.WriteAllLines(Path.Combine(folder.FullName, "mosquitto.conf"), [.. lines, .. open, .. settings]);
    }

    public int Port { get; }

    /// <summary>Returns when it takes connections.</summary>
    public void Start()
    {
        var started = new TaskCompletionSource();
        process = new Process
        {
            StartInfo = new(Find(), ["-c", Path.Combine(folder.FullName, "mosquitto.conf")])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            },
            EnableRaisingEvents = true,
        };
        var said = "";
        process.ErrorDataReceived += (_, line) =>
        {
            said += line.Data + "\n";
            if (line.Data?.EndsWith(" running", StringComparison.Ordinal) == true)
            {
                started.TrySetResult();
            }
        };
        process.Exited += (_, _) => started.TrySetException(new InvalidOperationException("mosquitto ended: " + said));
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        started.Task.WaitAsync(StartLimit).GetAwaiter().GetResult();
    }

    /// <summary>As a power cut would: kill -9, nothing is written or said.</summary>
    public void Kill()
    {
        process!.Kill();
        process.WaitForExit();
        process.Dispose();
        process = null;
    }

    public void Dispose()
    {
        if (process is not null)
        {
            Kill();
        }
        folder.Delete(recursive: true);
    }

    static string Find() =>
        new[] { "/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto" }.FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException("mosquitto is missing; on Debian: apt install mosquitto");

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
