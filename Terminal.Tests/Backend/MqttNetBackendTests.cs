using System.Security.Cryptography;
using System.Text;
using Sandbox.Backend;
using Terminal.Backend;
using Terminal.Device;

namespace Terminal.Tests.Backend;

/// <summary>A connection to a real mosquitto.</summary>
public sealed class MqttNetBackendTests : IDisposable
{
    readonly Dialer dialer = new(TimeProvider.System);
    readonly List<MqttNetBackend> links = [];
    Broker? broker;

    public void Dispose()
    {
        links.ForEach(l => l.Dispose());
        dialer.Dispose();
        broker?.Dispose();
    }

    [Fact]
    public void An_opened_connection_knows_the_brokers_limits()
    {
        Start("max_packet_size 20000");
        var (_, events) = Connect("T-1");

        Assert.Equal(new BackendEvent.Opened(20, 20_000), events.Opened);
    }

    [Fact]
    public void A_published_message_reaches_a_subscriber_and_its_answer_carries_the_token()
    {
        Start();
        var (reader, read) = Connect("reader");
        Subscribe(reader, read, "a/+");
        var (writer, written) = Connect("writer");

        writer.Publish(77, new("a/b", [1, 2, 3]));

        Assert.Equal(new BackendEvent.Published(77, 0), written.Next<BackendEvent.Published>());
        var received = read.Next<BackendEvent.Received>();
        Assert.Equal("a/b", received.Topic);
        Assert.Equal([1, 2, 3], received.Payload);
    }

    [Fact]
    public void Messages_arrive_in_the_order_of_publishing()
    {
        Start();
        var (reader, read) = Connect("reader");
        Subscribe(reader, read, "a");
        var (writer, _) = Connect("writer");

        for (var i = 0; i < 20; i++)
        {
            writer.Publish(i + 1, new("a", [(byte)i]));
        }

        var order = Enumerable.Range(0, 20).Select(_ => (int)read.Next<BackendEvent.Received>().Payload[0]);
        Assert.Equal(Enumerable.Range(0, 20), order);
    }

    [Fact]
    public void A_message_that_nobody_reads_is_told_so()
    {
        Start();
        var (writer, events) = Connect("writer");

        writer.Publish(1, new("a", [1]));

        var answer = events.Next<BackendEvent.Published>();
        Assert.Equal(new BackendEvent.Published(1, ReasonCode.NoMatchingSubscribers), answer);
    }

    [Fact]
    public void A_retained_message_is_there_for_those_who_come_later()
    {
        Start();
        var (writer, written) = Connect("writer");
        writer.Publish(1, new("a", [9], Retain: true));
        written.Next<BackendEvent.Published>();

        var (reader, read) = Connect("reader");
        Subscribe(reader, read, "a");

        Assert.Equal([9], read.Next<BackendEvent.Received>().Payload);
    }

    [Fact]
    public void The_will_is_published_when_the_connection_is_ended_in_good_order()
    {
        Start();
        var (reader, read) = Connect("reader");
        Subscribe(reader, read, "w");
        var (writer, _) = Connect("writer", new Will("w", [7]));

        writer.Dispose();

        Assert.Equal([7], read.Next<BackendEvent.Received>().Payload);
    }

    [Fact]
    public void The_will_is_published_and_the_end_told_when_another_client_takes_the_name()
    {
        Start();
        var (reader, read) = Connect("reader");
        Subscribe(reader, read, "w");
        var (_, first) = Connect("twin", new Will("w", [7]));

        Connect("twin");

        first.Next<BackendEvent.Ended>();
        Assert.Equal([7], read.Next<BackendEvent.Received>().Payload);
    }

    [Fact]
    public void A_message_longer_than_the_brokers_packets_is_refused_and_the_connection_stays()
    {
        Start("max_packet_size 2000");
        var (writer, events) = Connect("writer");

        writer.Publish(1, new("a", new byte[4000]));
        Assert.Equal(new BackendEvent.Published(1, ReasonCode.PacketTooLarge), events.Next<BackendEvent.Published>());
        writer.Publish(2, new("a", [1]));

        Assert.Equal(2, events.Next<BackendEvent.Published>().Token);
    }

    [Fact]
    public void A_topic_that_may_not_be_written_is_told_so()
    {
        var acl = Path.GetTempFileName();
        File.WriteAllText(acl, "topic readwrite mine/#\n");
        Start("acl_file " + acl);
        var (writer, events) = Connect("writer");

        writer.Publish(1, new("yours", [1]));

        Assert.Equal(new BackendEvent.Published(1, ReasonCode.NotAuthorized), events.Next<BackendEvent.Published>());
        File.Delete(acl);
    }

    [Fact]
    public void A_broker_that_refuses_says_why()
    {
        Start("allow_anonymous false");
        var events = new Events();

        Open(new("127.0.0.1", broker!.Port, "T-1"), events).Open(null);

        Assert.Equal(ReasonCode.NotAuthorized, events.Next<BackendEvent.Ended>().Code);
    }

    [Fact]
    public void Without_a_broker_the_end_is_told_too()
    {
        Start();
        broker!.Kill();
        var events = new Events();

        Open(new("127.0.0.1", broker.Port, "T-1"), events).Open(null);

        var ended = events.Next<BackendEvent.Ended>();
        Assert.Equal(0, ended.Code);
        Assert.NotEmpty(ended.Why);
    }

    [Fact]
    public void A_killed_broker_is_the_end()
    {
        Start();
        var (_, events) = Connect("T-1");

        broker!.Kill();

        Assert.Equal(0, events.Next<BackendEvent.Ended>().Code);
    }

    [Fact]
    public void Calls_after_the_end_do_nothing()
    {
        Start();
        var (link, events) = Connect("T-1");
        broker!.Kill();
        events.Next<BackendEvent.Ended>();

        link.Publish(1, new("a", [1]));
        link.Subscribe("a");
        link.Dispose();
        link.Dispose();

        Assert.Equal(0, events.Waiting);
    }

    [Fact]
    public void A_receiver_that_disposes_the_connection_while_it_is_told_does_no_harm()
    {
        Start();
        for (var round = 0; round < 20; round++)
        {
            MqttNetBackend? link = null;
            var events = new Events();
            link = new MqttNetBackend(new("127.0.0.1", broker!.Port, "T-1"), dialer, happened =>
            {
                events.Add(happened);
                if (happened is BackendEvent.Opened)
                {
                    link!.Publish(1, new("a", [1]));
                }
                else if (happened is BackendEvent.Published)
                {
                    link!.Dispose();
                }
            });
            link.Open(null);

            events.Next<BackendEvent.Published>();
            Assert.Equal(0, events.Next<BackendEvent.Ended>().Code);
        }
    }

    [Fact]
    public void A_receiver_that_throws_ends_the_connection_not_the_process()
    {
        Start();
        var events = new Events();
        using var link = new MqttNetBackend(new("127.0.0.1", broker!.Port, "T-1"), dialer, happened =>
        {
            if (happened is not BackendEvent.Ended)
            {
                throw new InvalidOperationException("a bug");
            }
            events.Add(happened);
        });

        link.Open(null);

        Assert.Contains("a bug", events.Next<BackendEvent.Ended>().Why, StringComparison.Ordinal);
    }

    [Fact]
    public void User_and_password_are_given_to_the_broker()
    {
        var folder = Directory.CreateTempSubdirectory("users-");
        var users = Path.Combine(folder.FullName, "users");
        var password = Path.Combine(folder.FullName, "password");
        File.WriteAllText(password, "secret\n");
        // PBKDF2 as mosquitto_passwd writes it: $7$iterations$salt$hash.
        var salt = Encoding.ASCII.GetBytes("twelve bytes");
        var hash = Rfc2898DeriveBytes.Pbkdf2(
            "secret", salt, 101, HashAlgorithmName.SHA512, 64);
        File.WriteAllText(users, $"T-1:$7$101${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}\n");
        Start("allow_anonymous false", "password_file " + users);
        var events = new Events();

        Open(new("127.0.0.1", broker!.Port, "T-1") { User = "T-1", PasswordFile = password }, events).Open(null);

        Assert.NotNull(events.Next<BackendEvent.Opened>());
        folder.Delete(recursive: true);
    }

    void Start(params string[] settings)
    {
        broker = new(settings);
        broker.Start();
    }

    MqttNetBackend Open(BackendSettings settings, Events events)
    {
        var link = new MqttNetBackend(settings, dialer, events.Add);
        links.Add(link);
        return link;
    }

    (MqttNetBackend Link, Events Events) Connect(string name, Will? will = null)
    {
        var events = new Events();
        var link = Open(new("127.0.0.1", broker!.Port, name), events);
        link.Open(will);
        events.Opened = events.Next<BackendEvent.Opened>();
        return (link, events);
    }

    static void Subscribe(MqttNetBackend link, Events events, string filter)
    {
        link.Subscribe(filter);
        Assert.InRange(events.Next<BackendEvent.Subscribed>().Code, 0, 2);
    }
}
