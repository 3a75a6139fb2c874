using System.Diagnostics;
using Terminal.Device;

namespace Terminal.Ecr;

/// <summary>A serial port of Linux, opened for us alone.</summary>
public sealed unsafe class TermiosLine : ISerialLine
{
    static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(2);

    readonly Lock gate = new();
    readonly int port;
    readonly int wake;
    int users;
    bool isDisposed;

    TermiosLine(int port, int wake) => (this.port, this.wake) = (port, wake);

    public static Opened Open(EcrSettings settings)
    {
        const int Flags =
            Libc.ReadWrite | Libc.NoControllingTerminal | Libc.NonBlocking | Libc.CloseOnExec;
        var port = Libc.Open(settings.Device, Flags);
        if (port < 0)
        {
            return new(null, $"{settings.Device}: {Libc.LastError}");
        }
        var wake = -1;
        var problem = Termios.SetUp(port, settings);
        if (problem is null && (wake = Libc.EventFd(0, Libc.NonBlocking | Libc.CloseOnExec)) < 0)
        {
            problem = Libc.LastError;
        }
        if (problem is null)
        {
            return new(new TermiosLine(port, wake), "");
        }
        _ = Libc.Close(port);
        return new(null, $"{settings.Device}: {problem}");
    }

    public int Read(Span<byte> buffer)
    {
        if (!Enter())
        {
            return 0;
        }
        try
        {
            fixed (byte* start = buffer)
            {
                while (Wait(Libc.Readable, -1))
                {
                    var count = Libc.Read(port, start, buffer.Length);
                    if (count >= 0 || !Libc.MayRetry)
                    {
                        return (int)Math.Max(count, 0);
                    }
                }
                return 0;
            }
        }
        finally
        {
            Leave();
        }
    }

    public bool Write(ReadOnlySpan<byte> bytes)
    {
        if (!Enter())
        {
            return false;
        }
        try
        {
            var began = Stopwatch.GetTimestamp();
            fixed (byte* start = bytes)
            {
                for (nint done = 0; done < bytes.Length;)
                {
                    var count = Libc.Write(port, start + done, bytes.Length - done);
                    var left = WriteLimit - Stopwatch.GetElapsedTime(began);
                    if (count < 0 && (!Libc.MayRetry || left <= TimeSpan.Zero ||
                        !Wait(Libc.Writable, (int)left.TotalMilliseconds + 1)))
                    {
                        return false;
                    }
                    done += Math.Max(count, 0);
                }
            }
            return true;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Ends a blocked <see cref="Read"/>; the port is closed when nobody uses it any more.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isDisposed)
            {
                return;
            }
            isDisposed = true;
            if (users == 0)
            {
                Close();
                return;
            }
            ulong one = 1;
            _ = Libc.Write(wake, &one, sizeof(ulong));
        }
    }

    /// <summary>Waits for the port; false when disposed or out of time. A lost port counts as ready.</summary>
    bool Wait(short what, int milliseconds)
    {
        var fds = stackalloc Libc.PollFd[2];
        fds[0] = new() { Fd = port, Events = what };
        fds[1] = new() { Fd = wake, Events = Libc.Readable };
        var ready = Libc.Poll(fds, 2, milliseconds);
        return ready < 0 ? Libc.MayRetry : ready > 0 && fds[1].Seen == 0;
    }

    bool Enter()
    {
        lock (gate)
        {
            users += isDisposed ? 0 : 1;
            return !isDisposed;
        }
    }

    void Leave()
    {
        lock (gate)
        {
            if (--users == 0 && isDisposed)
            {
                Close();
            }
        }
    }

    void Close()
    {
        Termios.Release(port);
        _ = Libc.Close(port);
        _ = Libc.Close(wake);
    }
}
