using System.Collections.Concurrent;
using System.Security.Cryptography;
using Terminal.Device;
using Terminal.Journal;
using Terminal.Payments;

namespace Terminal.Acquirer;

/// <summary>The gateway behind the AMS protocol: JSON over HTTPS, each message signed.</summary>
public sealed class AmsAcquirer : IAcquirer, IDisposable
{
    static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(5);

    static readonly TimeSpan LargestClockError = TimeSpan.FromMinutes(5);
    static readonly DateTimeOffset Earliest = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly AmsSettings settings;
    readonly TimeProvider time;
    readonly Action<DeskInput> post;
    readonly GatewayClock clock;
    readonly AmsLine line;
    readonly ITimer? probe;

    /// <summary>Pay calls that are out; each leaves when it is answered, at the latest at the pay limit.</summary>
    readonly ConcurrentDictionary<PaymentId, CancellationTokenSource> pays = new();

    /// <param name="post">Takes the answers, on any thread.</param>
    internal AmsAcquirer(AmsSettings settings, TimeProvider time, Action<DeskInput> post, Dialer dialer)
    {
        this.settings = settings;
        this.time = time;
        this.post = post;
        clock = new(time);
        line = new(settings, time, clock, dialer);
        dialer.Watch(settings.Url.IdnHost);
        probe = settings.KeepWarm > TimeSpan.Zero
            ? time.CreateTimer(_ => _ = WarmUpAsync(), null, TimeSpan.Zero, settings.KeepWarm)
            : null;
    }

    /// <summary>How the newest call went, the probe's included; any thread.</summary>
    public GatewayState State => line.State;

    /// <summary>Told of each change of <see cref="State"/>, on any thread; must not wait.</summary>
    public Action<GatewayState> Report { init => line.Report = value; }

    /// <summary>Our wall clock may be right: near the gateway's, or at least not in the past.</summary>
    public bool ClockIsPlausible => clock.Known
        ? (clock.Now - time.GetUtcNow()).Duration() <= LargestClockError
        : time.GetUtcNow() >= Earliest;

    public TimeSpan? Expiry => clock.Known ? settings.Validity : null;

    public void Charge(Durable requested, Effect.Charge charge) => Send(charge);

    public void Query(Effect.Query query) => Run(AmsCall.Of(query, settings.Currency), new(query.Limit, time));

    public void Cancel(Durable requested, Effect.Cancel cancel) => Send(cancel);

    public void Refund(Durable started, Effect.Refund refund) => Send(refund);

    public void QueryRefund(Effect.QueryRefund query) => Run(AmsCall.Of(query), new(settings.RefundLimit, time));

    internal void Send(Effect.Charge charge)
    {
        var limit = new CancellationTokenSource(settings.PayLimit, time);
        pays[charge.Sale.Id] = limit;
        Run(AmsCall.Of(charge, settings, clock), limit);
    }

    internal void Send(Effect.Cancel cancel)
    {
        if (pays.TryRemove(cancel.Payment, out var pay))
        {
            pay.Cancel(); // Closes the connection before it returns: no pay byte follows the cancel.
        }
        Run(AmsCall.Of(cancel), new(cancel.Limit, time));
    }

    internal void Send(Effect.Refund refund) => Run(AmsCall.Of(refund), new(settings.RefundLimit, time));

    /// <summary>
    /// Asks for a payment that nobody made: it opens (or keeps open) a TLS connection, so that the next pay call need
    /// not wait for one, and any signed answer tells the gateway's time.
    /// </summary>
    public async Task WarmUpAsync()
    {
        using var limit = new CancellationTokenSource(ProbeLimit, time);
        var nobody = new PaymentId(RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 26));
        await line.Ask(() => AmsRequest.Inquire(nobody), _ => new GatewayAnswer.NotFound(), limit.Token)
            .ConfigureAwait(false);
    }

    public void Dispose()
    {
        probe?.Dispose();
        line.Dispose();
    }

    /// <summary>Signing takes milliseconds on a small box, so not even that happens on the caller's thread.</summary>
    void Run(AmsCall call, CancellationTokenSource limit) => Task.Run(async () =>
    {
        var answer = await line.Ask(call.Write, call.Read, limit.Token).ConfigureAwait(false);
        pays.TryRemove(new(call.Payment, limit));
        post(new DeskInput.Happened(call.Payment, call.Wrap(answer)));
    });
}
