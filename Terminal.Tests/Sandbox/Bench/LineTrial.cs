using System.Diagnostics;
using Sandbox.Ecr;
using Terminal.Ecr;
using Terminal.Ecr.Blocks;

namespace Sandbox.Bench;

/// <summary>
/// Frames at full line speed into the driver while every core is busy. A sender that had to wait would have overrun a
/// real port: what the pseudo terminal does not take at once is lost here, too.
/// </summary>
static class LineTrial
{
    const int Frames = 10_000;
    const int Length = 30;
    const int Baud = 115_200;
    const int BitsPerByte = 10;

    public static IReadOnlyList<Figure> Run()
    {
        using var pty = new Pty();
        var (line, problem) = PortsLine.Open(new EcrSettings { Device = pty.DevicePath, Baud = Baud });
        using var port = line ?? throw new IOException(problem);
        var sent = new byte[Frames * Length];
        new Random(1).NextBytes(sent);
        using var end = new CancellationTokenSource();
        var load = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() => Spin(end.Token)))
            .ToList();
        load.ForEach(t => t.Start());
        var received = new byte[sent.Length + 1];
        var count = 0;
        var reader = new Thread(() =>
        {
            for (int n; (n = port.Read(received.AsSpan(count))) > 0 && (count += n) < sent.Length;)
            {
            }
        });
        reader.Start();
        var lost = Send(pty, sent);
        if (!reader.Join(TimeSpan.FromSeconds(30)))
        {
            port.Dispose();
            reader.Join();
        }
        end.Cancel();
        load.ForEach(t => t.Join());
        var same = count == sent.Length && sent.AsSpan().SequenceEqual(received.AsSpan(0, count));
        return
        [
            new($"{Frames:N0} frames of {Length} bytes at {Baud} baud, every core busy", null,
                $"{sent.Length - count} bytes missing, {lost} overrun, {(same ? "all as sent" : "**not as sent**")}",
                "", Figure.Verdict("no byte lost", same && lost == 0)),
        ];
    }

    /// <summary>As fast as the line, and no faster when this thread itself had to wait for its turn.</summary>
    /// <returns>Frames that did not fit.</returns>
    static int Send(Pty pty, byte[] bytes)
    {
        var perFrame = Stopwatch.Frequency * Length * BitsPerByte / Baud;
        var (lost, due) = (0, Stopwatch.GetTimestamp());
        for (var done = 0; done < bytes.Length; done += Length, due += perFrame)
        {
            while (Stopwatch.GetTimestamp() < due)
            {
                Thread.Sleep(1);
            }
            lost += pty.Master.Write(bytes.AsSpan(done, Length)) ? 0 : 1;
            due = Math.Max(due, Stopwatch.GetTimestamp() - Stopwatch.Frequency / 10);
        }
        return lost;
    }

    static void Spin(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
        }
    }
}
