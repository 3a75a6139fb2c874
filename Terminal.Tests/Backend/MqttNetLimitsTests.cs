using System.Net;
using System.Net.Sockets;
using Terminal.Backend;
using Terminal.Device;

namespace Terminal.Tests.Backend;

/// <summary>What MQTTnet leaves to its user: deadlines, a watchdog, the broker's limits, where to connect to.</summary>
public sealed class MqttNetLimitsTests : IDisposable
{
    static readonly IPAddress Nobody = IPAddress.Parse("127.0.0.9");

    readonly ManualTime time = new();
    readonly Events events = new();
    readonly Queue<Func<IPAddress[]>> lookups = [];
    readonly Dialer dialer;
    MqttNetBackend? link;

    public MqttNetLimitsTests() =>
        dialer = new(time, _ => Task.FromResult(lookups.Dequeue()()));

    public void Dispose()
    {
        link?.Dispose();
        dialer.Dispose();
    }

    [Fact]
    public void A_message_that_is_not_answered_ends_the_connection()
    {
        using var broker = new ScriptedBroker { AnswersMessages = false };
        Open(broker, TimeSpan.FromMinutes(10));
        link!.Publish(1, new("a", [1]));
        Assert.Equal(ScriptedBroker.Publish, broker.Next());

        BackendEvent.Ended? ended = null;
        for (var i = 0; i < 600 && ended is null; i++) // The deadline is set on another thread.
        {
            time.Advance(TimeSpan.FromSeconds(1));
            ended = events.Has<BackendEvent.Ended>();
        }
        Assert.Contains("no answer to a message", ended?.Why, StringComparison.Ordinal);
    }

    /// <summary>The library pings only when it sends nothing else, so it never finds a half-open line.</summary>
    [Fact]
    public void A_broker_that_answers_no_ping_is_given_up_however_much_we_send()
    {
        using var broker = new ScriptedBroker { AnswersPings = false };
        Open(broker);
        BackendEvent happened;
        do
        {
            link!.Publish(1, new("a", [1]));
            time.Advance(TimeSpan.FromSeconds(1));
            happened = events.Any();
        }
        while (happened is BackendEvent.Published);

        var ended = Assert.IsType<BackendEvent.Ended>(happened);
        Assert.Contains("no answer to a ping", ended.Why, StringComparison.Ordinal);
    }

    /// <summary>The library's own pings wait for the wall clock, which in this test stands still.</summary>
    [Fact]
    public void Pings_leave_by_the_monotonic_clock_whatever_the_wall_clock_does()
    {
        using var broker = new ScriptedBroker();
        Open(broker);
        for (var i = 0; i < 3; i++)
        {
            AdvanceUntilHeard(broker, TimeSpan.FromSeconds(30));
        }
    }

    [Fact]
    public void A_broker_that_wants_to_hear_from_us_more_often_does()
    {
        using var broker = new ScriptedBroker(0x13, 0, 10);
        Open(broker, TimeSpan.FromMinutes(10));

        AdvanceUntilHeard(broker, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void No_more_messages_are_under_way_than_the_broker_takes()
    {
        using var broker = new ScriptedBroker(0x21, 0, 2) { AnswersMessages = false };
        Open(broker, TimeSpan.FromSeconds(4));
        for (var token = 1; token <= 3; token++)
        {
            link!.Publish(token, new("a", [1]));
        }
        Assert.Equal((ScriptedBroker.Publish, ScriptedBroker.Publish), (broker.Next(), broker.Next()));
        AdvanceUntilHeard(broker, TimeSpan.FromSeconds(2));

        broker.Answer();

        Assert.Equal(1, events.Next<BackendEvent.Published>().Token);
        Assert.Equal(ScriptedBroker.Publish, broker.Next());
    }

    [Fact]
    public void A_message_longer_than_the_broker_takes_never_leaves()
    {
        using var broker = new ScriptedBroker(0x27, 0, 0, 1, 0);
        Open(broker);

        link!.Publish(1, new("a", new byte[300]));

        Assert.Equal(new BackendEvent.Published(1, ReasonCode.PacketTooLarge), events.Next<BackendEvent.Published>());
        link.Publish(2, new("a", [1]));
        Assert.Equal(2, events.Next<BackendEvent.Published>().Token);
        Assert.Equal(ScriptedBroker.Publish, broker.Next());
    }

    [Fact]
    public void An_address_where_nobody_is_gives_way_to_the_next()
    {
        using var broker = new ScriptedBroker();
        lookups.Enqueue(() => [Nobody, IPAddress.Loopback]);

        Open(broker, host: "broker.example");
    }

    [Fact]
    public void The_last_good_address_serves_while_the_lookup_fails()
    {
        using var broker = new ScriptedBroker();
        lookups.Enqueue(() => [IPAddress.Loopback]);
        lookups.Enqueue(() => throw new SocketException((int)SocketError.TryAgain));
        Open(broker, host: "broker.example");
        link!.Dispose();
        events.Next<BackendEvent.Ended>();
        time.Advance(TimeSpan.FromMinutes(1));

        Open(broker, host: "broker.example");

        Assert.Empty(lookups);
    }

    [Fact]
    public void A_name_without_an_address_is_the_end_and_says_so()
    {
        lookups.Enqueue(() => throw new SocketException((int)SocketError.HostNotFound));
        link = new(new("broker.example", 1883, "T-1"), dialer, events.Add);

        link.Open(null);

        Assert.NotEmpty(events.Next<BackendEvent.Ended>().Why);
    }

    void Open(ScriptedBroker broker, TimeSpan? keepAlive = null, string host = "127.0.0.1")
    {
        var settings = new BackendSettings(host, broker.Port, "T-1")
        {
            KeepAlive = keepAlive ?? TimeSpan.FromSeconds(60),
        };
        link = new(settings, dialer, events.Add) { Time = time };
        link.Open(null);
        events.Next<BackendEvent.Opened>();
    }

    /// <summary>The timer is set on another thread: what is too late for one step of time rings at the next.</summary>
    void AdvanceUntilHeard(ScriptedBroker broker, TimeSpan span)
    {
        var heard = Task.Run(broker.Next);
        do
        {
            time.Advance(span);
        }
        while (!heard.Wait(TimeSpan.FromMilliseconds(500)));
        Assert.Equal(ScriptedBroker.Ping, heard.Result);
    }
}
