using System.Diagnostics;
using System.Globalization;
using Sandbox.Simulation.Bugs;

namespace Sandbox.Simulation;

/// <summary><c>simulate</c>: worlds in virtual time, each judged by an independent model.</summary>
public static class SimulateVerb
{
    public static Verb Verb { get; } = new(
        "simulate", "the real core and loop in virtual time, against an independent model",
        args => Task.FromResult(Run(args)))
    {
        Options =
        [
            ("--payments N", "as many, or a few more: worlds are finished; default 100000"),
            ("--seed S", "of the first world, or \"commit\": a number made from the commit; default 1"),
            ("--bytes", "with ZVT frames, gateway JSON and MQTT messages"),
            ("--threads N", "1 to 64; default 2"),
            ("--world SEED", "only this world, as a violation named it"),
            ("--trace", "with --world: everything that happens"),
            ("--plant NAME", "with this bug planted, which must be found"),
            ("--plants", "every plant, each until it is found"),
            ("--list-plants", "their names"),
        ],
        Example = "--bytes --payments 50000 --seed 1",
        LastLine = "what was simulated, and how many promises were broken: 0 violations is what you want",
    };

    const int EnoughForAnyPlant = 200_000;

    /// <returns>0: every promise held; 1: one was broken; 64: wrong command line.</returns>
    public static int Run(string[] args) => Run(args, Console.Out);

    internal static int Run(string[] args, TextWriter to)
    {
        try
        {
            return Run(Options.Parse(args), to);
        }
        catch (FormatException e)
        {
            Console.Error.WriteLine($"simulate: {e.Message}");
            return 64;
        }
    }

    static int Run(Options options, TextWriter to)
    {
        if (options.ListPlants)
        {
            to.WriteLine(string.Join(to.NewLine, Plants.Names));
            return 0;
        }
        if (options.Plants)
        {
            return RunPlants(options, to);
        }
        var plant = options.Plant is { } name ? Plants.Named(name) : () => Plant.None;
        if (options.World is { } seed)
        {
            return Replay(new(seed, plant(), options.Trace, options.IsDeep), to);
        }
        var watch = Stopwatch.StartNew();
        var total = Campaign.Run(
            options.Seed, options.Payments, plant, options.Threads, bytes: options.IsDeep);
        var perMinute = total.Payments / watch.Elapsed.TotalMinutes;
        to.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:0.0} s, {perMinute:0} payments per minute"));
        if (total.First is { } first)
        {
            Replay(new(first.Seed, plant(), trace: true, options.IsDeep), to);
        }
        foreach (var world in total.Broken)
        {
            to.WriteLine($"world {world.Seed}: {world.Violation!.Promise} broken: {world.Violation.What}");
        }
        to.WriteLine(total);
        return total.Violations > 0 ? 1 : 0;
    }

    /// <summary>One world by its own seed.</summary>
    static int Replay(World world, TextWriter to)
    {
        var outturn = world.Run();
        world.Trace?.Print(to);
        if (outturn.Violation is { } violation)
        {
            to.WriteLine($"world {outturn.Seed}: {violation.Promise} broken: {violation.What}");
        }
        var total = new CampaignTotals();
        total.Add(outturn);
        to.WriteLine(total);
        return total.Violations > 0 ? 1 : 0;
    }

    static int RunPlants(Options options, TextWriter to)
    {
        var missed = 0;
        foreach (var name in Plants.Names)
        {
            var total = Campaign.Run(
                options.Seed, EnoughForAnyPlant, Plants.Named(name), 1, stopAtFirst: true,
                bytes: Plants.OfBytes.ContainsKey(name));
            missed += total.Violations > 0 ? 0 : 1;
            to.WriteLine($"{name,-36} {total.Payments,8} payments  {total.First?.Violation?.Promise ?? "NOT FOUND"}");
        }
        return missed > 0 ? 1 : 0;
    }

    sealed record Options
    {
        public int Payments { get; init; } = 100_000;
        public ulong Seed { get; init; } = 1;
        public ulong? World { get; init; }
        public string? Plant { get; init; }
        public int Threads { get; init; } = 2;
        public bool Trace { get; init; }
        public bool Bytes { get; init; }
        public bool IsDeep => Bytes || (Plant is { } name && Bugs.Plants.OfBytes.ContainsKey(name));
        public bool ListPlants { get; init; }
        public bool Plants { get; init; }

        public static Options Parse(string[] args)
        {
            var options = new Options();
            for (var i = 0; i < args.Length; i++)
            {
                options = args[i] switch
                {
                    "--payments" => options with { Payments = (int)Number(args, ++i) },
                    "--seed" => options with { Seed = Number(args, ++i) },
                    "--world" => options with { World = Number(args, ++i) },
                    "--threads" => options with { Threads = (int)Math.Clamp(Number(args, ++i), 1, 64) },
                    "--plant" => options with { Plant = PlantName(args, ++i) },
                    "--trace" => options with { Trace = true },
                    "--bytes" => options with { Bytes = true },
                    "--list-plants" => options with { ListPlants = true },
                    "--plants" => options with { Plants = true },
                    var other => throw new FormatException($"{other} is not an option"),
                };
            }
            return options.Trace && options.World is null
                ? throw new FormatException("--trace shows one world: add --world SEED, as a violation names it")
                : options;
        }

        static ulong Number(string[] args, int at) =>
            args[at - 1] == "--seed" && args.ElementAtOrDefault(at) == "commit"
                ? CommitSeed.Value
            : long.TryParse(args.ElementAtOrDefault(at), CultureInfo.InvariantCulture, out var number) && number > 0
                ? (ulong)number
                : throw new FormatException($"{args[at - 1]} wants a number");

        static string PlantName(string[] args, int at) =>
            args.ElementAtOrDefault(at) is { } name && Bugs.Plants.Names.Contains(name)
                ? name
                : throw new FormatException("--plant wants a name; --list-plants shows them");
    }
}
