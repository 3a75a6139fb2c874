using System.Diagnostics;
using Sandbox.Demo;
using Sandbox.Ecr;
using Terminal.Ecr;
using Terminal.Ecr.Messages;

namespace Sandbox.Bench;

/// <summary>
/// The real service on a serial line: how soon it acknowledges a block. Only commands that it refuses, which cost one
/// block each way and so one pause each.
/// </summary>
static class SerialTrial
{
    const int WarmUp = 20;

    static readonly double Gap = new EcrTimers().AckGap.TotalMilliseconds;

    public static async Task<IReadOnlyList<Figure>> RunAsync(string folder, int commands)
    {
        await using var shop = await Shop.OpenAsync(Path.Combine(folder, "serial"), BookingModel.OnStatus);
        shop.Service.Start();
        await shop.ReadyAsync();
        shop.Till.Register();
        var (ack, answer) = Answers(shop, commands);
        shop.Service.Stop();
        var echo = Echo.OverPty(commands);
        var reference = $"pty echo by `cat`: {echo}";
        return
        [
            new($"ECR frame → first byte of ACK, {commands} commands, p50", ack.Median / echo.Median, ack.ToString(),
                reference, Figure.Verdict("p99 ≤ 10 ms", ack.P99 <= 10)),
            new("… p99", ack.P99 / echo.P99, "", ""),
            new($"ECR frame → first byte of our answer, less the {Gap:0} ms pause, p50",
                (answer.Median - Gap) / echo.Median, answer.Less(Gap), reference),
        ];
    }

    static (Sample Ack, Sample Answer) Answers(Shop shop, int commands)
    {
        var refused = Telegram.Of(0x0F00);
        var (ack, answer) = (new Sample(), new Sample());
        // Written by the line's own thread; 0: not yet.
        long acknowledged = 0, answered = 0;
        shop.Cable.Heard = b =>
        {
            Sample.Note(ref acknowledged);
            if (b == Octets.Dle)
            {
                Sample.Note(ref answered);
            }
        };
        for (var i = -WarmUp; i < commands; i++)
        {
            (acknowledged, answered) = (0, 0);
            var since = Stopwatch.GetTimestamp();
            if (shop.Till.Begin(refused) is not { Command: 0x8400 | ResultCode.NotPossible })
            {
                throw new IOException("the terminal does not refuse an unknown command with 84 83");
            }
            if (i >= 0)
            {
                ack.Add(Stopwatch.GetElapsedTime(since, Volatile.Read(ref acknowledged)));
                answer.Add(Stopwatch.GetElapsedTime(since, Volatile.Read(ref answered)));
            }
        }
        return (ack, answer);
    }
}
