using Terminal.Payments;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Acquirer;

/// <summary>A connection that a router forgot without a word: no reset, no end, and nothing comes through.</summary>
public sealed class ForgottenConnectionTests : IClassFixture<GatewayFixture>, IAsyncDisposable
{
    static readonly GatewayAnswer Answered = new GatewayAnswer.Unknown("not signed by the gateway");

    readonly PaymentId id = CallCounter.NewId();
    readonly ManualTime time = new();
    readonly RawGateway gateway;
    readonly ForgetfulRouter router;
    readonly CallCounter counter;

    public ForgottenConnectionTests(GatewayFixture fixture)
    {
        gateway = new(fixture.Keys, async connection =>
        {
            while (await connection.Read() != "")
            {
                await connection.SendEmpty();
            }
        });
        router = new(gateway.Url);
        counter = new(fixture.Gateway.Settings with { Url = router.Url }) { Time = time };
    }

    public async ValueTask DisposeAsync()
    {
        counter.Dispose();
        router.Dispose();
        await gateway.DisposeAsync();
    }

    [Fact]
    public async Task A_payment_after_a_silence_takes_a_new_one_and_arrives()
    {
        await counter.Acquirer.WarmUpAsync();
        router.Forget();
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(Answered, await counter.Pay(id, 1200));
        Assert.Equal((1, 2), (gateway.Count("pay"), gateway.Connections));
    }

    [Fact]
    public async Task A_connection_in_use_is_kept_for_the_next_payment()
    {
        await counter.Acquirer.WarmUpAsync();
        for (var i = 0; i < 8; i++)
        {
            time.Advance(TimeSpan.FromSeconds(15));
            await counter.Acquirer.WarmUpAsync();
        }
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(Answered, await counter.Pay(id, 1200));
        Assert.Equal(1, gateway.Connections);
    }

    [Fact]
    public async Task A_probe_finds_it_and_a_payment_takes_the_new_one()
    {
        await counter.Acquirer.WarmUpAsync();
        router.Forget();
        var probe = counter.Acquirer.WarmUpAsync();
        await router.Swallowed;
        time.Advance(TimeSpan.FromSeconds(5));
        await probe;
        Assert.Equal(Answered, await counter.Pay(id, 1200));
        Assert.Equal((1, 2), (gateway.Count("pay"), gateway.Connections));
    }

    [Fact]
    public async Task A_payment_that_vanished_is_never_sent_again_and_the_next_call_takes_a_new_one()
    {
        await counter.Acquirer.WarmUpAsync();
        router.Forget();
        counter.Acquirer.Send(CallCounter.Charge(id, 1200));
        await router.Swallowed;
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.IsType<GatewayAnswer.Unknown>((await counter.Answer<PaymentInput.PayAnswered>(id)).Answer);
        Assert.Equal(Answered, await counter.Query(id));
        Assert.Equal((0, 1), (gateway.Count("pay"), gateway.Count("inquiryPayment")));
    }

    [Fact]
    public async Task A_probe_asks_for_no_payment_whose_absence_could_be_told_of_another()
    {
        await counter.Acquirer.WarmUpAsync();
        Assert.Equal((0, 1), (gateway.Count("inquiryPayment"), gateway.Count("inquiryRefund")));
    }
}
