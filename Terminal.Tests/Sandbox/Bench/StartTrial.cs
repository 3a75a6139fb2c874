using System.Diagnostics;
using System.Globalization;
using System.Net;
using Sandbox.Conform;
using Sandbox.Demo;
using Sandbox.Ecr;
using Terminal.Device;
using Terminal.Journal;

namespace Sandbox.Bench;

/// <summary>From the start of the process until the first order of a till that waits is accepted and paid.</summary>
static class StartTrial
{
    const int Starts = 7;

    static int codes;

    public static async Task<IReadOnlyList<Figure>> RunAsync(string folder, bool isLong)
    {
        var bare = new Sample();
        for (var i = 0; i < Starts; i++)
        {
            bare.Add(await BareAsync());
        }
        List<Figure> figures =
        [
            Size(),
            await MeasureAsync(Path.Combine(folder, "empty"), 0, 40, bare),
            await MeasureAsync(Path.Combine(folder, "full"), 10_000, 60, bare),
        ];
        if (isLong)
        {
            figures.Add(await MeasureAsync(Path.Combine(folder, "long"), 1_000_000 / Facts.PerPayment, 100, bare));
        }
        return figures;
    }

    static Figure Size()
    {
        var megabytes = new FileInfo(JudgedProgram.Command()[^1]).Length / 1e6;
        return new("the program's file", null, string.Create(CultureInfo.InvariantCulture, $"{megabytes:0.0} MB"), "",
            Figure.Verdict("≤ 15 MB", megabytes <= 15));
    }

    static async Task<Figure> MeasureAsync(string folder, int payments, int target, Sample bare)
    {
        await using var shop = await Shop.OpenAsync(folder, BookingModel.OnStatus);
        if (payments > 0)
        {
            using var store = new JournalPlace(shop.State).Open(create: true);
            Facts.Fill(new Ledger(store), payments);
            store.Acknowledge(store.Last!.Sequence); // Else head office would be sent all of it meanwhile.
        }
        var port = shop.UseTcp();
        var sample = new Sample();
        for (var i = 0; i < Starts; i++)
        {
            sample.Add(await StartAndPayAsync(shop, port));
            shop.Service.Stop();
        }
        var count = payments.ToString("N0", CultureInfo.InvariantCulture);
        return new($"process start → first order paid, less the payment itself, {count} payments in the journal, p50",
            sample.Median / bare.Median, sample.ToString(), $"`terminal version`, whole process: {bare}",
            Figure.Verdict($"≤ {target} ms", sample.Median <= target));
    }

    static async Task<TimeSpan> StartAndPayAsync(Shop shop, IPEndPoint port)
    {
        var since = Stopwatch.GetTimestamp();
        shop.Service.Start();
        ISerialLine? line = null;
        await Shop.UntilAsync(
            "the terminal listens", () => (line = Connection.To(port).Line) is not null, everyMilliseconds: 1);
        using var cable = new TillLine(line!, isTcp: true);
        var till = new Till(cable, BookingModel.OnStatus);
        Pay(till);
        var all = Stopwatch.GetElapsedTime(since);
        var payment = new Sample();
        for (var i = 0; i < Starts; i++)
        {
            since = Stopwatch.GetTimestamp();
            Pay(till);
            payment.Add(Stopwatch.GetElapsedTime(since));
        }
        return all - TimeSpan.FromMilliseconds(payment.Median);
    }

    static void Pay(Till till)
    {
        till.Register();
        var result = till.Pay(1234, $"28{++codes:D13}288");
        if (result is not { Result: 0, Completed: true })
        {
            throw new IOException($"a payment came to result {result.Result}");
        }
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
