using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Terminal.Ecr;

/// <summary>The connection of an ECR that came to us, encrypted if we have a certificate.</summary>
public sealed class TcpLine : ISerialLine
{
    // Shorter than T3: a pulled cable is a lost line and not an ECR that keeps silent.
    const int UnheardMilliseconds = 4000;

    const int Tcp = 6, UserTimeout = 18, TcpInformation = 11, Established = 1;

    readonly Lock gate = new();
    readonly Socket socket;
    readonly Action disposed;
    readonly X509Certificate2? certificate;
    Stream? stream;
    int isDisposed;

    TcpLine(Socket socket, Action disposed, X509Certificate2? certificate) =>
        (this.socket, this.disposed, this.certificate) = (socket, disposed, certificate);

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
    /// <param name="disposed">Told once.</param>
    public static TcpLine? Over(Socket socket, Action disposed, X509Certificate2? certificate = null)
    {
        try
        {
            socket.NoDelay = true;
            socket.SendTimeout = 2000;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 5);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 2);
            socket.SetRawSocketOption(Tcp, UserTimeout, BitConverter.GetBytes(UnheardMilliseconds));
            return new(socket, disposed, certificate);
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
            return Open().Read(buffer);
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
            Open().Write(bytes);
            return true;
        }
        catch (Exception e) when (IsGone(e))
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

    /// <summary>
    /// The first that needs it shakes hands, on the line's own threads: a stranger who says nothing holds up nobody but
    /// himself, and not for long.
    /// </summary>
    Stream Open()
    {
        lock (gate)
        {
            if (stream is null)
            {
                var plain = new NetworkStream(socket);
                stream = certificate is null ? plain : Encrypt(plain, certificate);
            }
            return stream;
        }
    }

    SslStream Encrypt(NetworkStream plain, X509Certificate2 certificate)
    {
        socket.ReceiveTimeout = UnheardMilliseconds;
        var encrypted = new SslStream(plain);
        encrypted.AuthenticateAsServer(certificate, clientCertificateRequired: false, SslProtocols.None, false);
        socket.ReceiveTimeout = 0;
        return encrypted;
    }

    static bool IsGone(Exception e) => e is IOException or SocketException or ObjectDisposedException
        or AuthenticationException or InvalidOperationException;
}
