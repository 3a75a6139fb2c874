using System.Net.Sockets;
using Terminal.Device;

namespace Sandbox.Ecr;

/// <summary>A till's end of a TCP connection.</summary>
sealed class SocketLine(Socket socket) : ISerialLine
{
    public int Read(Span<byte> buffer)
    {
        try
        {
            return socket.Receive(buffer);
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
            return socket.Send(bytes) == bytes.Length;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    public void Dispose() => socket.Dispose();
}
