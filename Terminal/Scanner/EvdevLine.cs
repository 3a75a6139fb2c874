using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Terminal.Ecr;
using static Terminal.Scanner.EvdevCalls;

namespace Terminal.Scanner;

/// <summary>A keyboard reader (kernel evdev) as a byte line. It is grabbed: its keys reach no console.</summary>
public sealed class EvdevLine : ISerialLine
{
    const int EventsPerRead = 64;

    readonly SafeFileHandle device;
    readonly SafeFileHandle wake = EventFd(0, Flags);
    readonly KeyDecoder keys = new();
    readonly Lock reading = new();

    internal EvdevLine(SafeFileHandle device) => this.device = device;

    /// <param name="path">Best a link that names the device: /dev/input/by-id/…-event-kbd.</param>
    /// <returns>Null when the device is not there, may not be opened, or another process has grabbed it.</returns>
    public static EvdevLine? Open(string path)
    {
        var line = new EvdevLine(EvdevCalls.Open(path, Flags));
        if (!line.device.IsInvalid && !line.wake.IsInvalid)
        {
            line.WarmUp();
            if (Control(line.device, Grab, 1) == 0)
            {
                return line;
            }
        }
        line.Dispose();
        return null;
    }

    public int Read(Span<byte> buffer)
    {
        Span<byte> events = stackalloc byte[Math.Min(EventsPerRead, buffer.Length) * KeyEvent.Size];
        lock (reading)
        {
            while (Wait())
            {
                var count = EvdevCalls.Read(device, events, (nuint)events.Length);
                if (count < 0 && Marshal.GetLastPInvokeError() is Interrupted or TryAgain)
                {
                    continue;
                }
                if (count <= 0)
                {
                    return 0; // ENODEV: unplugged.
                }
                var decoded = Decode(events[..(int)count], buffer);
                if (decoded > 0)
                {
                    return decoded;
                }
            }
            return 0;
        }
    }

    /// <summary>A keyboard takes no text.</summary>
    public bool Write(ReadOnlySpan<byte> bytes) => false;

    public void Dispose()
    {
        if (wake is { IsClosed: false, IsInvalid: false })
        {
            _ = EvdevCalls.Write(wake, 1UL, sizeof(ulong));
        }
        lock (reading) // The reader has left: no descriptor is closed, and perhaps given to another file, under it.
        {
            device.Dispose();
            wake.Dispose();
        }
    }

    /// <summary>
    /// The kernel holds some ten characters for us, so the code that takes them is compiled before they arrive.
    /// </summary>
    void WarmUp()
    {
        var press = new byte[KeyEvent.Size];
        new KeyEvent(1, 28, 1).Write(press);
        Decode(press, new byte[1]);
    }

    int Decode(ReadOnlySpan<byte> events, Span<byte> buffer)
    {
        var count = keys.Take(events, buffer, out var dropped);
        if (dropped)
        {
            Span<byte> down = stackalloc byte[KeyDecoder.KeyMapSize];
            if (Control(device, KeysDown, down) >= 0)
            {
                keys.Resync(down);
            }
        }
        return count;
    }

    /// <returns>False when disposed.</returns>
    bool Wait()
    {
        if (device.IsClosed)
        {
            return false;
        }
        Span<PollEntry> entries =
        [
            new() { File = (int)device.DangerousGetHandle(), Events = PollIn },
            new() { File = (int)wake.DangerousGetHandle(), Events = PollIn },
        ];
        var ready = Poll(entries, 2, -1);
        while (ready < 0 && Marshal.GetLastPInvokeError() == Interrupted)
        {
            ready = Poll(entries, 2, -1);
        }
        return ready > 0 && entries[1].Happened == 0;
    }
}
