using Terminal.Device;

namespace Sandbox.Ecr;

/// <summary>
/// A pseudo terminal as a cable: the service opens <see cref="DevicePath"/>, the till uses the other end.
/// </summary>
sealed unsafe class Pty : IDisposable
{
    const nuint Unlock = 0x40045431, Number = 0x80045430, NotExclusive = 0x540D;
    const nuint GetMode = 0x802C542A, SetMode = 0x402C542B;

    readonly int master;
    int keeper;

    public Pty()
    {
        const int ReadWrite = 0x2;
        const int Flags = ReadWrite | Libc.NoControllingTerminal | Libc.NonBlocking | Libc.CloseOnExec;
        master = Check(Libc.Open("/dev/ptmx", Flags));
        var (zero, number) = (0, 0);
        Check(Libc.Ioctl(master, Unlock, &zero));
        Check(Libc.Ioctl(master, Number, &number));
        DevicePath = $"/dev/pts/{number}";
        // The device stays open, so that the till's end is not hung up while the service restarts. It is raw, so that
        // nothing echoes.
        keeper = Check(Libc.Open(DevicePath, Flags));
        MakeRaw(keeper);
        Master = new Till(master);
    }

    /// <summary>For example /dev/pts/3.</summary>
    public string DevicePath { get; }

    /// <summary>The till's end.</summary>
    public ISerialLine Master { get; }

    /// <summary>Frees the port, which a killed process leaves marked as its own. A real port would be free.</summary>
    public void Release() => _ = Libc.Ioctl(keeper, NotExclusive, null);

    /// <summary>Hangs up: for the service the device is gone.</summary>
    public void Dispose()
    {
        Master.Dispose();
        if (Interlocked.Exchange(ref keeper, -1) is >= 0 and var fd)
        {
            _ = Libc.Close(fd);
        }
    }

    /// <summary>The kernel's struct termios2: input, output, control and local flags, characters, speeds.</summary>
    static void MakeRaw(int port)
    {
        var mode = stackalloc uint[11];
        Check(Libc.Ioctl(port, GetMode, mode));
        (mode[0], mode[1], mode[3]) = (0, 0, 0);
        Check(Libc.Ioctl(port, SetMode, mode));
    }

    static int Check(int result) => result >= 0 ? result : throw new IOException($"pseudo terminal: {Libc.LastError}");

    sealed class Till(int master) : ISerialLine
    {
        /// <summary>
        /// Held while reading and closing, because a closed file's number soon belongs to another file.
        /// </summary>
        readonly Lock reading = new();
        volatile bool isDisposed;

        public int Read(Span<byte> buffer)
        {
            fixed (byte* start = buffer)
            {
                while (true)
                {
                    lock (reading)
                    {
                        if (isDisposed)
                        {
                            return 0;
                        }
                        var fd = new Libc.PollFd { Fd = master, Events = Libc.Readable };
                        var ready = Libc.Poll(&fd, 1, 100);
                        var count = ready > 0 ? Libc.Read(master, start, buffer.Length) : 0;
                        if (count > 0 || (ready > 0 && count < 0 && !Libc.MayRetry))
                        {
                            return (int)Math.Max(count, 0);
                        }
                    }
                }
            }
        }

        public bool Write(ReadOnlySpan<byte> bytes)
        {
            fixed (byte* start = bytes)
            {
                return !isDisposed && Libc.Write(master, start, bytes.Length) == bytes.Length;
            }
        }

        public void Dispose()
        {
            if (isDisposed)
            {
                return;
            }
            isDisposed = true;
            lock (reading)
            {
                _ = Libc.Close(master);
            }
        }
    }
}
