using Terminal.Device;
using Ports = System.IO.Ports;

namespace Terminal.Ecr.Blocks;

/// <summary>
/// A serial port, opened, set up and written by System.IO.Ports. We read the device ourselves: a read of the library
/// polls the port a thousand times a second, and without a read the library does not notice that the device is gone.
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
        // We open it first: the library locks the port for everybody else.
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
            port.DiscardInBuffer(); // Anything received before the port was set up may be garbage.
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

    /// <summary>The library waits the full 2 s even for a device that it has seen disappear.</summary>
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
            output.Dispose(); // First: else the port waits for ever for bytes that a missing device did not take.
            port.Dispose();
        }
        catch (Exception e) when (IsGone(e))
        {
            // The device is unplugged, so its port cannot be released.
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

    /// <summary>The library lowers DTR and RTS when it opens, and many USB devices then send nothing.</summary>
    static void RaiseSignals(Ports.SerialPort port)
    {
        try
        {
            port.DtrEnable = true;
            port.RtsEnable = true;
        }
        catch (IOException)
        {
            // A line without these wires, such as a pseudo terminal. Set before opening, they would keep it from
            // opening.
        }
    }

    static bool IsUp(Ports.SerialPort port, Presence wire) => wire switch
    {
        Presence.Dsr => port.DsrHolding,
        Presence.Cts => port.CtsHolding,
        Presence.Dcd => port.CDHolding,
        _ => true,
    };

    /// <returns>Says which wire the port lacks; empty if none.</returns>
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

    /// <summary>
    /// The kernel accepts settings that the chip does not support, and reports the difference only when asked.
    /// </summary>
    /// <returns>Says what the port does not support; empty if all is well.</returns>
    static string Refusal(DeviceReader input, EcrSettings settings)
    {
        // The kernel's struct termios2: four words of flags, of which the third is for control. The last is the output
        // speed.
        var mode = stackalloc uint[11];
        if (!input.Control(GetMode, mode))
        {
            return ""; // The device cannot be asked, e.g. in an emulator: trust what the library set.
        }
        var format = (settings.DataBits == 7 ? Bits7 : Bits8) | (settings.StopBits == 2 ? TwoStopBits : 0) |
            settings.Parity switch { Parity.Even => WithParity, Parity.Odd => WithParity | OddParity, _ => 0 };
        return (mode[2] & (Bits | TwoStopBits | WithParity | OddParity)) == format
            && Math.Abs((long)mode[10] - settings.Baud) <= settings.Baud / 40
            ? ""
            : $"cannot do {settings.Baud} baud, {settings.DataBits} bits, parity {settings.Parity}, " +
                $"{settings.StopBits} stop bits";
    }

    /// <summary>Every exception that the library throws when a device is unplugged, closed or cancelled.</summary>
    static bool IsGone(Exception e) =>
        e is IOException or UnauthorizedAccessException or InvalidOperationException or OperationCanceledException;
}
