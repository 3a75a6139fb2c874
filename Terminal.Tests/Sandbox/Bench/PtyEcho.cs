using System.Diagnostics;
using Sandbox.Ecr;

namespace Sandbox.Bench;

/// <summary>The least that an answer over a pseudo terminal can cost: another process, cat, returns a byte.</summary>
static class PtyEcho
{
    const int WarmUp = 20;

    public static Sample Measure(int count)
    {
        using var pty = new Pty();
        var start = new ProcessStartInfo("sh", ["-c", "exec cat <\"$0\" >\"$0\"", pty.DevicePath]);
        using var cat = Process.Start(start)!;
        var sample = new Sample();
        var answer = new byte[16];
        for (var i = -WarmUp; i < count; i++)
        {
            var since = Stopwatch.GetTimestamp();
            if (!pty.Master.Write([6]) || pty.Master.Read(answer) != 1)
            {
                throw new IOException("the pseudo terminal does not echo");
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
