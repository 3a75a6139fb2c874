using System.Diagnostics;
using Terminal.Device;

namespace Sandbox.Ecr;

/// <summary>
/// A line as slow as its baud rate, byte by byte in both directions. It loses and spoils bytes when told to; lost bytes
/// take their time as well.
/// </summary>
sealed class PacedLine(ISerialLine line, int baud = 9600) : ISerialLine
{
    const int BitsPerByte = 10, Longest = 1024;

    readonly long perByte = Stopwatch.Frequency * BitsPerByte / baud;
    readonly List<byte> heard = [];
    volatile bool isPulled;
    int lost;

    /// <summary>While the cable is pulled, nothing passes in either direction.</summary>
    public bool IsPulled
    {
        get => isPulled;
        set => isPulled = value;
    }

    /// <summary>Done once, as soon as these bytes of the terminal have passed.</summary>
    public (byte[] Bytes, Action Do)? After { get; set; }

    /// <summary>The terminal's next byte arrives with one bit flipped.</summary>
    public bool FlipNext { get; set; }

    /// <summary>How many of the terminal's next bytes get lost.</summary>
    public int LoseFromTerminal
    {
        get => Volatile.Read(ref lost);
        set => Volatile.Write(ref lost, value);
    }

    /// <summary>Changes the till's next blocks on the way; an empty result loses the block.</summary>
    public Func<byte[], byte[]>? Spoil { get; set; }

    public int Read(Span<byte> buffer)
    {
        while (line.Read(buffer[..1]) > 0)
        {
            Pace();
            if (!isPulled && (LoseFromTerminal == 0 || Interlocked.Decrement(ref lost) < 0))
            {
                (buffer[0], FlipNext) = ((byte)(buffer[0] ^ (FlipNext ? 0x40 : 0)), false);
                Hear(buffer[0]);
                return 1;
            }
        }
        return 0;
    }

    public bool Write(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in Spoil?.Invoke(bytes.ToArray()) ?? bytes.ToArray())
        {
            Pace();
            if (!isPulled && !line.Write([b]))
            {
                return false;
            }
        }
        return true;
    }

    public void Dispose() => line.Dispose();

    void Hear(byte b)
    {
        heard.Add(b);
        if (After is var (last, act) && heard.TakeLast(last.Length).SequenceEqual(last))
        {
            After = null;
            act();
        }
        if (heard.Count > Longest)
        {
            heard.RemoveRange(0, Longest / 2);
        }
    }

    /// <summary>Waits until one byte can have passed; a sleep alone would be too coarse.</summary>
    void Pace()
    {
        var due = Stopwatch.GetTimestamp() + perByte;
        if (perByte >= Stopwatch.Frequency / 1000)
        {
            Thread.Sleep(1);
        }
        while (Stopwatch.GetTimestamp() < due)
        {
            Thread.Yield();
        }
    }
}
