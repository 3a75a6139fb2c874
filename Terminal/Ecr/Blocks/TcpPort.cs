using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Terminal.Ecr.Blocks;

/// <summary>
/// Where ECRs connect; one at a time has the line. A second one waits until the first has been silent for its <see
/// cref="Patience"/>. A connection that has not finished its handshake takes no place.
/// </summary>
/// <param name="report">Gets a line for every connection that is turned away.</param>
sealed class TcpPort(IPEndPoint at, Action<string> report) : IDisposable
{
    /// <summary>
    /// Limits: connections in the kernel's queue, in their handshake (in all and of one address), and waiting.
    /// </summary>
    const int Backlog = 64, MostGreeted = 16, MostGreetedOfOne = 4, MostWaiting = 4;

    /// <summary>The same till connects again: its old connection is a leftover, or is about to be used.</summary>
    static readonly TimeSpan PatienceWithItself = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Two tills share a terminal. A till that stays connected all day keeps the line while it uses it.
    /// </summary>
    static readonly TimeSpan PatienceWithAnother = TimeSpan.FromSeconds(30);

    static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(4);

    readonly Lock gate = new();
    readonly List<IPAddress> greeted = [];
    readonly List<TcpLine> waiting = [];
    Socket? listener;
    TcpLine? taken;
    bool isDisposed;

    /// <summary>Decides who may connect.</summary>
    public TcpDoor Door { get; init; } = new([], TimeProvider.System);

    /// <summary>Encrypts every connection; null: connections are plain.</summary>
    public SslServerAuthenticationOptions? Tls { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Called when <see cref="Open"/> may give a line, or <see cref="Patience"/> has changed.</summary>
    public Action Ready { get; set; } = () => { };

    /// <summary>The address it listens on; null before the first <see cref="Open"/>.</summary>
    public EndPoint? Listening => listener?.LocalEndPoint;

    /// <summary>
    /// How long the ECR that has the line may be silent; null: without limit, because nobody else waits.
    /// </summary>
    public TimeSpan? Patience
    {
        get
        {
            lock (gate)
            {
                return (taken, waiting.Find(l => l.HasSpoken)) switch
                {
                    (_, null) or (null, _) => null,
                    ({ HasSpoken: false }, _) => TimeSpan.Zero,
                    ({ Who: var holder }, { Who: var next }) =>
                        holder.Equals(next) ? PatienceWithItself : PatienceWithAnother,
                };
            }
        }
    }

    /// <summary>Listens from the first call on, and returns the line of an ECR that has connected, if any.</summary>
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
            ForgetTheGone();
            // An ECR that has sent something needs the line more than a silent one.
            taken = waiting.Find(l => l.HasSpoken) ?? waiting.FirstOrDefault();
            if (taken is null)
            {
                return new(null, $"nobody is connected to port {at}");
            }
            waiting.Remove(taken);
            return new(taken, "");
        }
    }

    /// <summary>The ECR that has the line guesses passwords: its address must wait, longer each time.</summary>
    /// <returns>The address.</returns>
    public string Suspect()
    {
        lock (gate)
        {
            var who = taken?.Who ?? IPAddress.None;
            Door.Lock(who);
            return who.ToString();
        }
    }

    /// <summary>Ends listening and waiting connections. A line that was handed out belongs to its receiver.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            listener?.Dispose();
            foreach (var line in waiting.ToArray())
            {
                line.Dispose();
            }
        }
    }

    /// <returns>What went wrong; null if it listens.</returns>
    string? Listen()
    {
        var opened = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (at.Address.Equals(IPAddress.IPv6Any))
            {
                // "::" means every address. IPv4 clients arrive there too, as mapped IPv6 addresses.
                opened.DualMode = true;
            }
            opened.Bind(at);
            opened.Listen(Backlog);
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
            // The next call of Open starts listening again.
            lock (gate)
            {
                from.Dispose();
                listener = null;
            }
        }
    }

    void Welcome(Socket socket)
    {
        var who = TcpLine.AddressOf(socket);
        lock (gate)
        {
            var why = isDisposed ? "closed" : Door.WhyNot(who) ?? (HasRoomFor(who) ? null : "too many connections");
            if (why is not null)
            {
                report($"{who} turned away: {why}");
                socket.Dispose();
                return;
            }
            greeted.Add(who);
        }
        _ = GreetAsync(socket, who);
    }

    bool HasRoomFor(IPAddress who) =>
        greeted.Count < MostGreeted && greeted.Count(g => g.Equals(who)) < MostGreetedOfOne;

    /// <summary>Each handshake runs by itself, so a slow or silent client delays nobody else.</summary>
    async Task GreetAsync(Socket socket, IPAddress who)
    {
        using var limit = new CancellationTokenSource(HandshakeLimit, Time);
        var line = await TcpLine.OpenAsync(socket, Tls, TellReady, limit.Token).ConfigureAwait(false);
        lock (gate)
        {
            greeted.Remove(who);
            if (line is null)
            {
                report($"{who} turned away: no connection{(Tls is null ? "" : " with TLS")}");
            }
            else if (isDisposed)
            {
                line.Dispose();
            }
            else
            {
                Queue(line);
            }
        }
    }

    /// <summary>If there is no room, the connection that has been silent longest is closed.</summary>
    void Queue(TcpLine line)
    {
        ForgetTheGone();
        waiting.Add(line);
        if (waiting.Count > MostWaiting)
        {
            var last = waiting.Find(l => !l.HasSpoken) ?? line;
            waiting.Remove(last);
            report($"{last.Who} turned away: others wait");
            last.Dispose();
        }
        line.Listen();
        TellReady();
    }

    void ForgetTheGone()
    {
        foreach (var gone in waiting.FindAll(l => !l.IsConnected))
        {
            waiting.Remove(gone);
            gone.Dispose();
        }
    }

    /// <summary>
    /// Also called when the line in use has been cleared away, because only then there is room for the next.
    /// </summary>
    void TellReady()
    {
        lock (gate)
        {
            if (waiting.Count > 0 && !isDisposed)
            {
                Ready();
            }
        }
    }
}
