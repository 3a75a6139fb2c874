using System.Diagnostics;
using Sandbox.Demo;
using Sandbox.Ecr;
using Terminal.Journal;

namespace Sandbox.Bench;

/// <summary>From the start of the process until the ECR's line is open.</summary>
static class StartTrial
{
    const int Starts = 5;

    public static async Task<IReadOnlyList<Figure>> RunAsync(string folder)
    {
        var bare = new Sample();
        for (var i = 0; i < Starts; i++)
        {
            bare.Add(await BareAsync());
        }
        return
        [
            await MeasureAsync(Path.Combine(folder, "empty"), 0, bare),
            await MeasureAsync(Path.Combine(folder, "full"), 10_000, bare),
        ];
    }

    static async Task<Figure> MeasureAsync(string folder, int payments, Sample bare)
    {
        await using var shop = await Shop.OpenAsync(folder, BookingModel.OnStatus);
        if (payments > 0)
        {
            using var store = new SqliteJournal(shop.JournalFile);
            Facts.Fill(new Ledger(store), payments);
            store.Acknowledge(store.Last!.Sequence); // Else head office would be sent all of it meanwhile.
        }
        var sample = new Sample();
        for (var i = 0; i < Starts; i++)
        {
            var since = Stopwatch.GetTimestamp();
            shop.Service.Start();
            await Shop.UntilAsync("the terminal is ready", () => shop.Says("ecr: line up"), everyMilliseconds: 5);
            sample.Add(Stopwatch.GetElapsedTime(since));
            shop.Service.Stop();
        }
        return new($"process start → line open, {payments:N0} payments in the journal, p50",
            sample.Median / bare.Median, sample.ToString(), $"`terminal version`, whole process: {bare}",
            Figure.Verdict("≤ 800 ms", sample.Median <= 800));
    }

    static async Task<TimeSpan> BareAsync()
    {
        var since = Stopwatch.GetTimestamp();
        using var process = Process.Start(TerminalProcess.Program("version"))!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return Stopwatch.GetElapsedTime(since);
    }
}
