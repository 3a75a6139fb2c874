using System.Buffers;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Terminal.Device;

namespace Terminal.Backend;

/// <summary>
/// A connection by MQTTnet, with four things that the library leaves to its user: a time limit for each message, a
/// watchdog that pings whatever else is sent and whatever the wall clock does, and the broker's limits on unanswered
/// messages and on packet length.
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

    // A receiver that disposes us within an event must not wait for itself.
    [ThreadStatic]
    static bool telling;

    readonly Lock gate = new();
    readonly CancellationTokenSource end = new();
    readonly IMqttClient client = new MqttClientFactory().CreateMqttClient();

    // What the connection has to do, in order; the caller's window bounds it.
    readonly Channel<Func<Task>> work = Channel.CreateUnbounded<Func<Task>>();

    /// <summary>All limits are measured by this provider's monotonic clock.</summary>
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
    /// Leaves the broker in a way that makes it publish the will; waits for that at most a few seconds.
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
                // Called on a thread of the library, sometimes before ConnectAsync has returned the same refusal.
                if (lost.ConnectResult is { ResultCode: not MqttClientConnectResultCode.Success } refusal)
                {
                    Finish(refusal);
                    return Task.CompletedTask;
                }
                // Without an exception the code is the broker's, or 0 if the broker just closed.
                var code = lost is { ClientWasConnected: true, Exception: null } ? (int)lost.Reason : 0;
                Finish(code, lost.Exception?.Message ?? lost.ReasonString ?? lost.Reason.ToString());
                return Task.CompletedTask;
            };
            // Done before the connection's time limit starts, so that a slow lookup does not use it up.
            await dialer.FindAsync(settings.Host, end.Token).ConfigureAwait(false);
            await ConnectAsync(will).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Whatever the library, the socket or TLS throws: this connection has ended.
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

        // A limit that the broker did not state arrives as null or 0.
        var receiveMaximum = result.ReceiveMaximum is { } most and > 0 ? most : Unlimited;
        slots = new(receiveMaximum);
        maximumPacket = result.MaximumPacketSize is { } longest and > 0 and < int.MaxValue
            ? (int)longest
            : int.MaxValue;
        var keepAlive = result.ServerKeepAlive > 0 ? TimeSpan.FromSeconds(result.ServerKeepAlive) : settings.KeepAlive;
        Hand(new BackendEvent.Opened(receiveMaximum, maximumPacket));

        // Both run until one fails or we are told to end; if either fails, the connection ends.
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
    /// Pings by the monotonic clock: the library's keep-alive stops while we publish or when the wall clock goes back.
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

    /// <summary>Waits only for a free slot; the broker's answer is awaited while further work goes on.</summary>
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

    /// <summary>A late answer is not awaited again: the connection ends, and the call with it.</summary>
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
                // The line was already lost, and the broker will notice that.
            }
        }
        client.Dispose();
    }

    /// <summary>
    /// Reports one event at a time, and none after the end. An exception in the receiver ends the connection.
    /// </summary>
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

    /// <summary>Ends the connection; the first reason stays.</summary>
    void Finish(int code, string why)
    {
        lock (gate)
        {
            reason ??= (code, why);
        }
        end.Cancel();
    }
}
