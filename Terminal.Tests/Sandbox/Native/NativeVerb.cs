using System.Diagnostics;
using System.Text.RegularExpressions;
using Sandbox.Demo;
using Sandbox.Ecr;

namespace Sandbox.Native;

/// <summary>
/// <c>native</c>: where the native compiler warns (deploy/native-warnings.md), the native program does what the managed
/// one does.
/// </summary>
static partial class NativeVerb
{
    /// <summary>What both programs must say of one folder.</summary>
    static readonly (string Name, string[][] Verbs)[] Said =
    [
        ("the journal reads the same", [["journal", "verify"], ["journal", "list"], ["journal", "export"]]),
        ("payments are found the same", [["payments", "list"]]),
        ("settings are read the same", [["settings", "check"], ["settings", "schema"]]),
        ("people read the same", [["codes"]]),
    ];

    public static Verb Verb { get; } = new(
        "native", "where its compiler warns, the native program does what the managed one does", RunAsync)
    {
        JudgesTheService = true,
        Example = "",
        LastLine = "how many checks passed and failed",
    };

    /// <returns>0: all passed; 1: one failed; 64: wrong command line.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length > 0)
        {
            return 64;
        }
        var folder = Directory.CreateTempSubdirectory("native-").FullName;
        Console.WriteLine($"everything of this run is in {folder}; terminal {JudgedProgram.Describe()}");
        await using var shop = await Shop.OpenAsync(folder, BookingModel.OnStatus);
        await TradeAsync(shop);
        var failed = 0;
        foreach (var (name, verbs) in Said)
        {
            failed += Tell(name, verbs.Select(v => Difference(shop, v)).FirstOrDefault(d => d is not null));
        }
        failed += Tell("the log says the same", Unsaid(Path.Combine(folder, "state", "log")));
        Console.WriteLine($"{Said.Length + 1 - failed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    /// <summary>Two payments with the program under test.</summary>
    static async Task TradeAsync(Shop shop)
    {
        shop.Service.Start();
        await shop.ReadyAsync();
        shop.Till.Register();
        shop.Till.Pay(1234, "281122334455667788");
        shop.Till.Pay(449, "281122334455667799");
        await shop.SettledAsync();
        await shop.SyncedAsync();
        shop.Service.Stop();
    }

    static int Tell(string name, string? problem)
    {
        Console.WriteLine(problem is null ? $"passed: {name}" : $"FAILED: {name}: {problem}");
        return problem is null ? 0 : 1;
    }

    /// <returns>Null: status and words of both programs are equal, and there are some.</returns>
    static string? Difference(Shop shop, string[] verb)
    {
        string[] words = [.. verb, .. verb is ["codes"] or [_, "schema"] ? [] : (string[])["-s", shop.SettingsFile]];
        var (native, managed) = (Run(JudgedProgram.Command(), words), Run(JudgedProgram.Managed, words));
        return native == managed && native is { Status: 0, Words.Length: > 0 }
            ? null
            : $"{string.Join(' ', verb)}: {native.Status} {native.Words}\nmanaged: {managed.Status} {managed.Words}";
    }

    static (int Status, string Words) Run(string[] command, string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], [.. command[1..], .. words])
        {
            RedirectStandardOutput = true,
        })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }

    /// <summary>Templates whose values are texts, numbers and a value of ours.</summary>
    static string? Unsaid(string folder)
    {
        var log = string.Concat(Directory.GetFiles(folder).Order().Select(File.ReadAllText));
        return Starts().IsMatch(log) && Pays().IsMatch(log) ? null : $"not what was expected: {log}";
    }

    [GeneratedRegex(@"terminal T0001 starts: journal [0-9a-f]{16} at entry 0, 0 payments open")]
    private static partial Regex Starts();

    [GeneratedRegex(@"receipt 1: EUR 12\.34 with code ")]
    private static partial Regex Pays();
}
