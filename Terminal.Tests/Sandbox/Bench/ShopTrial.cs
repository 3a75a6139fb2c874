using System.Diagnostics;
using System.Globalization;
using Sandbox.Conform;
using Sandbox.Demo;
using Sandbox.Ecr;

namespace Sandbox.Bench;

/// <summary>
/// The real service in its own process, over TCP, where nothing pauses: how soon it answers, how soon it submits, how
/// much it holds.
/// </summary>
sealed class ShopTrial
{
    const int WarmUp = 20;

    /// <summary>After so many payments its memory is looked at, and after the last.</summary>
    static readonly int[] Marks = [1_000, 10_000, 30_000];

    readonly Shop shop;
    readonly Till till;
    readonly RawDisk disk;

    // Written by the threads of line and gateway; 0: not yet.
    long answered, submitted;

    ShopTrial(Shop shop, TillLine line, RawDisk disk)
    {
        (this.shop, till, this.disk) = (shop, new(line, BookingModel.OnStatus), disk);
        line.Heard = _ => Sample.Note(ref answered);
        shop.Arrived = path =>
        {
            if (path.EndsWith("/pay", StringComparison.Ordinal))
            {
                Sample.Note(ref submitted);
            }
        };
    }

    public static async Task<IReadOnlyList<Figure>> RunAsync(string folder, int commands, int payments)
    {
        using var disk = new RawDisk(folder);
        await using var shop = await Shop.OpenAsync(Path.Combine(folder, "shop"), BookingModel.OnStatus);
        var port = shop.UseTcp();
        shop.Service.Start();
        await shop.ListensAsync();
        var (socket, problem) = Connection.To(port);
        using var line = new TillLine(socket ?? throw new IOException(problem), isTcp: true);
        await shop.ReadyAsync();
        var trial = new ShopTrial(shop, line, disk);
        trial.till.Register();
        List<Figure> figures = [.. trial.Answers(commands)];
        figures.AddRange(Memory([.. trial.Payments(payments, figures)]));
        shop.Service.Stop();
        return figures;
    }

    IEnumerable<Figure> Answers(int commands)
    {
        var answer = new Sample();
        for (var i = -WarmUp; i < commands; i++)
        {
            answered = 0;
            var since = Stopwatch.GetTimestamp();
            if (!till.Status().Completed)
            {
                throw new IOException("the terminal does not answer a status enquiry");
            }
            if (i >= 0)
            {
                answer.Add(Stopwatch.GetElapsedTime(since, Volatile.Read(ref answered)));
            }
        }
        var echo = Echo.OverTcp(commands);
        yield return new($"ECR command over TCP → first byte of 80 00 00, {commands} commands, p50",
            answer.Median / echo.Median, answer.ToString(), $"TCP echo by `cat`: {echo}",
            Figure.Verdict("p99 ≤ 20 ms", answer.P99 <= 20));
        yield return new("… p99", answer.P99 / echo.P99, "", "");
    }

    /// <returns>The memory at the start and at each mark, in MiB.</returns>
    IEnumerable<(int Payments, double MiB)> Payments(int payments, List<Figure> figures)
    {
        var (order, commit, send) = (new Sample(), new Sample(), new Sample());
        using var echo = new TlsEcho();
        var process = shop.Service.Id!.Value;
        yield return (0, Machine.ResidentMiB(process));
        for (var i = 1; i <= payments; i++)
        {
            submitted = 0;
            var since = Stopwatch.GetTimestamp();
            var result = till.Pay(1234, $"28{i:D13}199");
            if (result is not { Result: 0, Completed: true })
            {
                throw new IOException($"payment {i} came to result {result.Result}");
            }
            var (append, exchange) = (disk.Append(), echo.Exchange());
            if (i > WarmUp)
            {
                order.Add(Stopwatch.GetElapsedTime(since, Volatile.Read(ref submitted)));
                commit.Add(append);
                send.Add(exchange);
            }
            if (Marks.Contains(i) || i == payments)
            {
                yield return (i, Machine.ResidentMiB(process));
            }
        }
        var most = Math.Min(8, 2 * (commit.P99 + send.P99));
        figures.Add(new($"order with code over TCP → pay at the gateway, {order.Count} payments, p99",
            order.P99 / (commit.P99 + send.P99), order.ToString(),
            $"4 KiB append + fdatasync: {commit}; and TLS echo: {send}; after each payment",
            Figure.Verdict("p99 ≤ 2 × both p99, ≤ 8 ms", order.P99 <= most)));
    }

    static IEnumerable<Figure> Memory(IReadOnlyList<(int Payments, double MiB)> looks)
    {
        var start = looks[0].MiB;
        yield return new("memory at start", null, MiB(start), "", Figure.Verdict("≤ 30 MiB", start <= 30));
        for (var i = 1; i < looks.Count; i++)
        {
            var (payments, now) = looks[i];
            yield return new($"memory after {payments.ToString("N0", CultureInfo.InvariantCulture)} payments",
                now / looks[i - 1].MiB, MiB(now), $"the row above: {MiB(looks[i - 1].MiB)}",
                payments <= 30_000 ? Figure.Verdict("≤ 40 MiB", now <= 40) : "");
        }
        if (looks.Where(l => l.Payments is 10_000 or 30_000).ToList() is [var (_, before), var (_, after)])
        {
            yield return new("… 30,000 against 10,000", after / before, MiB(after - before), "",
                Figure.Verdict("≤ 1 MiB more", after - before <= 1));
        }
    }

    static string MiB(double mebibytes) => string.Create(CultureInfo.InvariantCulture, $"{mebibytes:0.0} MiB");
}
