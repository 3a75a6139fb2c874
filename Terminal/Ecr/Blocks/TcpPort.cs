using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Terminal.Ecr.Blocks;

/// <summary>
/// Where the ECR connects to, one at a time. Who comes second waits: the first gives way once it has been silent for
/// the <see cref="Patience"/> that it is owed. Nobody holds a place without having shaken hands.
/// </summary>
/// <param name="report">Told of whoever is turned away, a line each.</param>
sealed class TcpPort(IPEndPoint at, Action<string> report) : IDisposable
{
    /// <summary>Connections that the kernel keeps for us; then those that shake hands, and those that wait.</summary>
    const int Backlog = 64, MostGreeted = 16, MostGreetedOfOne = 4, MostWaiting = 4;

    /// <summary>The same till begins anew: its old connection is a leaked one, or it is about to speak.</summary>
    static readonly TimeSpan PatienceWithItself = TimeSpan.FromSeconds(2);

    /// <summary>Two tills share a terminal; one that holds its connection all day keeps it while it uses it.</summary>
    static readonly TimeSpan PatienceWithAnother = TimeSpan.FromSeconds(30);

    static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(4);

    readonly Lock gate = new();
    readonly List<IPAddress> greeted = [];
    readonly List<TcpLine> waiting = [];
    Socket? listener;
    TcpLine? taken;
    bool isDisposed;

    /// <summary>Who may connect.</summary>
    public TcpDoor Door { get; init; } = new([], TimeProvider.System);

    /// <summary>Encrypts every connection; null: plain ones.</summary>
    public SslServerAuthenticationOptions? Tls { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Called when <see cref="Open"/> may give a line, or <see cref="Patience"/> has changed.</summary>
    public Action Ready { get; set; } = () => { };

    /// <summary>What it listens on; null before the first <see cref="Open"/>.</summary>
    public EndPoint? Listening => listener?.LocalEndPoint;

    /// <summary>How long the ECR that has the line may be silent; null: as long as it likes, nobody wants it.</summary>
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
            ForgetTheGone();
            // Who says something needs the line more than who does not.
            taken = waiting.Find(l => l.HasSpoken) ?? waiting.FirstOrDefault();
            if (taken is null)
            {
                return new(null, $"nobody is connected to port {at}");
            }
            waiting.Remove(taken);
            return new(taken, "");
        }
    }

    /// <summary>The ECR that has the line guesses passwords: its address waits, longer each time.</summary>
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

    /// <summary>A line that was handed out stays with whoever has it.</summary>
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

    /// <returns>What is wrong.</returns>
    string? Listen()
    {
        var opened = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (at.Address.Equals(IPAddress.IPv6Any))
            {
                // "::" means every address: who comes over IPv4 too, as an IPv6 address that is mapped.
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

    /// <summary>Beside all others: whoever says nothing, or a byte now and then, holds up nobody but himself.</summary>
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

    /// <summary>Where there is no room, the one that has been silent longest goes.</summary>
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

    /// <summary>Also when the line before has been cleared away: only then there is room for the next.</summary>
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
