using System.Security.Cryptography;
using System.Threading.Channels;
using Sandbox.Scanner;
using Terminal.Acquirer;
using Terminal.Device;
using Terminal.Payments;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Terminal.Tests.Acquirer;

/// <summary>Puts questions to a gateway and waits for their answers; in the end, each had exactly one.</summary>
sealed class CallCounter(AmsSettings settings) : IDisposable
{
    public const string Code = "288888888888888888";

    static readonly TimeSpan Patient = TimeSpan.FromSeconds(60);

    readonly Channel<LoopInput> inbox = Channel.CreateUnbounded<LoopInput>();
    AmsAcquirer? acquirer;

    public AmsAcquirer Acquirer =>
        acquirer ??= new(settings, new(Time), input => inbox.Writer.TryWrite(input), Dialer) { Report = Report };

    public Action<GatewayStatus> Report { get; init; } = _ => { };

    /// <summary>The terminal's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Dialer Dialer { get; init; } = new(TimeProvider.System);

    public static PaymentId NewId() => new(RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 26));

    public void Dispose()
    {
        Acquirer.Dispose();
        Dialer.Dispose();
        Assert.False(inbox.Reader.TryRead(out var unasked), $"answered twice: {unasked}");
    }

    /// <summary>Three answers, each of another second, teach the gateway's time.</summary>
    public async Task LearnTime()
    {
        for (var i = 0; i < 3; i++)
        {
            ((ManualTime)Time).Advance(TimeSpan.FromSeconds(1));
            await Acquirer.WarmUpAsync();
        }
    }

    public async Task<GatewayAnswer> Pay(PaymentId id, long minor, TimeSpan? validity = null)
    {
        Acquirer.Send(Charge(id, minor, validity));
        return (await Answer<PaymentInput.PayAnswered>(id)).Answer;
    }

    public async Task<GatewayAnswer> Query(PaymentId id, int question = 1)
    {
        Acquirer.Query(new(id, question, Patient));
        var answer = await Answer<PaymentInput.Inquired>(id);
        Assert.Equal(question, answer.Question);
        return answer.Answer;
    }

    public async Task<GatewayAnswer> Cancel(PaymentId id, int attempt = 1)
    {
        Acquirer.Send(new Effect.Cancel(id, attempt, Patient));
        var answer = await Answer<PaymentInput.CancelAnswered>(id);
        Assert.Equal(attempt, answer.Attempt);
        return answer.Answer;
    }

    public async Task<GatewayAnswer> Refund(PaymentId id, RefundId refund, string gatewayId, long minor)
    {
        Acquirer.Send(new Effect.Refund(id, refund, gatewayId, new(minor, Currency.Eur)));
        var answer = await Answer<PaymentInput.RefundAnswered>(id);
        Assert.Equal(refund, answer.Id);
        return answer.Answer;
    }

    public async Task<GatewayAnswer> QueryRefund(PaymentId id, RefundId refund)
    {
        Acquirer.QueryRefund(new(id, refund));
        return (await Answer<PaymentInput.RefundInquired>(id)).Answer;
    }

    public static Effect.Charge Charge(PaymentId id, long minor, TimeSpan? validity = null) =>
        new(new(id, 1, 1, new(minor, Currency.Eur), "f", new(0), validity), Codes.Of(Code, "f", default));

    public async Task<TInput> Answer<TInput>(PaymentId id)
        where TInput : PaymentInput
    {
        var happened = Assert.IsType<DeskInput.Happened>(await inbox.Reader.ReadAsync());
        Assert.Equal(id, happened.Payment);
        return Assert.IsType<TInput>(happened.What);
    }
}
