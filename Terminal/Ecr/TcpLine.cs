using System.Net.Sockets;

namespace Terminal.Ecr;

/// <summary>The connection of an ECR that came to us.</summary>
/// <param name="disposed">Told once.</param>
public sealed class TcpLine(Socket socket, Action disposed) : ISerialLine
{
    const int Tcp = 6, UserTimeout = 18, TcpInformation = 11, Established = 1;

    int isDisposed;

    /// <summary>Neither side has hung up, also if there are bytes left to read.</summary>
    public bool IsConnected
    {
        get
        {
            try
            {
                Span<byte> state = stackalloc byte[1];
                return socket.GetRawSocketOption(Tcp, TcpInformation, state) == 1 && state[0] == Established;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return false;
            }
        }
    }

    /// <summary>Takes over a connection; null if it is gone already.</summary>
    public static TcpLine? Over(Socket socket, Action disposed)
    {
        // Shorter than T3: a pulled cable is a lost line and not an ECR that keeps silent.
        const int UnheardMilliseconds = 4000;
        try
        {
            socket.NoDelay = true;
            socket.SendTimeout = 2000;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 5);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 2);
            socket.SetRawSocketOption(Tcp, UserTimeout, BitConverter.GetBytes(UnheardMilliseconds));
            return new(socket, disposed);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

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

    public void Dispose()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) == 1)
        {
            return;
        }
        try
        {
            // Ends a blocked read.
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
        }
        socket.Dispose();
        disposed();
    }
}
