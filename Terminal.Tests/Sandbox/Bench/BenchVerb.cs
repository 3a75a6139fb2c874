using System.Diagnostics;
using System.Globalization;
using Sandbox.Demo;
using Sandbox.Simulation;
using Sandbox.Simulation.Bugs;

namespace Sandbox.Bench;

/// <summary>
/// <c>bench</c>: what the service costs, next to what the machine costs anyway, in one Markdown table.
/// </summary>
static class BenchVerb
{
    public static Verb Verb { get; } = new(
        "bench", "what the service costs, as ratios to what this machine can do at all", RunAsync)
    {
        Options =
        [
            ("--long", "10000 commands, 30000 payments, 1000000 journal entries: a quarter of an hour and more"),
            ("--only PART", "shop, idle, line, start, journal or simulate; default all"),
            ("--commands N", "commands of the till, on each line; default 300, with --long 10000"),
            ("--payments N", "payments over TCP; default 200, with --long 30000"),
        ],
        JudgesTheService = true,
        Example = "--only shop --commands 1000 --payments 1000",
        LastLine = "the end of what is not measured; the figures are the table above it, each with its target",
    };

    static readonly string[] Parts = ["shop", "idle", "line", "start", "journal", "simulate"];

    const string NotMeasured = """
        Times begin just before the frame is written and end in the till's or gateway's process; at the gateway the
        head of the request is decrypted and parsed by then. On the serial line the pause between our ACK and our next
        block is deliberate (EcrTimers.AckGap), hence subtracted. The service logs at level debug and shows its display
        on a pipe.
        Not measured: a real serial line (at 9600 baud a status enquiry alone takes 14 ms), a real network, a scanner,
        an SD card, ARM, flushes (one fdatasync per commit by construction, more at a checkpoint), metadata of the
        file system.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (Options.Read(args) is not { } options)
        {
            return 64;
        }
        var folder = Directory.CreateTempSubdirectory("terminal-bench-").FullName;
        try
        {
            await RunAsync(folder, options, Console.Out);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task RunAsync(string folder, Options options, TextWriter to)
    {
        var watch = Stopwatch.StartNew();
        to.WriteLine(Machine.Describe(folder));
        if (options.Only is null or "shop" or "idle" or "start")
        {
            to.WriteLine($"terminal {JudgedProgram.Describe()}");
        }
        to.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd}, load average at start {Machine.Load()}");
        to.WriteLine();
        to.WriteLine("| what | ratio | measured | reference, same run | target |");
        to.WriteLine("|---|---|---|---|---|");
        foreach (var part in Parts.Where(p => options.Only is null || p == options.Only))
        {
            foreach (var figure in part switch
            {
                "shop" => [
                    .. await SerialTrial.RunAsync(folder, options.Commands),
                    .. await ShopTrial.RunAsync(folder, options.Commands, options.Payments),
                ],
                "idle" => await IdleTrial.RunAsync(folder),
                "line" => LineTrial.Run(),
                "start" => await StartTrial.RunAsync(folder, options.IsLong),
                "journal" => Journal(folder, options.IsLong),
                _ => (Figure[])[Simulate("core, loop, ledger, model", false), Simulate("with every byte", true)],
            })
            {
                to.WriteLine(figure);
            }
        }
        to.WriteLine();
        to.WriteLine($"load average at the end {Machine.Load()}; took {watch.Elapsed.TotalSeconds:0} s");
        to.WriteLine();
        to.WriteLine(NotMeasured);
    }

    static IReadOnlyList<Figure> Journal(string folder, bool isLong)
    {
        int[] lengths = [1_000, 10_000, 100_000, .. isLong ? new[] { 1_000_000 } : []];
        IReadOnlyList<Figure> costs;
        using (var trial = new JournalTrial(folder, isLong ? 1000 : 200))
        {
            costs = [.. trial.Run(lengths)];
        }
        return
        [
            .. costs, .. new LookupTrial(n => JournalTrial.PathOf(folder, n), lengths).Run(),
            .. new BooksTrial(folder).Run(isLong ? 5000 : 1500, lengths[^1]),
        ];
    }

    static Figure Simulate(string what, bool bytes)
    {
        var (payments, target) = bytes ? (60_000, 50_000) : (400_000, 1_000_000);
        var watch = Stopwatch.StartNew();
        var busy = Environment.CpuUsage.TotalTime;
        var total = Campaign.Run(seed: 1, payments, () => Plant.None, threads: 2, bytes: bytes);
        var perMinute = total.Payments / watch.Elapsed.TotalMinutes;
        var cores = (Environment.CpuUsage.TotalTime - busy) / watch.Elapsed;
        var goal = target.ToString("N0", CultureInfo.InvariantCulture);
        return new($"simulated payments per minute ({what})", perMinute / target,
            string.Create(CultureInfo.InvariantCulture,
                $"{perMinute:N0} on {cores:0.0} cores, {total.Violations} violations"),
            goal, Figure.Verdict($"≥ {goal}", perMinute >= target));
    }

    sealed record Options(bool IsLong, string? Only, int Commands, int Payments)
    {
        /// <summary>Null: wrong command line.</summary>
        public static Options? Read(string[] args)
        {
            var (isLong, only, numbers) = (args.Contains("--long"), null as string, new Dictionary<string, int>());
            for (var i = 0; i < args.Length; i++)
            {
                switch (args[i])
                {
                    case "--long":
                        break;
                    case "--only" when Parts.Contains(args.ElementAtOrDefault(i + 1)):
                        only = args[++i];
                        break;
                    case "--commands" or "--payments" when int.TryParse(
                        args.ElementAtOrDefault(i + 1), CultureInfo.InvariantCulture, out var n) && n > 0:
                        numbers[args[i++]] = n;
                        break;
                    default:
                        return null;
                }
            }
            return new(isLong, only, numbers.GetValueOrDefault("--commands", isLong ? 10_000 : 300),
                numbers.GetValueOrDefault("--payments", isLong ? 30_000 : 200));
        }
    }
}
