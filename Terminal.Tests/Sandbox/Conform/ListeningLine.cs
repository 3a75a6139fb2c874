using System.Net;
using System.Net.Sockets;
using Terminal.Device;

namespace Sandbox.Conform;

/// <summary>
/// A terminal's side of TCP. One cash register at a time may connect, hang up and connect again; all its connections
/// make one line.
/// </summary>
sealed class ListeningLine : ISerialLine
{
    readonly Lock gate = new();
    readonly Socket listener;
    Socket? current;

    /// <exception cref="IOException">This address cannot be listened at.</exception>
    public ListeningLine(IPEndPoint place)
    {
        listener = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(place);
            listener.Listen();
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new IOException($"{place}: {e.Message}", e);
        }
    }

    /// <summary>The address it listens at, with the port that was chosen for 0.</summary>
    public IPEndPoint Place => (IPEndPoint)listener.LocalEndPoint!;

    public int Read(Span<byte> buffer)
    {
        try
        {
            while (true)
            {
                var socket = current ?? Accept();
                try
                {
                    if (socket.Receive(buffer) is > 0 and var count)
                    {
                        return count;
                    }
                }
                catch (SocketException)
                {
                    // The register is gone, as if it had hung up.
                }
                HangUp();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return 0;
        }
    }

    public bool Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return current?.Send(bytes) == bytes.Length;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        listener.Dispose();
        HangUp();
    }

    Socket Accept()
    {
        var socket = listener.Accept();
        socket.NoDelay = true;
        lock (gate)
        {
            return current = socket;
        }
    }

    void HangUp()
    {
        lock (gate)
        {
            current?.Dispose();
            current = null;
        }
    }
}
