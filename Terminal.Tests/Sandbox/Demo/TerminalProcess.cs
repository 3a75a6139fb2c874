using System.Diagnostics;
using Terminal.Device;

namespace Sandbox.Demo;

/// <summary>The real service as its own process: started, killed without warning, started again, stopped.</summary>
sealed class TerminalProcess(string settingsFile, string controlSocket) : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    Process? process;

    /// <summary>What the service prints, as it comes.</summary>
    public Action<string>? Printed { get; init; }

    /// <summary>Further words behind "run --settings FILE".</summary>
    public IReadOnlyList<string> Arguments { get; set; } = [];

    /// <summary>Of the process, beside what it inherits.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public int? Id => process?.Id;

    /// <exception cref="WrongProgramException">There is no such program to be judged.</exception>
    public static ProcessStartInfo Program(params string[] arguments)
    {
        var command = JudgedProgram.Command();
        return new(command[0], [.. command[1..], .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    public void Start()
    {
        var start = Program(["run", "--settings", settingsFile, .. Arguments]);
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }
        process = Process.Start(start)!;
        // An orphan would go on reading from the next run's cable.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill();
        _ = PassOnAsync(process.StandardOutput);
        _ = PassOnAsync(process.StandardError);
    }

    /// <summary>SIGKILL: the process has no chance to say or write anything.</summary>
    public void Kill()
    {
        process?.Kill();
        process?.WaitForExit();
        process = null;
    }

    /// <summary>SIGTERM, as systemd stops it.</summary>
    /// <returns>Its exit status; null if it had to be killed.</returns>
    public int? Stop()
    {
        if (process is null)
        {
            return null;
        }
        Process.Start("kill", ["-TERM", process.Id.ToString()]).WaitForExit();
        return Wait();
    }

    /// <summary>Until it has ended by itself.</summary>
    /// <returns>Its exit status; null if it had to be killed.</returns>
    public int? Wait()
    {
        if (process?.WaitForExit(Patience) != true)
        {
            Kill();
            return null;
        }
        var status = process.ExitCode;
        process = null;
        return status;
    }

    /// <summary>Asks the running service; null while it does not answer.</summary>
    public string? Ask(params string[] words) => ControlSocket.Ask(controlSocket, words);

    public void Dispose() => Kill();

    async Task PassOnAsync(StreamReader from)
    {
        var buffer = new char[4096];
        while (await from.ReadAsync(buffer) is > 0 and var count)
        {
            Printed?.Invoke(new string(buffer, 0, count));
        }
    }
}
