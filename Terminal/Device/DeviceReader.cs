namespace Terminal.Device;

/// <summary>
/// Reads a device by waiting in the kernel: while the device is silent, none of our threads wakes. The wait ends when
/// the device is unplugged.
/// </summary>
sealed unsafe class DeviceReader : IDisposable
{
    readonly Lock reading = new();
    readonly int device;
    readonly int wake = Libc.EventFd(0, Libc.NonBlocking | Libc.CloseOnExec);
    volatile bool isDisposed;

    /// <param name="device">A descriptor that this object now owns.</param>
    internal DeviceReader(int device) => this.device = device;

    /// <returns>Null if the device cannot be opened; the problem says why.</returns>
    public static DeviceReader? Open(string path, out string problem)
    {
        // The service leads its session: without this flag the line would become its console, and a hang-up would end
        // the service.
        var device = Libc.Open(path, Libc.NoControllingTerminal | Libc.NonBlocking | Libc.CloseOnExec);
        if (device >= 0 && new DeviceReader(device) is var reader)
        {
            if (reader.wake >= 0)
            {
                problem = "";
                return reader;
            }
            reader.Dispose();
        }
        problem = Libc.LastError;
        return null;
    }

    /// <summary>Waits for bytes. Returns how many; 0 when the device is gone or this object was disposed.</summary>
    public int Read(Span<byte> buffer)
    {
        lock (reading)
        {
            fixed (byte* start = buffer)
            {
                while (Wait())
                {
                    var count = (int)Libc.Read(device, start, buffer.Length);
                    if (count >= 0 || !Libc.MayRetry)
                    {
                        return Math.Max(count, 0);
                    }
                }
            }
            return 0;
        }
    }

    /// <summary>An ioctl; false if the device refuses it or this object was disposed.</summary>
    public bool Control(nuint request, void* argument)
    {
        lock (reading)
        {
            return !isDisposed && Libc.Ioctl(device, request, argument) >= 0;
        }
    }

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

    /// <returns>False when disposed; any fault of the device shows when it is read.</returns>
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
