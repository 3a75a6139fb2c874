using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Sandbox.Acquirer;

namespace Terminal.Tests.Acquirer;

/// <summary>A TLS server that does to each connection what the test says, and counts what reaches it.</summary>
sealed class RawGateway : IAsyncDisposable
{
    readonly GatewayKeys keys;
    readonly TcpListener listener;
    readonly Func<RawConnection, Task> serve;
    readonly List<RawConnection> connections = [];
    readonly Task accepting;

    public RawGateway(GatewayKeys keys, Func<RawConnection, Task> serve, string address = "127.0.0.1")
    {
        this.keys = keys;
        this.serve = serve;
        listener = new(IPAddress.Parse(address), 0);
        listener.Start();
        Url = new($"https://{listener.LocalEndpoint}");
        accepting = Accept();
    }

    public Uri Url { get; }

    public int Connections => connections.Count;

    /// <summary>How many requests with this call were read to their end, over all connections.</summary>
    public int Count(string call)
    {
        lock (connections)
        {
            return connections.Sum(c => c.Requests.Count(r => r == call));
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await accepting;
        connections.ForEach(c => c.Dispose());
    }

    async Task Accept()
    {
        try
        {
            while (true)
            {
                var connection = new RawConnection(await listener.AcceptSocketAsync(), connections.Count);
                lock (connections)
                {
                    connections.Add(connection);
                }
                _ = Task.Run(() => Serve(connection));
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // Disposed: the test is over.
        }
    }

    async Task Serve(RawConnection connection)
    {
        try
        {
            if (await connection.Shake(keys))
            {
                await serve(connection);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The terminal hung up.
        }
    }
}

/// <summary>One connection to the raw gateway.</summary>
/// <param name="number">From 0, in order of arrival.</param>
sealed class RawConnection(Socket socket, int number) : IDisposable
{
    readonly SslStream stream = new(new NetworkStream(socket));

    public int Number => number;

    public Stream Stream => stream;

    public List<string> Requests { get; } = [];

    public async Task<bool> Shake(GatewayKeys keys)
    {
        try
        {
            await stream.AuthenticateAsServerAsync(keys.Server);
            return true;
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            return false;
        }
    }

    /// <summary>Reads one request to its end and returns its call; empty when the terminal hung up.</summary>
    public async Task<string> Read()
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var request = text.ToString();
            var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && request.Length - end - 4 >= Length(request))
            {
                var path = request.Split(' ')[1];
                Requests.Add(path[(path.LastIndexOf('/') + 1)..]);
                return Requests[^1];
            }
            var read = await stream.ReadAsync(buffer);
            if (read == 0)
            {
                return "";
            }
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
    }

    public Task Send(string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    /// <summary>An answer that keeps the connection open and says nothing.</summary>
    public Task SendEmpty() => Send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");

    public async Task HangUp()
    {
        await stream.ShutdownAsync();
        socket.Shutdown(SocketShutdown.Both);
        socket.Dispose();
    }

    public void Reset()
    {
        socket.LingerState = new(true, 0);
        socket.Dispose();
    }

    public void Dispose() => socket.Dispose();

    static int Length(string request)
    {
        const string name = "\r\nContent-Length: ";
        var at = request.IndexOf(name, StringComparison.OrdinalIgnoreCase) + name.Length;
        return int.Parse(request[at..request.IndexOf('\r', at)]);
    }
}
