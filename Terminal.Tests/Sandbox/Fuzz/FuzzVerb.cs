using System.Diagnostics;
using System.Globalization;

namespace Sandbox.Fuzz;

/// <summary><c>fuzz</c>: noise and damaged messages for every parser.</summary>
public static class FuzzVerb
{
    public static Verb Verb { get; } = new(
        "fuzz", "noise and damaged messages for every parser, with an independent reader beside",
        args => Task.FromResult(Run(args)))
    {
        Options =
        [
            ("--target NAME", "only this parser; default all, named in the first column"),
            ("--inputs N", "shared among the targets; default 1000000"),
            ("--seed S", "default 1"),
            ("--hex INPUT", "only this input, with --target"),
        ],
        Example = "--target frame --inputs 100000 --seed 7",
        LastLine = "inputs tried; crashes, over memory and stuck must be 0",
    };

    /// <summary>A single input takes microseconds; one that takes this long never ends.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <returns>0: every input was borne; 1: not so; 64: wrong command line.</returns>
    public static int Run(string[] args)
    {
        using var watch = new Timer(_ => EndIfHung(), null, Patience, Patience);
        return Run(args, Console.Out, Targets.All);
    }

    internal static int Run(string[] args, TextWriter to, IReadOnlyList<Func<FuzzTarget>> targets)
    {
        try
        {
            var options = Options.Parse(args, targets);
            return options.Input is { } input ? Replay(input, options, to) : Run(options, to);
        }
        catch (FormatException e)
        {
            Console.Error.WriteLine($"fuzz: {e.Message}");
            return 64;
        }
    }

    static int Run(Options options, TextWriter to)
    {
        to.WriteLine($"{"target",-16} {"inputs",10} {"deep",10} {"most bytes",10} {"harm",6} {"inputs/s",9}");
        var total = new FuzzTally("all");
        foreach (var (make, inputs) in options.Shares())
        {
            var watch = Stopwatch.StartNew();
            var tally = new Fuzzer(make, options.Seed).Run(inputs, Environment.ProcessorCount);
            var pace = tally.Inputs / Math.Max(watch.Elapsed.TotalSeconds, 0.001);
            to.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{tally.Target,-16} {tally.Inputs,10} {tally.Deep,10} {tally.MostBytes,10} {tally.Harmful,6} ") +
                $"{pace,9:0}");
            if (tally.First is { } first)
            {
                to.WriteLine(first);
            }
            total += tally;
        }
        to.WriteLine(
            $"fuzz: {total.Inputs} inputs, {options.Targets.Length} targets, {total.Crashes} crashes, " +
            $"{total.OverMemory} over memory, {total.Stuck} stuck, seed {options.Seed}");
        return total.Harmful > 0 ? 1 : 0;
    }

    static int Replay(byte[] input, Options options, TextWriter to)
    {
        using var target = options.Targets[0]();
        Fuzzer.Try(target, []);
        var (harm, what, bytes) = Fuzzer.Try(target, input);
        var verdict = harm is null ? $"borne, {bytes} bytes allocated" : $"{harm}: {what}";
        to.WriteLine($"{target.Name}: {verdict}");
        return harm is null ? 0 : 1;
    }

    /// <summary>The one limit by the clock: without it an endless loop would only be silence.</summary>
    static void EndIfHung()
    {
        foreach (var attempt in Fuzzer.Current.Values)
        {
            if (attempt.IsAsBefore())
            {
                Console.WriteLine(
                    $"fuzz: stuck in {attempt.Target}, replay: fuzz --target {attempt.Target} " +
                    $"--hex {Convert.ToHexString(attempt.Input)}");
                Environment.Exit(1);
            }
        }
    }

    sealed record Options(Func<FuzzTarget>[] Targets)
    {
        public long Inputs { get; init; } = 1_000_000;
        public ulong Seed { get; init; } = 1;
        public byte[]? Input { get; init; }

        public static Options Parse(string[] args, IReadOnlyList<Func<FuzzTarget>> targets)
        {
            var options = new Options([.. targets]);
            for (var i = 0; i < args.Length; i += 2)
            {
                var value = args.ElementAtOrDefault(i + 1) ?? throw new FormatException($"{args[i]} wants a value");
                options = args[i] switch
                {
                    "--target" => options with { Targets = Named(value, targets) },
                    "--inputs" => options with { Inputs = (long)Number(value) },
                    "--seed" => options with { Seed = Number(value) },
                    "--hex" => options with { Input = Convert.FromHexString(value) },
                    var other => throw new FormatException($"{other} is not an option"),
                };
            }
            return options.Input is null || options.Targets.Length == 1
                ? options
                : throw new FormatException("--hex wants --target");
        }

        /// <summary>All inputs, divided by what the targets are worth.</summary>
        public IEnumerable<(Func<FuzzTarget> Make, long Inputs)> Shares()
        {
            var shares = Targets.Select(Share).ToArray();
            var all = shares.Sum();
            return Targets.Select((make, i) => (make, Math.Max(1, (Inputs * shares[i] + all - 1) / all)));
        }

        static int Share(Func<FuzzTarget> make)
        {
            using var target = make();
            return target.Share;
        }

        static ulong Number(string value) =>
            ulong.TryParse(value, CultureInfo.InvariantCulture, out var number) && number is > 0 and < long.MaxValue
                ? number
                : throw new FormatException($"\"{value}\" is no number");

        static Func<FuzzTarget>[] Named(string name, IReadOnlyList<Func<FuzzTarget>> targets)
        {
            var found = targets.Where(make => NameOf(make) == name).ToArray();
            return found.Length > 0 ? found : throw new FormatException(
                $"--target wants one of {string.Join(", ", targets.Select(NameOf))}");
        }

        static string NameOf(Func<FuzzTarget> make)
        {
            using var target = make();
            return target.Name;
        }
    }
}
