using System.Buffers;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Terminal.Device;

namespace Terminal.Backend;

/// <summary>
/// A connection by MQTTnet, with four things that it leaves to its user: a limit for each message, a watchdog that
/// pings whatever else is sent and whatever the wall clock does, and the broker's limits for unanswered messages and
/// for the length of a packet.
/// </summary>
sealed class MqttNetBackend(BackendSettings settings, Dialer dialer, Action<BackendEvent> tell) : IBackend
{
    const int LongestInbound = 256 * 1024;
    const int Unlimited = 65535;

    // Fixed header, topic length, packet identifier and an empty list of properties, at their longest.
    const int PacketOverhead = 16;

    static readonly TimeSpan OpenLimit = TimeSpan.FromSeconds(20);
    static readonly TimeSpan MessageLimit = TimeSpan.FromSeconds(15);
    static readonly TimeSpan PartingLimit = TimeSpan.FromSeconds(2);

    // A receiver that disposes us while it is told must not wait for itself.
    [ThreadStatic]
    static bool telling;

    readonly Lock gate = new();
    readonly CancellationTokenSource end = new();
    readonly IMqttClient client = new MqttClientFactory().CreateMqttClient();

    // What is asked of the connection, in order; bounded by the caller's window.
    readonly Channel<Func<Task>> work = Channel.CreateUnbounded<Func<Task>>();

    /// <summary>Every limit is counted by its monotonic clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    Task running = Task.CompletedTask;
    SemaphoreSlim slots = new(1);
    int maximumPacket;
    bool over;
    (int Code, string Why)? reason;

    public void Open(Will? will) => running = Task.Run(() => LiveAsync(will));

    public void Subscribe(string filter) => work.Writer.TryWrite(() => SubscribeAsync(filter));

    public void Publish(int token, Publication message) => work.Writer.TryWrite(() => PublishAsync(token, message));

    /// <summary>
    /// Parts from the broker in a way that makes it publish the will; waits for that a few seconds at most.
    /// </summary>
    public void Dispose()
    {
        Finish(0, "ended by us");
        if (!telling)
        {
            running.Wait(PartingLimit + PartingLimit);
        }
    }

    async Task LiveAsync(Will? will)
    {
        try
        {
            client.ApplicationMessageReceivedAsync += received =>
            {
                var message = received.ApplicationMessage;
                Hand(new BackendEvent.Received(message.Topic, message.Payload.ToArray()));
                return Task.CompletedTask;
            };
            client.DisconnectedAsync += lost =>
            {
                // Told on a thread of its own, sometimes before ConnectAsync has returned the same refusal.
                if (lost.ConnectResult is { ResultCode: not MqttClientConnectResultCode.Success } refusal)
                {
                    Finish(refusal);
                    return Task.CompletedTask;
                }
                // Without an exception the code is the broker's; 0 if it just closed.
                var code = lost is { ClientWasConnected: true, Exception: null } ? (int)lost.Reason : 0;
                Finish(code, lost.Exception?.Message ?? lost.ReasonString ?? lost.Reason.ToString());
                return Task.CompletedTask;
            };
            // Before the limit of the connection begins: a slow lookup must not eat it.
            await dialer.FindAsync(settings.Host, end.Token).ConfigureAwait(false);
            await ConnectAsync(will).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Whatever the library, the socket or TLS throws means the same: this connection is no more.
            Finish(0, e.Message);
        }
        await PartAsync().ConfigureAwait(false);
        lock (gate)
        {
            over = true;
            tell(new BackendEvent.Ended(reason!.Value.Code, reason.Value.Why));
        }
    }

    async Task ConnectAsync(Will? will)
    {
        using var late = new CancellationTokenSource(OpenLimit, Time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(end.Token, late.Token);
        var result = await client.ConnectAsync(Options(will), limit.Token).ConfigureAwait(false);
        if (result.ResultCode != MqttClientConnectResultCode.Success)
        {
            Finish(result);
            return;
        }

        // A limit that the broker did not name arrives as null or 0.
        var receiveMaximum = result.ReceiveMaximum is { } most and > 0 ? most : Unlimited;
        slots = new(receiveMaximum);
        maximumPacket = result.MaximumPacketSize is { } longest and > 0 and < int.MaxValue
            ? (int)longest
            : int.MaxValue;
        var keepAlive = result.ServerKeepAlive > 0 ? TimeSpan.FromSeconds(result.ServerKeepAlive) : settings.KeepAlive;
        Hand(new BackendEvent.Opened(receiveMaximum, maximumPacket));

        // Both run until something fails or we are told to end; the failure of either is the end of the connection.
        await (await Task.WhenAny(WorkAsync(), WatchAsync(keepAlive)).ConfigureAwait(false)).ConfigureAwait(false);
    }

    MqttClientOptions Options(Will? will)
    {
        var options = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer(settings.Host, settings.Port)
            .WithStreamProvider(new MqttNetLine(settings, dialer))
            .WithClientId(settings.TerminalId)
            .WithCleanStart()
            .WithKeepAlivePeriod(settings.KeepAlive)
            .WithTimeout(OpenLimit)
            .WithMaximumPacketSize(LongestInbound);
        if (settings.User is not null)
        {
            options = options.WithCredentials(settings.User, settings.Password());
        }
        if (will is not null)
        {
            options = options.WithWillTopic(will.Topic).WithWillPayload(will.Payload).WithWillRetain()
                .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        }
        return options.Build();
    }

    async Task WorkAsync()
    {
        await foreach (var next in work.Reader.ReadAllAsync(end.Token).ConfigureAwait(false))
        {
            await next().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The library's keep-alive stands still while we publish or the wall clock goes back; this one does not.
    /// </summary>
    async Task WatchAsync(TimeSpan keepAlive)
    {
        while (true)
        {
            await Task.Delay(keepAlive / 2, Time, end.Token).ConfigureAwait(false);
            await WithinAsync(keepAlive, "a ping", client.PingAsync(end.Token)).ConfigureAwait(false);
        }
    }

    async Task SubscribeAsync(string filter)
    {
        var answer = client.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtLeastOnce, end.Token);
        await WithinAsync(MessageLimit, "a subscription", answer).ConfigureAwait(false);
        var result = await answer.ConfigureAwait(false);
        Hand(new BackendEvent.Subscribed((int)result.Items.First().ResultCode));
    }

    /// <summary>Waits for a free slot only; the broker's answer is awaited beside the work that follows.</summary>
    async Task PublishAsync(int token, Publication message)
    {
        if (message.Payload.Length + (3L * message.Topic.Length) + PacketOverhead > maximumPacket)
        {
            Hand(new BackendEvent.Published(token, ReasonCode.PacketTooLarge));
            return;
        }
        await slots.WaitAsync(end.Token).ConfigureAwait(false);
        _ = AnswerAsync(token, new()
        {
            Topic = message.Topic,
            PayloadSegment = message.Payload,
            Retain = message.Retain,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        });
    }

    async Task AnswerAsync(int token, MqttApplicationMessage message)
    {
        try
        {
            var answer = client.PublishAsync(message, end.Token);
            await WithinAsync(MessageLimit, "a message", answer).ConfigureAwait(false);
            var result = await answer.ConfigureAwait(false);
            slots.Release();
            Hand(new BackendEvent.Published(token, (int)result.ReasonCode));
        }
        catch (Exception e)
        {
            Finish(0, e.Message);
        }
    }

    /// <summary>What is late is never awaited again: the connection ends, and with it the call.</summary>
    async Task WithinAsync(TimeSpan limit, string what, Task answer)
    {
        try
        {
            await answer.WaitAsync(limit, Time, end.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"no answer to {what} within {limit.TotalSeconds:0} s");
        }
    }

    async Task PartAsync()
    {
        if (client.IsConnected)
        {
            using var limit = new CancellationTokenSource(PartingLimit);
            try
            {
                var parting = new MqttClientDisconnectOptions
                {
                    Reason = MqttClientDisconnectOptionsReason.DisconnectWithWillMessage,
                };
                await client.DisconnectAsync(parting, limit.Token).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // The line went first: the broker will notice.
            }
        }
        client.Dispose();
    }

    /// <summary>One event at a time, none after the end. A receiver's bug ends the connection.</summary>
    void Hand(BackendEvent happened)
    {
        lock (gate)
        {
            if (over)
            {
                return;
            }
            telling = true;
            try
            {
                tell(happened);
            }
            catch (Exception e)
            {
                Finish(0, $"{e.GetType().Name}: {e.Message}");
            }
            finally
            {
                telling = false;
            }
        }
    }

    void Finish(MqttClientConnectResult refusal) =>
        Finish((int)refusal.ResultCode, refusal.ReasonString ?? refusal.ResultCode.ToString());

    /// <summary>The first reason stands.</summary>
    void Finish(int code, string why)
    {
        lock (gate)
        {
            reason ??= (code, why);
        }
        end.Cancel();
    }
}
