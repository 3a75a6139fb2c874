using System.Diagnostics;
using System.Globalization;
using Sandbox.Simulation;
using Terminal.Journal;

namespace Sandbox.Bench;

/// <summary>
/// <c>bench [--long] [--only PART]</c>: what the service costs, next to what the machine costs anyway, in one Markdown
/// table.
/// </summary>
public static class BenchVerb
{
    static readonly string[] Parts = ["shop", "start", "journal", "simulate"];

    const string NotMeasured = """
        Times begin just before the frame is written and end in the till's or gateway's process; at the gateway the
        head of the request is decrypted and parsed by then. The pause between our ACK and our next block is deliberate
        (EcrTimers.AckGap), hence subtracted. The service logs at level debug and shows its display on a pipe.
        Not measured: a real serial line (at 9600 baud a status enquiry alone takes 14 ms), a real network, a scanner,
        an SD card, ARM, flushes (one fdatasync per commit by construction, more at a checkpoint), metadata of the
        file system, simulation with full bytes.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        var isLong = args is ["--long", ..];
        string? only = null;
        switch (args[(isLong ? 1 : 0)..])
        {
            case []: break;
            case ["--only", var part] when Parts.Contains(part): only = part; break;
            default:
                Console.Error.WriteLine($"usage: bench [--long] [--only {string.Join('|', Parts)}]");
                return 64;
        }
        var folder = Directory.CreateTempSubdirectory("terminal-bench-").FullName;
        try
        {
            await RunAsync(folder, isLong, only, Console.Out);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task RunAsync(string folder, bool isLong, string? only, TextWriter to)
    {
        var watch = Stopwatch.StartNew();
        to.WriteLine(Machine.Describe(folder));
        to.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd}, load average at start {Machine.Load()}");
        to.WriteLine();
        to.WriteLine("| what | ratio | measured | reference, same run | target |");
        to.WriteLine("|---|---|---|---|---|");
        foreach (var part in Parts.Where(p => only is null || p == only))
        {
            foreach (var figure in part switch
            {
                "shop" => await ShopTrial.RunAsync(folder, isLong ? 1000 : 300, isLong ? 10_000 : 200),
                "start" => await StartTrial.RunAsync(folder),
                "journal" => Journal(folder, isLong),
                _ => [Simulate()],
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
        return [.. costs, .. new LookupTrial(n => new SqliteJournal(JournalTrial.PathOf(folder, n)), lengths).Run()];
    }

    static Figure Simulate()
    {
        const double Target = 1_000_000;
        var watch = Stopwatch.StartNew();
        var busy = Environment.CpuUsage.TotalTime;
        var total = Campaign.Run(seed: 1, payments: 50_000, () => Plant.None, threads: 2);
        var perMinute = total.Payments / watch.Elapsed.TotalMinutes;
        var cores = (Environment.CpuUsage.TotalTime - busy) / watch.Elapsed;
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{perMinute:N0} on {cores:0.0} cores, {total.Violations} violations");
        return new("simulated payments per minute (core, loop, ledger, model)", perMinute / Target, text, "1,000,000",
            Figure.Verdict("≥ 1,000,000", perMinute >= Target));
    }
}
