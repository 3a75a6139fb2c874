using System.Net;
using System.Net.Sockets;

namespace Terminal.Device;

/// <summary>
/// Opens TCP connections by name, for every link that leaves this box. The addresses of a name are raced (RFC 8305): a
/// dead address costs a quarter of a second, not the connection.
/// </summary>
/// <param name="resolve">Finds the addresses of a name.</param>
sealed class Dialer(TimeProvider time, Func<string, Task<IPAddress[]>> resolve) : IDisposable
{
    /// <summary>If an address has not answered by then, the next one is tried beside it.</summary>
    static readonly TimeSpan NextAfter = TimeSpan.FromMilliseconds(250);

    /// <summary>How often names in use are looked up in advance.</summary>
    static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Routers of shops and mobile networks drop a silent connection after 30 s or more, mostly without notice. A probe
    /// after 15 s keeps it alive, and three lost probes, 5 s apart, end it before a payment needs it.
    /// </summary>
    const int KeepAliveAfterSeconds = 15;
    const int KeepAliveEverySeconds = 5;
    const int KeepAliveProbes = 3;

    readonly AddressBook names = new(time, resolve);
    readonly List<ITimer> watches = [];

    public Dialer(TimeProvider time)
        : this(time, Dns.GetHostAddressesAsync)
    {
    }

    /// <summary>Looks the name up now and regularly, so that no connection waits for the lookup.</summary>
    public void Watch(string name)
    {
        if (!IPAddress.TryParse(name, out _))
        {
            watches.Add(time.CreateTimer(_ => names.Refresh(name), null, TimeSpan.Zero, LookEvery));
        }
    }

    /// <summary>
    /// Returns once an address of the name is known; it then stays known. A caller with a time limit for the connection
    /// waits here first, so that a slow lookup does not use up the limit.
    /// </summary>
    /// <exception cref="SocketException">
    /// No address is known, and the lookup failed or took longer than 10 s.
    /// </exception>
    public Task FindAsync(string name, CancellationToken stop) => names.FindAsync(name, stop);

    /// <summary>Connects to the first address that answers; the others are closed.</summary>
    /// <exception cref="SocketException">No address of the name answers, or none is known.</exception>
    public async Task<Socket> ConnectAsync(string name, int port, CancellationToken stop)
    {
        var (known, lookup) = await names.FindAsync(name, stop).ConfigureAwait(false);
        using var race = new Race(port, stop);
        race.Enter(known);
        race.StartNext();
        while (race.IsOn || !lookup.IsCompleted)
        {
            var news = await race.NextAsync(lookup, time, NextAfter).ConfigureAwait(false);
            if (race.Winner is { } winner)
            {
                names.Prefer(name, winner.Address);
                return winner.Socket;
            }
            stop.ThrowIfCancellationRequested();
            if (lookup.IsCompleted)
            {
                race.Enter(await lookup.ConfigureAwait(false)); // The name may have new addresses.
            }
            if (news != lookup || !race.IsOn)
            {
                race.StartNext();
            }
        }
        throw race.Failure;
    }

    public void Dispose() => watches.ForEach(w => w.Dispose());

    static void KeepAlive(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveAfterSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveEverySeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
    }

    /// <summary>The attempts to open one connection; each address is tried once.</summary>
    sealed class Race(int port, CancellationToken stop) : IDisposable
    {
        readonly CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        readonly HashSet<IPAddress> entered = [];
        readonly Queue<IPAddress> waiting = [];
        readonly Dictionary<Task, (IPAddress Address, Task<Socket> Attempt)> running = [];

        public SocketException Failure { get; private set; } = new((int)SocketError.HostUnreachable);

        public (IPAddress Address, Socket Socket)? Winner { get; private set; }

        /// <summary>An attempt is running; the next one starts when its time comes.</summary>
        public bool IsOn => running.Count > 0;

        public void Enter(IPAddress[] addresses)
        {
            foreach (var address in addresses.Where(entered.Add))
            {
                waiting.Enqueue(address);
            }
        }

        public void StartNext()
        {
            if (waiting.TryDequeue(out var address))
            {
                var attempt = TryAsync(new(address, port), end.Token);
                running.Add(attempt, (address, attempt));
            }
        }

        /// <summary>Waits for the end of an attempt or of the lookup, or for the time of the next attempt.</summary>
        public async Task<Task> NextAsync(Task lookup, TimeProvider time, TimeSpan nextAfter)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
            var news = new List<Task>(running.Keys);
            if (waiting.Count > 0)
            {
                news.Add(Task.Delay(nextAfter, time, over.Token));
            }
            if (!lookup.IsCompleted)
            {
                news.Add(lookup);
            }
            var first = await Task.WhenAny(news).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            if (running.Remove(first, out var ended))
            {
                Failure = first.Exception?.InnerException as SocketException ?? Failure;
                Winner = first.IsCompletedSuccessfully ? (ended.Address, ended.Attempt.Result) : null;
            }
            return first;
        }

        /// <summary>Stops the attempts that lost, and closes a connection that succeeded too late.</summary>
        public void Dispose()
        {
            end.Cancel();
            foreach (var (_, attempt) in running.Values)
            {
                _ = attempt.ContinueWith(
                    t => t.Result.Dispose(), CancellationToken.None,
                    TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            }
            end.Dispose();
        }

        static async Task<Socket> TryAsync(IPEndPoint to, CancellationToken end)
        {
            var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                KeepAlive(socket);
                await socket.ConnectAsync(to, end).ConfigureAwait(false);
                return socket;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
