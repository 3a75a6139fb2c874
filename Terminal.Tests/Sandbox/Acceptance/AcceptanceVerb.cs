using Sandbox.Demo;

namespace Sandbox.Acceptance;

/// <summary><c>acceptance</c>: plays the scenarios against the real service.</summary>
static class AcceptanceVerb
{
    public static Verb Verb { get; } = new(
        "acceptance", "what an acquirer asks to see: the real service at 9600 baud, or over TCP", RunAsync)
    {
        Options =
        [
            ("--tcp", "over TCP; without it a serial line"),
            ("--quick", "only the scenarios of a second or two"),
            ("--case NAME", "only this one; default all"),
            ("--record DIR", "writes the trace of each scenario that passes there"),
        ],
        JudgesTheService = true,
        Example = "--tcp --quick",
        LastLine = "how many scenarios passed and failed; those that failed show what is not so, and the trace",
    };

    /// <returns>0: all passed; 1: one failed; 64: wrong command line.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var (isTcp, isQuick, name, record) = (false, false, "", "");
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--tcp": isTcp = true; break;
                case "--quick": isQuick = true; break;
                case "--case" when i + 1 < args.Length: name = args[++i]; break;
                case "--record" when i + 1 < args.Length: record = args[++i]; break;
                default: return Usage();
            }
        }
        var chosen = Scenario.All
            .Where(s => s.Lines.HasFlag(isTcp ? Lines.Tcp : Lines.Serial) && (s.IsQuick || !isQuick))
            .Where(s => name.Length == 0 || s.Name == name).ToList();
        if (chosen.Count == 0)
        {
            return Usage();
        }
        var folder = Directory.CreateTempSubdirectory("acceptance-").FullName;
        Console.WriteLine($"everything of this run is in {folder}; terminal {JudgedProgram.Describe()}");
        var trial = new AcceptanceTrial(Console.Out, folder, isTcp) { Record = record };
        await trial.RunAsync(chosen);
        Console.WriteLine($"{trial.Passed} passed, {trial.Failed} failed");
        return trial.Failed == 0 ? 0 : 1;
    }

    static int Usage()
    {
        Console.Error.WriteLine($"cases: {string.Join(' ', Scenario.All.Select(s => s.Name))}");
        return 64;
    }
}
