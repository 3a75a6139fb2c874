using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Terminal;

namespace Sandbox.Demo;

/// <summary>
/// Which build of the service is started. A verb judges the native program, which is what ships; its option
/// <see cref="Option"/> and the unit tests take the one that was compiled with the sandbox.
/// </summary>
static class JudgedProgram
{
    public const string Option = "--managed";

    /// <summary>Names another program than the published one, for example one that an emulator runs.</summary>
    public const string Variable = "TERMINAL_PROGRAM";

    // Of this verb alone: tests of other verbs run beside it.
    static readonly AsyncLocal<bool> WantsNative = new();
    static readonly ConcurrentDictionary<string, string> Checked = [];

    /// <summary>The one that was compiled with the sandbox.</summary>
    public static string[] Managed { get; } = ["dotnet", Path.Combine(AppContext.BaseDirectory, "Terminal.dll")];

    static string? Named => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : null;

    /// <summary>From here on, and in all that begins here, the native program is started.</summary>
    public static void WantNative() => WantsNative.Value = true;

    /// <exception cref="WrongProgramException">It is not there, not native, or of another commit.</exception>
    public static string[] Command()
    {
        var native = WantsNative.Value;
        string[] command = native ? [Named ?? Published()]
            : Named is { } path ? [path]
            : Managed;
        if (native)
        {
            Checked.GetOrAdd(command[0], Check);
        }
        return command;
    }

    /// <summary>What the program says of itself, for the record of a run.</summary>
    public static string Describe() => VersionOf(Command());

    /// <param name="version">As <c>terminal version</c> prints it.</param>
    /// <returns>Why this is not what the sandbox shall judge; null: it is.</returns>
    public static string? Objection(string version) => version.Split(' ') switch
    {
        [_, var commit, "native", _] when commit == Build.Commit => null,
        [_, var commit, "native", _] => $"of commit {commit}, but the sandbox is of {Build.Commit}",
        [_, _, "managed", _] => "the managed one, not the native one that ships",
        _ => $"no terminal of this commit: its version is '{version}'",
    };

    static string Check(string path)
    {
        if (!File.Exists(path))
        {
            throw new WrongProgramException($"{path} is not there");
        }
        var version = VersionOf([path]);
        return Objection(version) is { } objection
            ? throw new WrongProgramException($"{path} is {objection}")
            : version;
    }

    static string VersionOf(string[] command)
    {
        using var process = Process.Start(
            new ProcessStartInfo(command[0], [.. command[1..], "version"]) { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return said;
    }

    /// <summary>Where <c>dotnet publish</c> puts it, seen from the folder of the sandbox.</summary>
    static string Published() => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, $"../../../publish/Terminal/release_{Platform}/Terminal"));

    internal static string Platform => $"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
}

/// <summary>The program to be judged is not the one that ships.</summary>
sealed class WrongProgramException(string why) : Exception(why)
{
    public static string NextStep => $"dotnet publish Terminal -c Release -r {JudgedProgram.Platform}, " +
        $"or {JudgedProgram.Option} for the managed program";
}
