using Sandbox.Backend;
using Terminal.Backend;
using Terminal.Device;

namespace Terminal.Tests.Backend;

/// <summary>A connection to a real mosquitto that wants certificates.</summary>
public sealed class MqttNetTlsTests : IDisposable
{
    readonly Certificates certificates = new();
    readonly Certificates strangers = new();
    readonly Broker broker;
    readonly Dialer dialer = new(TimeProvider.System);
    readonly Events events = new();
    MqttNetBackend? link;

    public MqttNetTlsTests()
    {
        var (certificate, key) = certificates.Issue("broker");
        broker = new(
            $"cafile {certificates.Ca}", $"certfile {certificate}", $"keyfile {key}",
            "require_certificate true", "use_identity_as_username true");
        broker.Start();
    }

    public void Dispose()
    {
        link?.Dispose();
        dialer.Dispose();
        broker.Dispose();
        certificates.Dispose();
        strangers.Dispose();
    }

    [Fact]
    public void Both_sides_show_a_certificate_of_the_authority_that_the_other_trusts()
    {
        var (certificate, key) = certificates.Issue("T-1");

        Open(new(certificates.Ca, certificate, key));

        Assert.NotNull(events.Next<BackendEvent.Opened>());
        link!.Publish(5, new("a", [1]));
        Assert.Equal(5, events.Next<BackendEvent.Published>().Token);
    }

    [Fact]
    public void A_broker_whose_certificate_nobody_we_trust_has_signed_is_not_spoken_to()
    {
        var (certificate, key) = certificates.Issue("T-1");

        Open(new(strangers.Ca, certificate, key));

        Assert.NotEmpty(events.Next<BackendEvent.Ended>().Why);
    }

    [Fact]
    public void Without_a_certificate_the_broker_does_not_let_us_in()
    {
        Open(new(certificates.Ca, null, null));

        Assert.NotEmpty(events.Next<BackendEvent.Ended>().Why);
    }

    [Fact]
    public void A_certificate_of_another_authority_does_not_let_us_in()
    {
        var (certificate, key) = strangers.Issue("T-1");

        Open(new(certificates.Ca, certificate, key));

        Assert.NotEmpty(events.Next<BackendEvent.Ended>().Why);
    }

    [Fact]
    public void An_intermediate_authority_is_sent_with_the_certificate_that_it_signed()
    {
        using var intermediate = certificates.Below("Shops");
        var (certificate, key) = intermediate.Issue("T-1");

        Open(new(certificates.Ca, certificate, key));

        Assert.NotNull(events.Next<BackendEvent.Opened>());
    }

    void Open(BackendTls tls)
    {
        link = new MqttNetBackend(new("127.0.0.1", broker.Port, "T-1") { Tls = tls }, dialer, events.Add);
        link.Open(null);
    }
}
