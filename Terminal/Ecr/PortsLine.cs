using Ports = System.IO.Ports;

namespace Terminal.Ecr;

/// <summary>A serial port by System.IO.Ports.</summary>
public sealed class PortsLine : ISerialLine
{
    readonly CancellationTokenSource end = new();
    readonly byte[] chunk = new byte[512];
    readonly Ports.SerialPort port;
    readonly Stream stream;
    int isDisposed;

    PortsLine(Ports.SerialPort port) => (this.port, stream) = (port, port.BaseStream);

    public static Opened Open(EcrSettings settings)
    {
        var parity = settings.Parity switch
        {
            Parity.Even => Ports.Parity.Even,
            Parity.Odd => Ports.Parity.Odd,
            _ => Ports.Parity.None,
        };
        var stopBits = settings.StopBits == 2 ? Ports.StopBits.Two : Ports.StopBits.One;
        var port = new Ports.SerialPort(settings.Device, settings.Baud, parity, settings.DataBits, stopBits)
        {
            Handshake = Ports.Handshake.None,
            WriteTimeout = 2000,
        };
        try
        {
            port.Open();
            RaiseSignals(port);
            return new(new PortsLine(port), "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or InvalidOperationException)
        {
            port.Dispose();
            return new(null, $"{settings.Device}: {e.Message}");
        }
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

    /// <summary>One read is always pending: without it the library does not notice that the device is gone.</summary>
    public int Read(Span<byte> buffer)
    {
        try
        {
            var most = Math.Min(buffer.Length, chunk.Length);
            var count = stream.ReadAsync(chunk.AsMemory(0, most), end.Token).AsTask().GetAwaiter().GetResult();
            chunk.AsSpan(0, count).CopyTo(buffer);
            return count;
        }
        catch (Exception e) when (IsGone(e))
        {
            return 0;
        }
    }

    public bool Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            stream.Write(bytes);
            return true;
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
        end.Cancel();
        try
        {
            stream.Dispose(); // First: the port waits for ever for bytes that a device that is gone did not take.
            port.Dispose();
        }
        catch (Exception e) when (IsGone(e))
        {
            // Unplugged: it cannot be told to let go.
        }
    }

    /// <summary>All that the library throws when a device is unplugged, closed or cancelled.</summary>
    static bool IsGone(Exception e) =>
        e is IOException or UnauthorizedAccessException or InvalidOperationException or OperationCanceledException;
}
