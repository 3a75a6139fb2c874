using System.Net;
using System.Net.Sockets;
using Terminal.Device;

namespace Terminal.Tests.Device;

public sealed class DialerTests : IDisposable
{
    const string Name = "gateway.example";

    static readonly IPAddress Good = IPAddress.Loopback;
    static readonly IPAddress Other = IPAddress.Parse("127.0.0.2");

    readonly ManualTime time = new();
    readonly TcpListener listener = new(Good, 0);
    readonly Queue<Task<IPAddress[]>> lookups = [];
    readonly Dialer dialer;

    public DialerTests()
    {
        listener.Start();
        dialer = new(time, _ => lookups.Dequeue());
    }

    int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Dispose()
    {
        dialer.Dispose();
        listener.Dispose();
    }

    [Fact]
    public async Task An_address_that_leads_nowhere_does_not_hold_up_the_next()
    {
        using var nowhere = new DeadEnd(Other, Port);
        Answer(Other, Good);
        using var socket = await Passing(dialer.ConnectAsync(Name, Port, default));
        Assert.Equal(Good, Remote(socket));
    }

    [Fact]
    public async Task An_address_that_refuses_gives_way_at_once()
    {
        Answer(Other, Good);
        using var socket = await dialer.ConnectAsync(Name, Port, default);
        Assert.Equal(Good, Remote(socket));
    }

    [Fact]
    public async Task The_address_that_answered_comes_first_the_next_time()
    {
        Answer(Other, Good);
        (await dialer.ConnectAsync(Name, Port, default)).Dispose();
        using var nowhere = new DeadEnd(Other, Port);
        using var socket = await dialer.ConnectAsync(Name, Port, default);
        Assert.Equal(Good, Remote(socket));
    }

    [Fact]
    public async Task Where_every_address_refuses_the_connection_fails()
    {
        var port = Port;
        listener.Stop();
        Answer(Other, Good);
        var e = await Assert.ThrowsAsync<SocketException>(() => dialer.ConnectAsync(Name, port, default));
        Assert.Equal(SocketError.ConnectionRefused, e.SocketErrorCode);
    }

    [Fact]
    public async Task A_connection_that_is_no_longer_wanted_ends()
    {
        using var nowhere = new DeadEnd(Other, Port);
        using var stop = new CancellationTokenSource();
        Answer(Other);
        var dialled = dialer.ConnectAsync(Name, Port, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dialled);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_last_good_addresses_serve_when_the_lookup_fails_or_hangs(bool fails)
    {
        Answer(Good);
        await dialer.FindAsync(Name, default);
        time.Advance(TimeSpan.FromHours(9));
        lookups.Enqueue(fails
            ? Task.FromException<IPAddress[]>(new SocketException((int)SocketError.TryAgain))
            : new TaskCompletionSource<IPAddress[]>().Task);
        using var socket = await dialer.ConnectAsync(Name, Port, default);
        Assert.Equal(Good, Remote(socket));
        Assert.Empty(lookups);
    }

    [Fact]
    public async Task A_name_that_moved_is_followed_while_its_old_address_leads_nowhere()
    {
        using var nowhere = new DeadEnd(Other, Port);
        Answer(Other);
        await dialer.FindAsync(Name, default);
        time.Advance(TimeSpan.FromMinutes(1));
        var lookup = new TaskCompletionSource<IPAddress[]>();
        lookups.Enqueue(lookup.Task);
        var dialled = dialer.ConnectAsync(Name, Port, default);
        lookup.SetResult([Good]);
        using var socket = await Passing(dialled);
        Assert.Equal(Good, Remote(socket));
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_serves_the_next_connection()
    {
        var lookup = new TaskCompletionSource<IPAddress[]>();
        lookups.Enqueue(lookup.Task);
        var e = await Assert.ThrowsAsync<SocketException>(() => Passing(dialer.ConnectAsync(Name, Port, default)));
        Assert.Equal(SocketError.TryAgain, e.SocketErrorCode);
        lookup.SetResult([Good]);
        using var socket = await dialer.ConnectAsync(Name, Port, default);
        Assert.Equal(Good, Remote(socket));
    }

    [Fact]
    public async Task A_name_that_nobody_knows_fails_and_is_asked_again_by_the_next()
    {
        lookups.Enqueue(Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound)));
        await Assert.ThrowsAsync<SocketException>(() => dialer.ConnectAsync(Name, Port, default));
        Answer(Good);
        using var socket = await dialer.ConnectAsync(Name, Port, default);
        Assert.Equal(Good, Remote(socket));
    }

    [Fact]
    public async Task A_watched_name_is_looked_up_before_anybody_needs_it()
    {
        var first = new TaskCompletionSource<IPAddress[]>();
        lookups.Enqueue(first.Task);
        dialer.Watch(Name);
        first.SetResult([Other]);
        await dialer.FindAsync(Name, default);
        var second = new TaskCompletionSource<IPAddress[]>();
        lookups.Enqueue(second.Task);
        time.Advance(TimeSpan.FromMinutes(1));
        second.SetResult([Good]);
        using var socket = await dialer.ConnectAsync(Name, Port, default);
        Assert.Equal(Good, Remote(socket));
    }

    [Fact]
    public async Task An_address_needs_no_lookup()
    {
        using var socket = await dialer.ConnectAsync(Good.ToString(), Port, default);
        Assert.Equal(Good, Remote(socket));
    }

    [Fact]
    public async Task A_silent_connection_is_probed_before_a_router_forgets_it()
    {
        using var socket = await dialer.ConnectAsync(Good.ToString(), Port, default);
        Assert.NotEqual(0, socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        Assert.InRange(Seconds(SocketOptionName.TcpKeepAliveTime), 1, 20);
        var dead = Seconds(SocketOptionName.TcpKeepAliveTime)
            + (Seconds(SocketOptionName.TcpKeepAliveInterval) * Seconds(SocketOptionName.TcpKeepAliveRetryCount));
        Assert.InRange(dead, 1, 30);
        int Seconds(SocketOptionName name) => (int)socket.GetSocketOption(SocketOptionLevel.Tcp, name)!;
    }

    [Fact]
    public async Task The_two_families_take_turns()
    {
        IPAddress[] v6 = [.. Enumerable.Range(1, 3).Select(i => IPAddress.Parse($"2001:db8::{i}"))];
        var book = new AddressBook(time, _ => Task.FromResult<IPAddress[]>([.. v6, Good, Other]));
        var (known, _) = await book.FindAsync(Name, default);
        Assert.Equal([v6[0], Good, v6[1], Other, v6[2]], known);
    }

    void Answer(params IPAddress[] addresses) => lookups.Enqueue(Task.FromResult(addresses));

    /// <summary>Time passes for as long as the work goes on.</summary>
    async Task<T> Passing<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }
        return await work;
    }

    static IPAddress Remote(Socket socket) => ((IPEndPoint)socket.RemoteEndPoint!).Address;
}
