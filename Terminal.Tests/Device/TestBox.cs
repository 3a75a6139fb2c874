using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sandbox.Demo;
using Terminal.Device;

namespace Terminal.Tests.Device;

/// <summary>
/// The real program in a folder of its own, with good settings that a test makes bad: its till comes over TCP, its
/// gateway is not there.
/// </summary>
sealed class TestBox : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    readonly List<Process> started = [];

    public TestBox()
    {
        Directory.CreateDirectory(State, (UnixFileMode)0b111_000_000);
        using var key = RSA.Create(2048);
        File.WriteAllText(PrivateKey, key.ExportPkcs8PrivateKeyPem());
        File.SetUnixFileMode(PrivateKey, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(In("public.pem"), key.ExportSubjectPublicKeyInfoPem());
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Settings = JsonNode.Parse($$"""
            {
              "terminalId": "T1", "state": "state", "log": { "folder": "state/log" },
              "ecr": { "tcp": { "port": {{((IPEndPoint)free.LocalEndpoint).Port}} } },
              "acquirer": {
                "url": "https://127.0.0.1:1", "clientId": "C1", "privateKey": "private.pem", "keepWarmSeconds": 0,
                "gatewayKeys": { "1": "public.pem" },
                "merchant": {
                  "id": "M", "name": "N", "categoryCode": "5411", "storeId": "S", "storeName": "N", "terminalId": "T"
                }
              }
            }
            """)!.AsObject();
        Save();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("box-").FullName;

    public JsonObject Settings { get; }

    public string State => In("state");

    public string SettingsFile => In("terminal.json");

    public string PrivateKey => In("private.pem");

    public string In(string name) => Path.Combine(Folder, name);

    public void Save() => File.WriteAllText(SettingsFile, Settings.ToJsonString());

    /// <summary>Runs a verb to its end.</summary>
    /// <param name="before">Shell words that run in front of it, such as a limit.</param>
    /// <returns>Exit status, and all that it said.</returns>
    public (int Status, string Said) Run(string verb, string before = "true")
    {
        var process = Start(verb, before);
        var problem = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd() + problem.GetAwaiter().GetResult();
        Assert.True(process.WaitForExit(Patience), $"{verb} did not end: {said}");
        return (process.ExitCode, said);
    }

    /// <summary>Starts the service and waits until it answers.</summary>
    public async Task<Process> ServeAsync(string before = "true")
    {
        var process = Start("run", before);
        _ = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        await Shop.UntilAsync("the service answers", () => process.HasExited || Ask("status") is not null);
        Assert.False(process.HasExited);
        return process;
    }

    public string? Ask(params string[] words) => ControlSocket.Ask(Path.Combine(State, "control"), words);

    /// <summary>As systemd stops it.</summary>
    /// <returns>Its exit status.</returns>
    public static int Stop(Process process)
    {
        Process.Start("kill", ["-TERM", process.Id.ToString()]).WaitForExit();
        Assert.True(process.WaitForExit(Patience), "it did not stop");
        return process.ExitCode;
    }

    public void Dispose()
    {
        foreach (var process in started.Where(process => !process.HasExited))
        {
            process.Kill();
            process.WaitForExit();
        }
        Directory.Delete(Folder, recursive: true);
    }

    Process Start(string verb, string before)
    {
        var program = TerminalProcess.Program([.. verb.Split(' '), "--settings", SettingsFile]);
        string[] words = ["-c", $"{before}; exec \"$0\" \"$@\"", program.FileName, .. program.ArgumentList];
        var process = Process.Start(new ProcessStartInfo("bash", words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        started.Add(process);
        return process;
    }
}
