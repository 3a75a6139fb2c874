using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Terminal.Ecr;

/// <summary>Where the ECR connects to, one at a time: who comes second is accepted and closed at once.</summary>
/// <param name="turnedAway">Told once for each connection, of the first that came too late.</param>
public sealed class TcpPort(IPEndPoint at, Action<string> turnedAway) : IDisposable
{
    readonly Lock gate = new();
    Socket? listener;
    TcpLine? waiting, taken;
    bool hasTold, isDisposed;

    /// <summary>Who may connect; empty: anybody who can.</summary>
    public IReadOnlyList<IPNetwork> Allow { get; init; } = [];

    /// <summary>Encrypts every connection; null: plain ones.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Called when <see cref="Open"/> would give a line at once.</summary>
    public Action Ready { get; set; } = () => { };

    /// <summary>What it listens on; null before the first <see cref="Open"/>.</summary>
    public EndPoint? Listening => listener?.LocalEndPoint;

    /// <summary>Listens from the first call on, and gives the ECR that has connected since, if any.</summary>
    public Opened Open()
    {
        lock (gate)
        {
            if (isDisposed)
            {
                return new(null, $"port {at} is closed");
            }
            if (listener is null && Listen() is { } problem)
            {
                return new(null, $"port {at}: {problem}");
            }
            if (waiting is null)
            {
                return new(null, $"nobody is connected to port {at}");
            }
            (taken, waiting, hasTold) = (waiting, null, false);
            return new(taken, "");
        }
    }

    /// <summary>A line that was handed out stays with whoever has it.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            listener?.Dispose();
            waiting?.Dispose();
            Certificate?.Dispose();
        }
    }

    /// <returns>What is wrong.</returns>
    string? Listen()
    {
        var opened = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            opened.Bind(at);
            opened.Listen(backlog: 4);
        }
        catch (SocketException e)
        {
            opened.Dispose();
            return e.Message;
        }
        listener = opened;
        _ = AcceptAsync(opened);
        return null;
    }

    async Task AcceptAsync(Socket from)
    {
        try
        {
            while (true)
            {
                Welcome(await from.AcceptAsync().ConfigureAwait(false));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The next call of Open listens anew.
            lock (gate)
            {
                from.Dispose();
                listener = null;
            }
        }
    }

    void Welcome(Socket socket)
    {
        lock (gate)
        {
            if (isDisposed)
            {
                socket.Dispose();
            }
            else if (!IsAllowed(socket.RemoteEndPoint))
            {
                TurnAway(socket, "not in ecr.tcp.allow");
            }
            else if (waiting is { IsConnected: true } || taken is { IsConnected: true })
            {
                TurnAway(socket, "another ECR is connected");
            }
            else if (TcpLine.Over(socket, TellReady, Certificate) is { } line)
            {
                var gone = waiting;
                waiting = line;
                gone?.Dispose();
                TellReady();
            }
        }
    }

    bool IsAllowed(EndPoint? who)
    {
        if (Allow.Count == 0 || who is not IPEndPoint { Address: var address })
        {
            return Allow.Count == 0;
        }
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Allow.Any(network => network.Contains(plain));
    }

    /// <summary>Told once: a client that tries for ever must not fill the log.</summary>
    void TurnAway(Socket socket, string why)
    {
        if (!hasTold)
        {
            hasTold = true;
            turnedAway($"{socket.RemoteEndPoint} turned away: {why}");
        }
        socket.Dispose();
    }

    /// <summary>Also when the line before has been cleared away: only then there is room for the next.</summary>
    void TellReady()
    {
        lock (gate)
        {
            if (waiting is not null)
            {
                Ready();
            }
        }
    }
}
