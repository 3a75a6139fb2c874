using Terminal.Device;
using Terminal.Ecr;

namespace Terminal.Scanner;

/// <summary>A keyboard reader (kernel evdev) as a byte line. It is grabbed: its keys reach no console.</summary>
public sealed unsafe class EvdevLine : ISerialLine
{
    const int EventsPerRead = 64;
    const nuint Grab = 0x40044590; // EVIOCGRAB
    const nuint KeysDown = 0x80604518; // EVIOCGKEY for KeyMapSize bytes

    readonly int device;
    readonly int wake = Libc.EventFd(0, Libc.NonBlocking | Libc.CloseOnExec);
    readonly KeyDecoder keys = new();
    readonly Lock reading = new();
    volatile bool isDisposed;

    internal EvdevLine(int device) => this.device = device;

    /// <param name="path">Best a link that names the device: /dev/input/by-id/…-event-kbd.</param>
    /// <returns>Null when the device is not there, may not be opened, or another process has grabbed it.</returns>
    public static EvdevLine? Open(string path)
    {
        var device = Libc.Open(path, Libc.NonBlocking | Libc.CloseOnExec);
        if (device < 0)
        {
            return null;
        }
        var line = new EvdevLine(device);
        line.WarmUp();
        if (line.wake >= 0 && Libc.Ioctl(device, Grab, (void*)1) == 0)
        {
            return line;
        }
        line.Dispose();
        return null;
    }

    public int Read(Span<byte> buffer)
    {
        var events = stackalloc byte[EventsPerRead * KeyEvent.Size];
        var room = Math.Min(EventsPerRead, buffer.Length) * KeyEvent.Size;
        lock (reading)
        {
            while (Wait())
            {
                var count = (int)Libc.Read(device, events, room);
                if (count < 0 && Libc.MayRetry)
                {
                    continue;
                }
                if (count <= 0)
                {
                    return 0; // ENODEV: unplugged.
                }
                var decoded = Decode(new(events, count), buffer);
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

    /// <summary>Called by one thread at a time; ends a blocked <see cref="Read"/>.</summary>
    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }
        isDisposed = true;
        var one = 1UL;
        _ = Libc.Write(wake, &one, sizeof(ulong));
        lock (reading) // The reader has left: no descriptor is closed, and perhaps given to another file, under it.
        {
            _ = Libc.Close(device);
            _ = Libc.Close(wake);
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
            var down = stackalloc byte[KeyDecoder.KeyMapSize];
            if (Libc.Ioctl(device, KeysDown, down) >= 0)
            {
                keys.Resync(new(down, KeyDecoder.KeyMapSize));
            }
        }
        return count;
    }

    /// <returns>False when disposed; what is wrong with the device shows when it is read.</returns>
    bool Wait()
    {
        if (isDisposed)
        {
            return false;
        }
        var fds = stackalloc Libc.PollFd[2];
        fds[0] = new() { Fd = device, Events = Libc.Readable };
        fds[1] = new() { Fd = wake, Events = Libc.Readable };
        var ready = Libc.Poll(fds, 2, -1);
        return ready < 0 ? Libc.MayRetry : fds[1].Seen == 0;
    }
}
