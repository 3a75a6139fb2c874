using System.Collections.Concurrent;
using System.Diagnostics;
using Terminal.Device;

namespace Sandbox.Ecr;

/// <summary>The bytes of a real line. A separate thread reads them, so that their times are true.</summary>
sealed class LineWire : Wire
{
    /// <summary>More than any dialogue has. An endless sender blocks the reader, not the machine.</summary>
    const int Limit = 1 << 16;

    readonly BlockingCollection<Octet> bytes = new(Limit);
    readonly ISerialLine line;
    readonly Func<byte, bool> passes;

    /// <param name="passes">Sees every byte as it comes; if it returns false, the byte is lost.</param>
    public LineWire(ISerialLine line, Func<byte, bool>? passes = null)
    {
        (this.line, this.passes) = (line, passes ?? (_ => true));
        new Thread(Listen) { IsBackground = true, Name = "line" }.Start();
    }

    public override bool IsHungUp => bytes.IsCompleted;

    public override TimeSpan Now => Stopwatch.GetElapsedTime(0);

    public override bool Write(ReadOnlySpan<byte> raw) => line.Write(raw);

    public override Octet? Read(TimeSpan limit) => bytes.TryTake(out var octet, limit) ? octet : null;

    public override void Dispose() => line.Dispose();

    void Listen()
    {
        var buffer = new byte[512];
        while (line.Read(buffer) is > 0 and var count)
        {
            var at = Now;
            foreach (var b in buffer.AsSpan(0, count))
            {
                if (passes(b))
                {
                    bytes.Add(new(b, at));
                }
            }
        }
        bytes.CompleteAdding();
    }
}
