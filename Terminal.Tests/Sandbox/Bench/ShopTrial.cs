using System.Diagnostics;
using System.Globalization;
using Sandbox.Demo;
using Sandbox.Ecr;
using Terminal.Ecr;

namespace Sandbox.Bench;

/// <summary>The real service in its own process: how soon it answers, how soon it submits, how much it holds.</summary>
sealed class ShopTrial
{
    const int WarmUp = 20;

    static readonly double Gap = new EcrTimers().AckGap.TotalMilliseconds;

    readonly Shop shop;
    readonly RawDisk disk;

    // Written by the threads of line and gateway; 0: not yet.
    long acknowledged, answered, submitted;

    ShopTrial(Shop shop, RawDisk disk)
    {
        (this.shop, this.disk) = (shop, disk);
        shop.Cable.Heard = Hear;
        shop.Arrived = path =>
        {
            if (path.EndsWith("/pay", StringComparison.Ordinal))
            {
                Note(ref submitted);
            }
        };
    }

    public static async Task<IReadOnlyList<Figure>> RunAsync(string folder, int commands, int payments)
    {
        using var disk = new RawDisk(folder);
        await using var shop = await Shop.OpenAsync(Path.Combine(folder, "shop"), BookingModel.OnStatus);
        var trial = new ShopTrial(shop, disk);
        shop.Service.Start();
        await shop.ReadyAsync();
        var atStart = Machine.ResidentMiB(shop.Service.Id!.Value);
        shop.Till.Register();
        var figures = new List<Figure>();
        figures.AddRange(trial.Answers(commands));
        figures.AddRange(trial.Payments(payments, atStart));
        shop.Service.Stop();
        return figures;
    }

    IEnumerable<Figure> Answers(int commands)
    {
        var echo = PtyEcho.Measure(commands);
        var (ack, answer) = (new Sample(), new Sample());
        for (var i = -WarmUp; i < commands; i++)
        {
            (acknowledged, answered) = (0, 0);
            var since = Stopwatch.GetTimestamp();
            var result = shop.Till.Status();
            if (!result.Completed)
            {
                throw new IOException("the terminal does not answer a status enquiry");
            }
            if (i >= 0)
            {
                ack.Add(Stopwatch.GetElapsedTime(since, Volatile.Read(ref acknowledged)));
                answer.Add(Stopwatch.GetElapsedTime(since, Volatile.Read(ref answered)));
            }
        }
        var reference = $"pty echo by `cat`: {echo}";
        yield return new($"ECR frame → first byte of ACK, {commands} commands, p50", ack.Median / echo.Median,
            ack.ToString(), reference, Figure.Verdict("p99 ≤ 20 ms", ack.P99 <= 20));
        yield return new("… p99", ack.P99 / echo.P99, "", "");
        yield return new($"ECR frame → first byte of 80 00 00, less the {Gap:0} ms pause, p50",
            (answer.Median - Gap) / echo.Median, Less(answer), reference);
    }

    IEnumerable<Figure> Payments(int payments, double atStart)
    {
        var (order, commit) = (new Sample(), new Sample());
        var process = shop.Service.Id!.Value;
        var warm = 0.0;
        for (var i = -WarmUp; i < payments; i++)
        {
            submitted = 0;
            var since = Stopwatch.GetTimestamp();
            var result = shop.Till.Pay(1234, $"28{WarmUp + i:D13}199");
            if (result is not { Result: 0, Completed: true })
            {
                throw new IOException($"payment {i} came to result {result.Result}");
            }
            var append = disk.Append();
            if (i >= 0)
            {
                order.Add(Stopwatch.GetElapsedTime(since, Volatile.Read(ref submitted)));
                commit.Add(append);
            }
            warm = i == 0 ? Machine.ResidentMiB(process) : warm;
        }
        var now = Machine.ResidentMiB(process);
        var target = Figure.Verdict("p99 ≤ 10 ms + one commit (p50)", order.P99 - Gap <= 10 + commit.Median);
        var reference = $"4 KiB append + fdatasync: {commit}";
        yield return new($"order with code → pay at the gateway, less the {Gap:0} ms pause, {payments} payments, p50",
            (order.Median - Gap) / commit.Median, Less(order), reference, target);
        yield return new("… p99", (order.P99 - Gap) / commit.P99, "", "");
        yield return new($"memory after {payments + WarmUp} payments", now / atStart, MiB(now),
            $"at start: {MiB(atStart)}; after {WarmUp + 1} payments: {MiB(warm)}",
            Figure.Verdict("≤ 64 MiB", now <= 64));
    }

    void Hear(byte b)
    {
        const byte FrameStart = 0x10;
        Note(ref acknowledged);
        if (b == FrameStart)
        {
            Note(ref answered);
        }
    }

    static void Note(ref long at) => Interlocked.CompareExchange(ref at, Stopwatch.GetTimestamp(), 0);

    static string Less(Sample s) =>
        $"p50 {Sample.Ms(s.Median - Gap)}, p99 {Sample.Ms(s.P99 - Gap)}, max {Sample.Ms(s.Max - Gap)}";

    static string MiB(double mebibytes) => string.Create(CultureInfo.InvariantCulture, $"{mebibytes:0.0} MiB");
}
