using System.Diagnostics;
using System.Globalization;

namespace Sandbox.PowerCut;

/// <summary>
/// <c>powercut</c>: every image that a power cut can leave while payments are written, opened with the real store.
/// </summary>
public static class PowerCutVerb
{
    public static Verb Verb { get; } = new(
        "powercut", "every image that a power cut can leave, opened with the real store",
        args => Task.FromResult(Run(args)))
    {
        Options =
        [
            ("--payments N", "default 3"),
            ("--seed S", "default 1"),
            ("--model NAME", "what a cut spares: one of the rows of the table; default all"),
            ("--every N", "after each Nth call only; default 1"),
            ("--draws N", "images of one cut where there are too many; default 1"),
            ("--old yes", "a journal so long that its oldest segments are dropped meanwhile; default no"),
            ("--plant NAME", $"a fault that must be found: {string.Join(", ", PowerCutPlants.Names.Keys)}"),
        ],
        Example = "--payments 3",
        LastLine = "images opened; lost acknowledged, unreadable and wrong answers of the books must be 0",
    };

    /// <returns>0: nothing acknowledged is lost and all is readable; 1: not so; 64: wrong command line.</returns>
    public static int Run(string[] args) => Run(args, Console.Out);

    internal static int Run(string[] args, TextWriter to)
    {
        try
        {
            return Run(Options.Parse(args), to);
        }
        catch (FormatException e)
        {
            Console.Error.WriteLine($"powercut: {e.Message}");
            return 64;
        }
    }

    static int Run(Options options, TextWriter to)
    {
        var watch = Stopwatch.StartNew();
        var recording = Recording.Make(options.Payments, options.Seed, options.Plant, options.IsOld);
        var enumeration = new Enumeration(recording, options.Seed, options.Plant);
        enumeration.Run(options.Models, options.Every, options.Draws);
        var (images, lost, unreadable, wrong) = (0, 0, 0, 0);
        to.WriteLine($"{"cut",-12} {"images",8} {"lost",8} {"unreadable",10} {"books",8}");
        foreach (var tally in enumeration.Tallies)
        {
            to.WriteLine($"{tally.Model,-12} {tally.Images,8} {tally.Lost,8} {tally.Unreadable,10} {tally.Wrong,8}  " +
                tally.First);
            images += tally.Images;
            lost += tally.Lost;
            unreadable += tally.Unreadable;
            wrong += tally.Wrong;
        }
        to.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{recording.Calls.Count} calls, {recording.Entries.Count} entries, {watch.Elapsed.TotalSeconds:0.0} s"));
        to.WriteLine($"powercut: {images} images, {lost} lost acknowledged, {unreadable} unreadable, " +
            $"{wrong} with wrong answers of the books");
        return lost + unreadable + wrong > 0 ? 1 : 0;
    }

    sealed record Options
    {
        public int Payments { get; init; } = 3;
        public ulong Seed { get; init; } = 1;
        public int Every { get; init; } = 1;
        public int Draws { get; init; } = 1;
        public bool IsOld { get; init; }
        public PowerCutPlant Plant { get; init; }
        public IReadOnlyList<CutModel> Models { get; init; } = CutModel.All;

        public static Options Parse(string[] args)
        {
            var options = new Options();
            for (var i = 0; i < args.Length; i += 2)
            {
                var value = args.ElementAtOrDefault(i + 1);
                options = args[i] switch
                {
                    "--payments" => options with { Payments = Number(args, i) },
                    "--seed" => options with { Seed = (ulong)Number(args, i) },
                    "--every" => options with { Every = Number(args, i) },
                    "--draws" => options with { Draws = Number(args, i) },
                    "--old" => options with
                    {
                        IsOld = value == "yes" ? true : throw new FormatException("--old wants yes"),
                    },
                    "--plant" => options with { Plant = PlantNamed(value) },
                    "--model" => options with { Models = [ModelNamed(value)] },
                    var other => throw new FormatException($"{other} is not an option"),
                };
            }
            return options;
        }

        static int Number(string[] args, int at) =>
            int.TryParse(args.ElementAtOrDefault(at + 1), CultureInfo.InvariantCulture, out var number) && number > 0
                ? number
                : throw new FormatException($"{args[at]} wants a number");

        static PowerCutPlant PlantNamed(string? name) => PowerCutPlants.Names.TryGetValue(name ?? "", out var plant)
            ? plant
            : throw new FormatException($"--plant wants one of {string.Join(", ", PowerCutPlants.Names.Keys)}");

        static CutModel ModelNamed(string? name) => CutModel.All.FirstOrDefault(m => m.Name == name)
            ?? throw new FormatException($"--model wants one of {string.Join(", ", CutModel.All.Select(m => m.Name))}");
    }
}
