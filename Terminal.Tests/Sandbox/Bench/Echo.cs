using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Sandbox.Ecr;

namespace Sandbox.Bench;

/// <summary>The least that an answer of another process can cost: <c>cat</c> returns what it got.</summary>
static class Echo
{
    const int WarmUp = 20;

    /// <summary>One byte, as an ACK is one.</summary>
    public static Sample OverPty(int count)
    {
        using var pty = new Pty();
        using var cat = Process.Start(new ProcessStartInfo("sh", ["-c", "exec cat <\"$0\" >\"$0\"", pty.DevicePath]))!;
        var answer = new byte[16];
        return Measure(count, cat, () => pty.Master.Write([6]) && pty.Master.Read(answer) == 1);
    }

    /// <summary>Three bytes, as 80 00 00 is three.</summary>
    public static Sample OverTcp(int count)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"/dev/tcp/127.0.0.1/{((IPEndPoint)listener.LocalEndpoint).Port}";
        using var cat = Process.Start(new ProcessStartInfo("bash", ["-c", $"exec cat <>{address} >&0"]))!;
        using var socket = listener.AcceptSocket();
        socket.NoDelay = true;
        var answer = new byte[16];
        return Measure(count, cat, () => socket.Send([0x80, 0, 0]) == 3 && socket.Receive(answer) == 3);
    }

    static Sample Measure(int count, Process cat, Func<bool> exchange)
    {
        var sample = new Sample();
        for (var i = -WarmUp; i < count; i++)
        {
            var since = Stopwatch.GetTimestamp();
            if (!exchange())
            {
                throw new IOException("the reference does not echo");
            }
            if (i >= 0)
            {
                sample.Add(Stopwatch.GetElapsedTime(since));
            }
        }
        cat.Kill();
        cat.WaitForExit();
        return sample;
    }
}
