using System.Net;
using System.Net.Sockets;

namespace Terminal.Tests.Acquirer;

public sealed class CutOffGatewayTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    /// <summary>Until then the till hears that no payment is possible (05 01: DF).</summary>
    [Fact]
    public async Task A_gateway_that_was_cut_off_is_asked_again_after_a_second()
    {
        using var late = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        late.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var settings = fixture.Gateway.Settings with
        {
            Url = new($"https://{late.LocalEndPoint}"),
            KeepWarm = TimeSpan.FromHours(1),
        };
        var cutOff = new TaskCompletionSource();
        using var counter = new CallCounter(settings)
        {
            Time = new WithoutSeconds(),
            Report = _ =>
            {
                late.Listen();
                cutOff.TrySetResult();
            },
        };
        Assert.False(counter.Acquirer.Status.IsUp);
        await cutOff.Task;
        using var connected = await late.AcceptAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>A pause of one second is over at once, every other timer is real.</summary>
    sealed class WithoutSeconds : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == TimeSpan.FromSeconds(1) ? TimeSpan.Zero : dueTime, period);
    }
}
