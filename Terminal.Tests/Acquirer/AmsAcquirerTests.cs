using System.Net;
using System.Net.Sockets;
using Sandbox.Acquirer;
using Terminal.Acquirer;
using Terminal.Payments;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Acquirer;

public sealed class AmsAcquirerTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    readonly AmsGateway gateway = fixture.Gateway;
    readonly PaymentId id = CallCounter.NewId();

    [Theory]
    [InlineData(1200, "approves")]
    [InlineData(1281, "clock ahead")]
    [InlineData(1282, "clock behind")]
    [InlineData(1286, "signature without its key version")]
    public async Task A_matching_signed_success_is_a_success(long minor, string what)
    {
        using var counter = await Knowing();
        var paid = Assert.IsType<GatewayAnswer.Succeeded>(await counter.Pay(id, minor));
        Assert.Equal((id, new Money(minor, Currency.Eur)), (paid.Echo, paid.Amount));
        Assert.Equal(paid.GatewayId, gateway.Book.Find(id.Value)!.GatewayId);
        Assert.True(gateway.Book.PayRequests(id.Value) == 1, what);
    }

    [Theory]
    [InlineData(1250, DeclineReason.InsufficientFunds)]
    [InlineData(1251, DeclineReason.BadCode)]
    [InlineData(1252, DeclineReason.LimitExceeded)]
    [InlineData(1253, DeclineReason.MethodNotAllowed)]
    [InlineData(1254, DeclineReason.Refused)]
    public async Task A_listed_refusal_is_final_and_the_inquiry_agrees(long minor, DeclineReason reason)
    {
        using var counter = await Knowing();
        Assert.Equal(reason, Assert.IsType<GatewayAnswer.Declined>(await counter.Pay(id, minor)).Reason);
        Assert.Equal(reason, Assert.IsType<GatewayAnswer.Declined>(await counter.Query(id)).Reason);
    }

    [Theory]
    [InlineData(1255, typeof(GatewayAnswer.Declined))]
    [InlineData(1256, typeof(GatewayAnswer.Succeeded))]
    [InlineData(1271, typeof(GatewayAnswer.Succeeded))]
    [InlineData(1272, typeof(GatewayAnswer.Succeeded))]
    [InlineData(1273, typeof(GatewayAnswer.Succeeded))]
    [InlineData(1277, typeof(GatewayAnswer.Succeeded))]
    [InlineData(1278, typeof(GatewayAnswer.Succeeded))]
    [InlineData(1280, typeof(GatewayAnswer.Succeeded))]
    [InlineData(1284, typeof(GatewayAnswer.Succeeded))]
    [InlineData(1285, typeof(GatewayAnswer.Succeeded))]
    [InlineData(1257, typeof(GatewayAnswer.Declined))]
    [InlineData(1270, typeof(GatewayAnswer.NotFound))]
    public async Task What_cannot_be_trusted_is_unknown_and_the_inquiry_knows_better(long minor, Type truth)
    {
        using var counter = await Knowing();
        Assert.IsType<GatewayAnswer.Unknown>(await counter.Pay(id, minor));
        Assert.Equal(1, gateway.Book.PayRequests(id.Value));
        Assert.IsType(truth, await counter.Query(id, question: 7));
    }

    [Theory]
    [InlineData(1260)]
    [InlineData(1261)]
    [InlineData(1262)]
    [InlineData(1279)]
    public async Task An_answer_after_the_limit_is_unknown(long minor)
    {
        using var counter = new CallCounter(gateway.Settings with { PayLimit = Short });
        await counter.Acquirer.WarmUpAsync();
        Assert.IsType<GatewayAnswer.Unknown>(await counter.Pay(id, minor));
        Assert.IsType<GatewayAnswer.Succeeded>(await counter.Query(id));
    }

    [Theory]
    [InlineData(1274)]
    [InlineData(1275)]
    [InlineData(1276)]
    public async Task A_success_of_something_else_is_told_as_it_is(long minor)
    {
        using var counter = await Knowing();
        var paid = Assert.IsType<GatewayAnswer.Succeeded>(await counter.Pay(id, minor));
        Assert.NotEqual((id, new Money(minor, Currency.Eur)), (paid.Echo, paid.Amount));
    }

    [Fact]
    public async Task A_late_success_is_found_by_inquiry_however_it_is_spelled()
    {
        using var counter = await Knowing();
        Assert.IsType<GatewayAnswer.Processing>(await counter.Pay(id, 1283));
        Assert.IsType<GatewayAnswer.Processing>(await counter.Query(id, question: 1));
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<GatewayAnswer.Succeeded>(await counter.Query(id, question: 2));
    }

    [Fact]
    public async Task A_cancel_closes_an_unpaid_payment()
    {
        using var counter = new CallCounter(gateway.Settings);
        await counter.Pay(id, 1290);
        Assert.IsType<GatewayAnswer.Unknown>(await counter.Cancel(id, attempt: 1));
        Assert.IsType<GatewayAnswer.Accepted>(await counter.Cancel(id, attempt: 2));
        Assert.IsType<GatewayAnswer.Cancelled>(await counter.Query(id));
    }

    [Fact]
    public async Task A_payment_that_is_still_on_its_way_cannot_be_cancelled_yet()
    {
        using var counter = await Knowing();
        await counter.Pay(id, 1292);
        Assert.IsType<GatewayAnswer.NotFound>(await counter.Cancel(id, attempt: 1));
        fixture.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(1292, gateway.Book.Find(id.Value)!.CapturedAt(fixture.Time.GetUtcNow()));
        Assert.IsType<GatewayAnswer.Accepted>(await counter.Cancel(id, attempt: 2));
        Assert.Equal(0, gateway.Book.Find(id.Value)!.CapturedAt(fixture.Time.GetUtcNow()));
    }

    [Fact]
    public async Task A_lying_cancel_is_caught_by_the_inquiry()
    {
        using var counter = new CallCounter(gateway.Settings);
        await counter.Pay(id, 1293);
        Assert.IsType<GatewayAnswer.Accepted>(await counter.Cancel(id));
        Assert.IsType<GatewayAnswer.Succeeded>(await counter.Query(id));
    }

    [Fact]
    public async Task A_refused_cancel_says_why()
    {
        using var counter = await Knowing();
        await counter.Pay(id, 1298);
        Assert.Equal(new GatewayAnswer.Refused("PROCESS_FAIL"), await counter.Cancel(id));
    }

    [Fact]
    public async Task Too_late_for_a_cancel_the_refund_returns_the_money_once()
    {
        using var counter = await Knowing();
        var paid = Assert.IsType<GatewayAnswer.Succeeded>(await counter.Pay(id, 1295));
        Assert.IsType<GatewayAnswer.WindowExceeded>(await counter.Cancel(id));
        var refund = new RefundId(CallCounter.NewId().Value);
        Assert.IsType<GatewayAnswer.Unknown>(await counter.Refund(id, refund, paid.GatewayId, 1295));
        Assert.IsType<GatewayAnswer.NotFound>(await counter.QueryRefund(id, refund));
        Assert.IsType<GatewayAnswer.Unknown>(await counter.Refund(id, refund, paid.GatewayId, 1295));
        Assert.IsType<GatewayAnswer.Accepted>(await counter.Refund(id, refund, paid.GatewayId, 1295));
        Assert.IsType<GatewayAnswer.Accepted>(await counter.Refund(id, refund, paid.GatewayId, 1295));
        Assert.IsType<GatewayAnswer.Accepted>(await counter.QueryRefund(id, refund));
        Assert.Equal(1295, gateway.Book.Find(id.Value)!.Refunded);
    }

    [Fact]
    public async Task A_refund_that_failed_needs_another_id()
    {
        using var counter = await Knowing();
        var paid = Assert.IsType<GatewayAnswer.Succeeded>(await counter.Pay(id, 1296));
        Assert.IsType<GatewayAnswer.Refused>(await counter.Refund(id, new("R1"), paid.GatewayId, 1296));
        Assert.IsType<GatewayAnswer.Refused>(await counter.QueryRefund(id, new("R1")));
        Assert.IsType<GatewayAnswer.Accepted>(await counter.Refund(id, new("R2"), paid.GatewayId, 1296));
    }

    [Fact]
    public async Task Three_signed_answers_tell_the_time_and_from_then_on_pay_expires()
    {
        using var counter = new CallCounter(gateway.Settings) { Time = fixture.Time };
        Assert.Null(counter.Acquirer.Expiry);
        await counter.LearnTime();
        Assert.Equal(TimeSpan.FromSeconds(60), counter.Acquirer.Expiry);

        await counter.Pay(id, 1263, counter.Acquirer.Expiry);
        Assert.IsType<GatewayAnswer.Processing>(await counter.Query(id));
        fixture.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.IsType<GatewayAnswer.Declined>(await counter.Query(id));
    }

    [Theory]
    [InlineData(1250)]
    [InlineData(1251)]
    public async Task Before_the_time_is_known_a_decline_of_pay_decides_nothing(long minor)
    {
        using var counter = new CallCounter(gateway.Settings);
        Assert.IsType<GatewayAnswer.Unknown>(await counter.Pay(id, minor));
        Assert.IsType<GatewayAnswer.Declined>(await counter.Query(id)); // That one names the payment.
    }

    [Fact]
    public async Task The_status_has_the_newest_reason()
    {
        var said = new List<string>();
        using var counter = new CallCounter(gateway.Settings) { Time = fixture.Time, Report = s => said.Add($"{s}") };
        await counter.LearnTime();
        await counter.Pay(id, 1257);
        await counter.Pay(CallCounter.NewId(), 1273);
        await counter.Pay(CallCounter.NewId(), 1278);
        await counter.Pay(CallCounter.NewId(), 1271);
        Assert.Equal(
            [
                "answering",
                "answers of another time: their signed time is not the gateway's of now",
                "untrusted: not signed by the gateway",
                "silent: HTTP 502",
            ],
            said[..^1]);
        Assert.StartsWith("silent: ", said[^1]);
    }

    [Fact]
    public async Task A_gateway_with_an_unknown_certificate_is_not_talked_to()
    {
        using var counter = new CallCounter(gateway.Settings with { CaFile = null });
        Assert.IsType<GatewayAnswer.NotSent>(await counter.Pay(id, 1200));
        Assert.Equal(GatewayState.CertificateRefused, counter.Acquirer.Status.State);
        Assert.True(counter.Acquirer.Status.IsCutOff);
        Assert.Equal("certificate refused: PartialChain", $"{counter.Acquirer.Status}");
        Assert.IsType<GatewayAnswer.NotSent>(await counter.Cancel(id));
        Assert.Equal(0, gateway.Book.PayRequests(id.Value));
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_was_sent()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // Bound, not listening: nobody else gets the port.
        using var counter = new CallCounter(gateway.Settings with { Url = new($"https://{silent.LocalEndPoint}") });
        Assert.IsType<GatewayAnswer.NotSent>(await counter.Pay(id, 1200));
        Assert.Equal(new(GatewayState.Unreachable, "ConnectionRefused"), counter.Acquirer.Status);
        Assert.True(counter.Acquirer.Status.IsCutOff);
        Assert.IsType<GatewayAnswer.NotSent>(await counter.Query(id));
    }

    [Fact]
    public async Task The_gateway_ignores_a_terminal_with_another_key()
    {
        var stranger = fixture.Keys.TerminalPrivateFile + ".other";
        using var key = System.Security.Cryptography.RSA.Create(2048);
        File.WriteAllText(stranger, key.ExportPkcs8PrivateKeyPem());
        using var counter = new CallCounter(gateway.Settings with { PrivateKeyFile = stranger });
        Assert.IsType<GatewayAnswer.Unknown>(await counter.Pay(id, 1200));
        Assert.Null(gateway.Book.Find(id.Value));
    }

    [Fact]
    public async Task An_answer_signed_with_a_key_version_that_we_lack_is_not_trusted()
    {
        var keys = new Dictionary<int, string> { [2] = fixture.Keys.GatewayPublicFile };
        using var counter = new CallCounter(gateway.Settings with { GatewayKeyFiles = keys });
        Assert.IsType<GatewayAnswer.Unknown>(await counter.Pay(id, 1200));
    }

    [Fact]
    public async Task Openssl_verifies_what_was_logged_of_an_exchange()
    {
        using var counter = new CallCounter(gateway.Settings);
        await counter.Pay(id, 1200);
        var number = gateway.Log.Exchanges.ToList().FindIndex(e => e.Request.Body.AsSpan().IndexOf(Bytes(id)) >= 0) + 1;
        var exchange = Path.Combine(fixture.Keys.Folder, "exchanges", $"{number:D6}");
        Assert.True(Openssl.Verifies(fixture.Keys.TerminalPublicFile, $"{exchange}.request"));
        Assert.True(Openssl.Verifies(fixture.Keys.GatewayPublicFile, $"{exchange}.response"));
        Assert.False(Openssl.Verifies(fixture.Keys.TerminalPublicFile, $"{exchange}.response"));
    }

    [Fact]
    public void Openssl_accepts_the_gateways_certificate() => Assert.Equal(0, Openssl.Run(
        $"s_client -connect {gateway.Url.Authority} -CAfile {fixture.Keys.CaFile} -verify_return_error " +
        "-verify_hostname localhost -brief"));

    async Task<CallCounter> Knowing()
    {
        var counter = new CallCounter(gateway.Settings) { Time = fixture.Time };
        await counter.LearnTime();
        return counter;
    }

    static byte[] Bytes(PaymentId id) => System.Text.Encoding.ASCII.GetBytes(id.Value);

    [Fact]
    public async Task What_the_gateway_prints_masks_the_payment_code()
    {
        using var counter = new CallCounter(gateway.Settings);
        await counter.Pay(id, 1200);
        var printed = string.Join('\n', gateway.Log.Exchanges);
        Assert.Contains("28**************88", printed);
        Assert.DoesNotContain(CallCounter.Code, printed);
    }
}
