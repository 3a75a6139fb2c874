using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Terminal.Device;

namespace Terminal.Ecr.Blocks;

/// <summary>The connection of an ECR, after its TLS handshake if there is one.</summary>
sealed class TcpLine : ISerialLine
{
    // Shorter than T3, so that a pulled cable counts as a lost line and not as a silent ECR.
    const int UnheardMilliseconds = 4000;

    const int Tcp = 6, UserTimeout = 18, TcpInformation = 11, Established = 1;

    readonly Socket socket;
    readonly Stream stream;
    readonly Action changed;
    readonly byte[] first = Pinned.Of(512);
    Task<int>? begun;
    int given;
    int isDisposed;
    volatile bool hasSpoken;

    TcpLine(Socket socket, Stream stream, Action changed) =>
        (this.socket, this.stream, this.changed, Who) = (socket, stream, changed, AddressOf(socket));

    /// <summary>The address of the ECR.</summary>
    public IPAddress Who { get; }

    /// <summary>The ECR has sent at least one byte.</summary>
    public bool HasSpoken => hasSpoken;

    /// <summary>Neither side has hung up; true also while there are bytes left to read.</summary>
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

    /// <summary>Takes over a connection and does the handshake; null if that fails or takes too long.</summary>
    /// <param name="changed">Called when the ECR has sent its first byte, and when the line is disposed.</param>
    public static async Task<TcpLine?> OpenAsync(
        Socket socket, SslServerAuthenticationOptions? tls, Action changed, CancellationToken limit)
    {
        Stream? stream = null;
        try
        {
            socket.NoDelay = true;
            socket.SendTimeout = 2000;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 5);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 2);
            socket.SetRawSocketOption(Tcp, UserTimeout, BitConverter.GetBytes(UnheardMilliseconds));
            stream = new NetworkStream(socket);
            if (tls is not null)
            {
                var encrypted = new SslStream(stream);
                stream = encrypted;
                await encrypted.AuthenticateAsServerAsync(tls, limit).ConfigureAwait(false);
            }
            return new(socket, stream, changed);
        }
        catch (Exception e) when (IsGone(e) || e is OperationCanceledException)
        {
            stream?.Dispose();
            socket.Dispose();
            return null;
        }
    }

    public static IPAddress AddressOf(Socket socket)
    {
        var address = (socket.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    /// <summary>
    /// Waits for the first bytes, which <see cref="Read"/> then returns. Called once, before anybody reads.
    /// </summary>
    public void Listen() => begun = ListenAsync();

    public int Read(Span<byte> buffer)
    {
        if (begun is not null)
        {
            var count = begun.GetAwaiter().GetResult();
            var next = Math.Min(count - given, buffer.Length);
            first.AsSpan(given, next).CopyTo(buffer);
            Pinned.Wipe(first.AsSpan(given, next));
            given += next;
            begun = given < count || count == 0 ? begun : null;
            return next;
        }
        try
        {
            return stream.Read(buffer);
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
        changed();
    }

    async Task<int> ListenAsync()
    {
        try
        {
            var count = await stream.ReadAsync(first).ConfigureAwait(false);
            hasSpoken = count > 0;
            return count;
        }
        catch (Exception e) when (IsGone(e))
        {
            return 0;
        }
        finally
        {
            changed();
        }
    }

    static bool IsGone(Exception e) => e is IOException or SocketException or ObjectDisposedException
        or AuthenticationException or InvalidOperationException;
}
