using System.Globalization;
using Sandbox.Demo;
using Sandbox.Ecr;

namespace Sandbox.KillTest;

/// <summary>
/// <c>killtest</c>: kills the real service in the middle of real payments and compares the books after each restart.
/// </summary>
static class KillTestVerb
{
    public static Verb Verb { get; } = new(
        "killtest", "kills the real service in the middle of payments; the books must agree", RunAsync)
    {
        Takes = "--rounds N [--book-on-completion] [--seed S]",
        Options =
        [
            ("--rounds N", "payments; always needed, a round takes a second or two"),
            ("--book-on-completion", "the till books a sale with 06 0F; without it with 04 0F"),
            ("--seed S", "default 1"),
        ],
        JudgesTheService = true,
        Example = "--rounds 252 --seed 3",
        LastLine = "rounds, kills and where they hit; disagreements must be 0",
    };

    /// <summary>Each aim ten times: one that was never met then is no bad luck.</summary>
    static readonly int EnoughForAll = 10 * Enum.GetValues<Aim>().Length;

    /// <returns>
    /// 0: the books agreed after each restart; 1: not so, or an aim was never met; 64: wrong command line.
    /// </returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var (rounds, seed, model) = (0, 1, BookingModel.OnStatus);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--book-on-completion":
                    model = BookingModel.OnCompletion;
                    break;
                case "--rounds" when Number(args, ++i) is { } number:
                    rounds = number;
                    break;
                case "--seed" when Number(args, ++i) is { } number:
                    seed = number;
                    break;
                default:
                    rounds = 0;
                    i = args.Length;
                    break;
            }
        }
        if (rounds == 0)
        {
            return 64;
        }
        return await RunAsync(new(Console.Out, model, seed), rounds);
    }

    static async Task<int> RunAsync(KillTrial trial, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("killtest-").FullName;
        Console.WriteLine($"everything of this run is in {folder}; terminal {JudgedProgram.Describe()}");
        await trial.RunAsync(folder, rounds);
        var hits = string.Join(", ", trial.Hits.Select(h => $"{h.Key} {h.Value}"));
        Console.WriteLine(
            $"killtest: {trial.Rounds} rounds, {trial.Hits.Values.Sum()} kills ({hits}), " +
            $"{trial.Disagreements} disagreements");
        var missed = trial.Hits.Where(h => rounds >= EnoughForAll && h.Value == 0).Select(h => h.Key).ToArray();
        if (missed.Length > 0)
        {
            Console.WriteLine($"never met: {string.Join(", ", missed)}; so this run shows nothing about them");
        }
        return trial.Disagreements > 0 || missed.Length > 0 ? 1 : 0;
    }

    static int? Number(string[] args, int at) =>
        int.TryParse(args.ElementAtOrDefault(at), CultureInfo.InvariantCulture, out var n) && n > 0 ? n : null;
}
