using System.Collections.Concurrent;
using System.Security.Cryptography;
using Terminal.Checkout;
using Terminal.Device;
using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Terminal.Acquirer;

/// <summary>The gateway behind the AMS protocol: JSON over HTTPS, each message signed.</summary>
sealed class AmsAcquirer : IAcquirer, IDisposable
{
    static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(5);

    /// <summary>Pause between the first probes, so that each shows another second.</summary>
    static readonly TimeSpan LearnPause = TimeSpan.FromSeconds(1.1);

    /// <summary>
    /// Pauses before probing again after a start without network: a terminal may start faster than its network.
    /// </summary>
    static readonly TimeSpan[] CutOffPauses = [.. new[] { 1, 2, 4 }.Select(s => TimeSpan.FromSeconds(s))];

    /// <summary>This many answered probes in a row establish the gateway's time.</summary>
    const int LearnProbes = 3;

    static readonly TimeSpan LargestClockError = TimeSpan.FromMinutes(5);
    static readonly DateTimeOffset Earliest = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly AmsSettings settings;
    readonly TimeProvider time;
    readonly Action<LoopInput> post;
    readonly GatewayClock clock;
    readonly AmsLine line;
    readonly ITimer? probe;
    int isProbing;

    /// <summary>Pay calls under way. Each is removed when it is answered, at the latest at the pay limit.</summary>
    readonly ConcurrentDictionary<PaymentId, CancellationTokenSource> pays = new();

    /// <param name="post">Receives the answers, on any thread.</param>
    /// <param name="clock">Knows what the journal keeps of the gateway's time.</param>
    internal AmsAcquirer(AmsSettings settings, GatewayClock clock, Action<LoopInput> post, Dialer dialer)
    {
        this.settings = settings;
        this.clock = clock;
        this.post = post;
        time = clock.Source;
        line = new(settings, time, clock, dialer);
        dialer.Watch(settings.Url.IdnHost);
        probe = settings.KeepWarm > TimeSpan.Zero
            ? time.CreateTimer(_ => _ = KeepWarmAsync(), null, TimeSpan.Zero, settings.KeepWarm)
            : null;
    }

    /// <summary>How the newest call went, probes included; may be read on any thread.</summary>
    public GatewayStatus Status => line.Status;

    /// <summary>Called at each change of <see cref="Status"/>, on any thread; must not wait.</summary>
    public Action<GatewayStatus> Report { init => line.Report = value; }

    /// <summary>Our wall clock may be right: it is near the gateway's time, or at least not in the past.</summary>
    public bool ClockIsPlausible => clock.Known
        ? (clock.Now - time.GetUtcNow()).Duration() <= LargestClockError
        : time.GetUtcNow() >= Earliest;

    public TimeSpan? Expiry => clock.Known ? settings.Validity : null;

    public Stamp? SignedTime => clock.Newest is { } newest ? new(newest.ToUnixTimeMilliseconds()) : null;

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
            pay.Cancel(); // Closes the connection before it returns, so no byte of the pay call follows the cancel.
        }
        Run(AmsCall.Of(cancel), new(cancel.Limit, time));
    }

    internal void Send(Effect.Refund refund) => Run(AmsCall.Of(refund), new(settings.RefundLimit, time));

    /// <summary>
    /// Uses a connection, so that the next pay call finds it open and alive. A signed answer also shows the gateway's
    /// time.
    /// </summary>
    /// <returns>False: no signed answer came.</returns>
    public async Task<bool> WarmUpAsync()
    {
        await ProbeAsync().ConfigureAwait(false);
        if (Status.State == GatewayState.Silent)
        {
            await ProbeAsync().ConfigureAwait(false); // Its connection may be lost; this probe uses another.
        }
        return Status.State is GatewayState.Answering or GatewayState.Stale;
    }

    /// <summary>A person has found that the time learned from the gateway is wrong.</summary>
    public void ForgetTime()
    {
        clock.Forget();
        _ = KeepWarmAsync();
    }

    /// <summary>
    /// Only one round runs at a time. It probes several times, because one answer is not enough to believe the time.
    /// </summary>
    async Task KeepWarmAsync()
    {
        if (Interlocked.Exchange(ref isProbing, 1) == 1)
        {
            return;
        }
        try
        {
            var isSigned = await WarmUpAsync().ConfigureAwait(false);
            for (var i = 0; Status.IsCutOff && i < CutOffPauses.Length; i++)
            {
                await Task.Delay(CutOffPauses[i], time).ConfigureAwait(false);
                isSigned = await WarmUpAsync().ConfigureAwait(false);
            }
            for (var i = 1; isSigned && !clock.Known && i < LearnProbes; i++)
            {
                await Task.Delay(LearnPause, time).ConfigureAwait(false);
                isSigned = await WarmUpAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            Volatile.Write(ref isProbing, 0);
        }
    }

    async Task ProbeAsync()
    {
        using var limit = new CancellationTokenSource(ProbeLimit, time);
        var nobodys = new RefundId(RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 26));
        await line.Ask(AmsCall.Probe(nobodys), limit.Token).ConfigureAwait(false);
    }

    public void Dispose()
    {
        probe?.Dispose();
        line.Dispose();
    }

    /// <summary>Signing takes milliseconds on a small box, so it does not run on the caller's thread either.</summary>
    void Run(AmsCall call, CancellationTokenSource limit) => Task.Run(async () =>
    {
        var answer = await line.Ask(call, limit.Token).ConfigureAwait(false);
        pays.TryRemove(new(call.Payment, limit));
        post(new DeskInput.Happened(call.Payment, call.Wrap(answer)));
    });
}
