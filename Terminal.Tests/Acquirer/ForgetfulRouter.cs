using System.Net;
using System.Net.Sockets;

namespace Terminal.Tests.Acquirer;

/// <summary>
/// A router on the way to the gateway. What it forgets stays open at both ends, and whatever is sent there vanishes.
/// </summary>
sealed class ForgetfulRouter : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly List<Socket> sockets = [];
    readonly Uri gateway;
    readonly TaskCompletionSource swallowed = new();
    volatile int forgotten;

    public ForgetfulRouter(Uri gateway)
    {
        this.gateway = gateway;
        listener.Start();
        _ = Accept();
    }

    public Uri Url => new($"https://{listener.LocalEndpoint}");

    /// <summary>The first bytes vanished.</summary>
    public Task Swallowed => swallowed.Task;

    /// <summary>Every connection that is open now.</summary>
    public void Forget() => forgotten++;

    public void Dispose()
    {
        listener.Dispose();
        lock (sockets)
        {
            sockets.ForEach(s => s.Dispose());
        }
    }

    async Task Accept()
    {
        try
        {
            while (true)
            {
                var terminal = await listener.AcceptSocketAsync();
                var onward = new Socket(SocketType.Stream, ProtocolType.Tcp);
                lock (sockets)
                {
                    sockets.AddRange([terminal, onward]);
                }
                await onward.ConnectAsync(gateway.Host, gateway.Port);
                _ = Pass(terminal, onward, forgotten);
                _ = Pass(onward, terminal, forgotten);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Disposed: the test is over.
        }
    }

    async Task Pass(Socket from, Socket to, int known)
    {
        try
        {
            var buffer = new byte[4096];
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                if (known == forgotten)
                {
                    await to.SendAsync(buffer.AsMemory(0, count));
                }
                else
                {
                    swallowed.TrySetResult();
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One end is gone.
        }
    }
}
