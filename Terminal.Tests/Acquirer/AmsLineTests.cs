using System.Net;
using System.Net.Sockets;
using Terminal.Acquirer;
using Terminal.Device;
using Terminal.Payments;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using Terminal.Tests.Device;

namespace Terminal.Tests.Acquirer;

/// <summary>What the HTTP layer does with a connection that fails: it never sends a request twice.</summary>
public sealed class AmsLineTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    static readonly GatewayAnswer Answered = new GatewayAnswer.Unknown("not signed by the gateway");

    readonly PaymentId id = CallCounter.NewId();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pooled_connection_that_was_closed_while_idle_costs_nothing(bool politely)
    {
        var closed = new TaskCompletionSource();
        await using var gateway = Raw(async connection =>
        {
            while (await connection.Read() != "")
            {
                await connection.SendEmpty();
                if (connection.Number == 0)
                {
                    await (politely ? connection.HangUp() : Task.Run(connection.Reset));
                    closed.SetResult();
                    return;
                }
            }
        });
        using var counter = new CallCounter(Settings(gateway));
        await counter.Acquirer.WarmUpAsync();
        await closed.Task;
        Assert.Equal(Answered, await counter.Pay(id, 1200));
        Assert.Equal((1, 2), (gateway.Count("pay"), gateway.Connections));
    }

    [Fact]
    public async Task What_was_sent_is_wiped_from_memory()
    {
        await using var gateway = Raw(async connection =>
        {
            await connection.Read();
            await connection.SendEmpty();
        });
        using var dialer = new Dialer(TimeProvider.System);
        using var line = new AmsLine(Settings(gateway), TimeProvider.System, new(TimeProvider.System), dialer);
        var request = AmsRequest.Inquire(id);

        var call = new AmsCall(
            id, () => request, _ => new GatewayAnswer.NotFound(), answer => new PaymentInput.PayAnswered(answer))
        {
            Names = _ => true,
        };

        Assert.Equal(Answered, await line.Ask(call, default));

        Assert.All(request.Body, part => Assert.Equal(0, part));
        Assert.Equal(1, gateway.Count("inquiryPayment"));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_request_that_was_read_and_not_answered_is_not_sent_again(bool warm, bool politely)
    {
        await using var gateway = Raw(async connection =>
        {
            while (await connection.Read() != "pay")
            {
                await connection.SendEmpty();
            }
            await (politely ? connection.HangUp() : Task.Run(connection.Reset));
        });
        using var counter = new CallCounter(Settings(gateway));
        if (warm)
        {
            await counter.Acquirer.WarmUpAsync();
        }
        Assert.IsType<GatewayAnswer.Unknown>(await counter.Pay(id, 1200));
        Assert.Equal((1, 1), (gateway.Count("pay"), gateway.Connections));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_breaks_at_the_first_byte_is_not_replaced(bool politely)
    {
        await using var gateway = Raw(async connection =>
        {
            await connection.Read();
            await connection.SendEmpty();
            await connection.Stream.ReadExactlyAsync(new byte[1]);
            await (politely ? connection.HangUp() : Task.Run(connection.Reset));
        });
        using var counter = new CallCounter(Settings(gateway));
        await counter.Acquirer.WarmUpAsync();
        Assert.IsType<GatewayAnswer.Unknown>(await counter.Pay(id, 1200));
        Assert.Equal(1, gateway.Connections);
    }

    [Fact]
    public async Task A_warm_connection_carries_the_pay_call()
    {
        await using var gateway = Raw(async connection =>
        {
            while (await connection.Read() != "")
            {
                await connection.SendEmpty();
            }
        });
        using var counter = new CallCounter(Settings(gateway));
        await counter.Acquirer.WarmUpAsync();
        Assert.Equal(Answered, await counter.Pay(id, 1200));
        Assert.Equal((1, 1), (gateway.Count("pay"), gateway.Connections));
    }

    [Fact]
    public async Task The_pay_connection_ends_before_the_cancel_leaves()
    {
        var payRead = new TaskCompletionSource();
        var payEnded = new TaskCompletionSource();
        await using var gateway = Raw(async connection =>
        {
            if (await connection.Read() == "pay")
            {
                payRead.SetResult();
                try
                {
                    await connection.Read();
                }
                finally
                {
                    payEnded.SetResult();
                }
                return;
            }
            await payEnded.Task; // The cancel is answered only then.
            await connection.SendEmpty();
        });
        using var counter = new CallCounter(Settings(gateway) with { PayLimit = TimeSpan.FromHours(1) });
        counter.Acquirer.Send(CallCounter.Charge(id, 1200));
        await payRead.Task;
        counter.Acquirer.Send(new Effect.Cancel(id, 1, TimeSpan.FromMinutes(1)));
        Assert.IsType<GatewayAnswer.Unknown>((await counter.Answer<PaymentInput.PayAnswered>(id)).Answer);
        Assert.Equal(Answered, (await counter.Answer<PaymentInput.CancelAnswered>(id)).Answer);
    }

    [Fact]
    public async Task A_pay_call_that_is_cancelled_while_it_connects_was_not_sent()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var counter = new CallCounter(
            fixture.Gateway.Settings with { Url = new($"https://{silent.LocalEndpoint}") });
        counter.Acquirer.Send(CallCounter.Charge(id, 1200));
        using var connection = await silent.AcceptSocketAsync();
        counter.Acquirer.Send(new Effect.Cancel(id, 1, TimeSpan.FromMilliseconds(1)));
        Assert.IsType<GatewayAnswer.NotSent>((await counter.Answer<PaymentInput.PayAnswered>(id)).Answer);
        Assert.IsType<GatewayAnswer.NotSent>((await counter.Answer<PaymentInput.CancelAnswered>(id)).Answer);
    }

    [Fact]
    public async Task A_handshake_that_never_ends_is_given_up_and_nothing_was_sent()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var counter = new CallCounter(fixture.Gateway.Settings with
        {
            Url = new($"https://{silent.LocalEndpoint}"),
            ConnectLimit = TimeSpan.FromMilliseconds(300),
        });
        Assert.IsType<GatewayAnswer.NotSent>(await counter.Pay(id, 1200));
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_not_talked_to()
    {
        await using var gateway = new RawGateway(fixture.Keys, connection => connection.Read(), "127.0.0.2");
        using var counter = new CallCounter(Settings(gateway));
        Assert.IsType<GatewayAnswer.NotSent>(await counter.Pay(id, 1200));
        Assert.Equal(0, gateway.Count("pay"));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Endless: ")]
    public async Task An_endless_answer_is_cut_off(string start)
    {
        var cutOff = new TaskCompletionSource();
        await using var gateway = Raw(async connection =>
        {
            await connection.Read();
            await connection.Send(start);
            var block = new string('a', 16 * 1024);
            try
            {
                while (true)
                {
                    await connection.Send(block);
                }
            }
            finally
            {
                cutOff.SetResult();
            }
        });
        using var counter = new CallCounter(Settings(gateway));
        Assert.IsType<GatewayAnswer.Unknown>(await counter.Pay(id, 1200));
        await cutOff.Task;
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nsignature: a\r\nsignature: b\r\n\r\n{}")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")]
    [InlineData("")]
    public async Task Whatever_comes_back_instead_of_an_answer_is_unknown(string reply)
    {
        await using var gateway = Raw(async connection =>
        {
            await connection.Read();
            await connection.Send(reply);
            await connection.HangUp();
        });
        using var counter = new CallCounter(Settings(gateway));
        Assert.IsType<GatewayAnswer.Unknown>(await counter.Pay(id, 1200));
        Assert.Equal(1, gateway.Count("pay"));
    }

    [Fact]
    public async Task An_address_that_leads_nowhere_beside_a_good_one_costs_no_payment()
    {
        await using var gateway = Raw(async connection =>
        {
            await connection.Read();
            await connection.SendEmpty();
        });
        var nowhere = IPAddress.Parse("127.0.0.2");
        using var end = new DeadEnd(nowhere, gateway.Url.Port);
        using var counter = new CallCounter(Named(gateway))
        {
            Dialer = new(TimeProvider.System, _ => Task.FromResult<IPAddress[]>([nowhere, IPAddress.Loopback])),
        };
        Assert.Equal(Answered, await counter.Pay(id, 1200));
    }

    [Fact]
    public async Task A_lookup_that_is_slower_than_the_connect_limit_costs_no_payment()
    {
        await using var gateway = Raw(async connection =>
        {
            await connection.Read();
            await connection.SendEmpty();
        });
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var other = new CallCounter(Named(gateway) with { Url = new($"https://{silent.LocalEndpoint}") });
        using var counter = new CallCounter(Named(gateway))
        {
            Dialer = new(TimeProvider.System, async _ =>
            {
                await other.Pay(id, 1200); // Ends when the connect limit is over.
                return [IPAddress.Loopback];
            }),
        };
        Assert.Equal(Answered, await counter.Pay(id, 1200));
    }

    RawGateway Raw(Func<RawConnection, Task> serve) => new(fixture.Keys, serve);

    AmsSettings Named(RawGateway gateway) =>
        fixture.Gateway.Settings with { Url = new($"https://localhost:{gateway.Url.Port}") };

    AmsSettings Settings(RawGateway gateway) => fixture.Gateway.Settings with { Url = gateway.Url };
}
