using Sandbox.Acceptance;
using Sandbox.Acquirer;
using Sandbox.Backend;
using Sandbox.Bench;
using Sandbox.Conform;
using Sandbox.Demo;
using Sandbox.Disk;
using Sandbox.Ecr;
using Sandbox.Fuzz;
using Sandbox.KillTest;
using Sandbox.Native;
using Sandbox.Panel;
using Sandbox.PowerCut;
using Sandbox.Scanner;
using Sandbox.Simulation;
using Sandbox.Simulation.Search;

namespace Sandbox;

/// <summary>One verb of the command line, and all that its <c>--help</c> says.</summary>
/// <param name="Does">In one line.</param>
/// <param name="RunAsync">Takes what follows the verb; the exit status, 64 for a wrong command line.</param>
public sealed record Verb(string Name, string Does, Func<string[], Task<int>> RunAsync)
{
    public static readonly IReadOnlyList<Verb> All =
    [
        DemoVerb.Verb, SimulateVerb.Verb, BenchVerb.Verb, GatewayVerb.Verb, BackendVerb.Verb, ScreensVerb.Verb,
        EcrVerb.Verb, ScanVerb.Verb, FuzzVerb.Verb, ConformVerb.Verb, AcceptanceVerb.Verb, ExhaustiveVerb.Verb,
        PowerCutVerb.Verb, RotVerb.Verb, KillTestVerb.Verb, NativeVerb.Verb,
    ];

    const int WrongCommandLine = 64;

    /// <summary>What follows the verb, in a usage line; empty: any of the options.</summary>
    public string Takes { get; init; } = "";

    /// <summary>Each option as it is written, and what it means, its default last.</summary>
    public (string Option, string Meaning)[] Options { get; init; } = [];

    /// <summary>It starts the service: the native one, unless <see cref="JudgedProgram.Option"/> is given.</summary>
    public bool JudgesTheService { get; init; }

    /// <summary>What follows the verb in a command that works.</summary>
    public required string Example { get; init; }

    /// <summary>What its last line says.</summary>
    public required string LastLine { get; init; }

    string Usage => $"usage: sandbox {Name} " +
        (Takes.Length > 0 ? Takes : string.Join(' ', Options.Select(o => $"[{o.Option}]"))) +
        (JudgesTheService ? $" [{JudgedProgram.Option}]" : "");

    (string Option, string Meaning)[] AllOptions => JudgesTheService
        ? [.. Options, (JudgedProgram.Option, "the managed program; default the published native one of this commit")]
        : Options;

    public static string Overview => $"""
        sandbox: the world around the terminal, simulated

        {string.Join('\n', All.Select(v => $"  {v.Name,-12}{v.Does}"))}

        sandbox VERB --help tells the options of a verb, an example and what its last line means;
        "sandbox" is: dotnet run -c Release --project Terminal.Tests/Sandbox --
        exit status: 0 all is well, 1 something is wrong, 64 wrong command line, 74 no line
        """;

    public async Task<int> CallAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (args.Contains("--help") || args.Contains("-h"))
        {
            output.WriteLine(ToString());
            return 0;
        }
        if (JudgesTheService && !args.Contains(JudgedProgram.Option))
        {
            JudgedProgram.WantNative();
        }
        int status;
        try
        {
            status = await RunAsync([.. args.Where(a => !JudgesTheService || a != JudgedProgram.Option)]);
        }
        catch (WrongProgramException e)
        {
            error.WriteLine($"error: {e.Message}\nnext step: {WrongProgramException.NextStep}");
            return 1;
        }
        if (status == WrongCommandLine)
        {
            error.WriteLine($"{Usage}\nnext step: sandbox {Name} --help");
        }
        return status;
    }

    public override string ToString() => $"""
        {Name}: {Does}

        {Usage}
        {string.Concat(AllOptions.Select(o => $"  {o.Option,-24}{o.Meaning}\n"))}
        example:   sandbox {Name} {Example}
        last line: {LastLine}
        """;
}
