using Terminal.Device;
using Ports = System.IO.Ports;

namespace Terminal.Ecr.Blocks;

/// <summary>
/// A serial port: opened, set up and written by System.IO.Ports. It is read beside it, because a read of the library
/// looks at the port a thousand times a second, and without a read it does not notice that the device is gone.
/// </summary>
sealed unsafe class PortsLine : ISerialLine
{
    const nuint GetMode = 0x802C542A;
    const uint Bits = 0x30, Bits7 = 0x20, Bits8 = 0x30, TwoStopBits = 0x40, WithParity = 0x100, OddParity = 0x200;

    readonly DeviceReader input;
    readonly Ports.SerialPort port;
    readonly Stream output;
    readonly Presence presence;
    volatile bool isGone;
    int isDisposed;

    PortsLine(DeviceReader input, Ports.SerialPort port, Presence presence) =>
        (this.input, this.port, output, this.presence) = (input, port, port.BaseStream, presence);

    public bool ShowsTill
    {
        get
        {
            try
            {
                return !isGone && IsUp(port, presence);
            }
            catch (Exception e) when (IsGone(e))
            {
                return false;
            }
        }
    }

    public static Opened Open(EcrSettings settings)
    {
        // Before the library, which closes the port for everybody else.
        var input = DeviceReader.Open(settings.Device, out var problem);
        if (input is null)
        {
            return new(null, $"{settings.Device}: {problem}");
        }
        var port = Port(settings);
        try
        {
            port.Open();
            RaiseSignals(port);
            port.DiscardInBuffer(); // What came before the port was set up can be anything.
            problem = Refusal(input, settings);
            problem = problem.Length > 0 ? problem : Lack(port, settings.Presence);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or InvalidOperationException)
        {
            problem = e.Message;
        }
        if (problem.Length == 0)
        {
            return new(new PortsLine(input, port, settings.Presence), "");
        }
        input.Dispose();
        port.Dispose();
        return new(null, $"{settings.Device}: {problem}");
    }

    public int Read(Span<byte> buffer)
    {
        var count = input.Read(buffer);
        isGone |= count == 0;
        return count;
    }

    /// <summary>The library waits the whole 2 s for a device that it has seen go.</summary>
    public bool Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (!isGone)
            {
                output.Write(bytes);
            }
            return !isGone;
        }
        catch (Exception e) when (IsGone(e) || e is TimeoutException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) == 1)
        {
            return;
        }
        isGone = true;
        input.Dispose();
        try
        {
            output.Dispose(); // First: the port waits for ever for bytes that a device that is gone did not take.
            port.Dispose();
        }
        catch (Exception e) when (IsGone(e))
        {
            // Unplugged: it cannot be told to let go.
        }
    }

    static Ports.SerialPort Port(EcrSettings settings)
    {
        var parity = settings.Parity switch
        {
            Parity.Even => Ports.Parity.Even,
            Parity.Odd => Ports.Parity.Odd,
            _ => Ports.Parity.None,
        };
        var stopBits = settings.StopBits == 2 ? Ports.StopBits.Two : Ports.StopBits.One;
        return new(settings.Device, settings.Baud, parity, settings.DataBits, stopBits)
        {
            Handshake = Ports.Handshake.None,
            WriteTimeout = 2000,
        };
    }

    /// <summary>The library lowers both when it opens; many a USB device then says nothing.</summary>
    static void RaiseSignals(Ports.SerialPort port)
    {
        try
        {
            port.DtrEnable = true;
            port.RtsEnable = true;
        }
        catch (IOException)
        {
            // A line without such wires, e.g. a pseudo terminal: asked for before it is open, it would not open.
        }
    }

    static bool IsUp(Ports.SerialPort port, Presence wire) => wire switch
    {
        Presence.Dsr => port.DsrHolding,
        Presence.Cts => port.CtsHolding,
        Presence.Dcd => port.CDHolding,
        _ => true,
    };

    /// <returns>In words which wire the port has not got; else nothing.</returns>
    static string Lack(Ports.SerialPort port, Presence wire)
    {
        try
        {
            IsUp(port, wire);
            return "";
        }
        catch (IOException)
        {
            return $"has no {wire.ToString().ToUpperInvariant()} to look at; next step: ecr.presence \"none\"";
        }
    }

    /// <summary>The kernel says yes to what the chip cannot do, and only tells when asked.</summary>
    /// <returns>In words what the port does not do; else nothing.</returns>
    static string Refusal(DeviceReader input, EcrSettings settings)
    {
        // The kernel's struct termios2: four words of flags, the third for control; the last is the output speed.
        var mode = stackalloc uint[11];
        if (!input.Control(GetMode, mode))
        {
            return ""; // No such question here, e.g. in an emulator: what the library set must do.
        }
        var format = (settings.DataBits == 7 ? Bits7 : Bits8) | (settings.StopBits == 2 ? TwoStopBits : 0) |
            settings.Parity switch { Parity.Even => WithParity, Parity.Odd => WithParity | OddParity, _ => 0 };
        return (mode[2] & (Bits | TwoStopBits | WithParity | OddParity)) == format
            && Math.Abs((long)mode[10] - settings.Baud) <= settings.Baud / 40
            ? ""
            : $"cannot do {settings.Baud} baud, {settings.DataBits} bits, parity {settings.Parity}, " +
                $"{settings.StopBits} stop bits";
    }

    /// <summary>All that the library throws when a device is unplugged, closed or cancelled.</summary>
    static bool IsGone(Exception e) =>
        e is IOException or UnauthorizedAccessException or InvalidOperationException or OperationCanceledException;
}
