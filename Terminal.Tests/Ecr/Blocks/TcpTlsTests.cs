using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Terminal.Device;
using Terminal.Ecr.Blocks;
using Terminal.Tests.Backend;

namespace Terminal.Tests.Ecr.Blocks;

/// <summary>The encrypted TCP line, with real certificates and real clients.</summary>
public sealed class TcpTlsTests : IDisposable
{
    readonly Certificates certificates = new();
    readonly ManualTime time = new();
    readonly BlockingCollection<string> turnedAway = [];
    readonly SemaphoreSlim ready = new(0);
    TcpPort? port;

    public void Dispose()
    {
        port?.Dispose();
        certificates.Dispose();
        turnedAway.Dispose();
        ready.Dispose();
    }

    [Fact]
    public async Task What_is_said_arrives_and_is_encrypted_on_the_way()
    {
        Listen(certificates.Issue("terminal"));
        using var till = await ConnectAsync();
        await till.WriteAsync(new byte[] { 6, 0, 0 });
        await ready.WaitAsync();
        using var line = port!.Open().Line!;
        var heard = new byte[3];
        Assert.Equal(3, await Task.Run(() => Read(line, heard)));
        Assert.Equal([6, 0, 0], heard);
        Assert.True(line.Write([0x80, 0, 0]));
        var answer = new byte[3];
        await till.ReadExactlyAsync(answer);

        Assert.Equal([0x80, 0, 0], answer);
        Assert.True(till.SslProtocol is SslProtocols.Tls12 or SslProtocols.Tls13);
    }

    /// <summary>It knows the root alone.</summary>
    [Fact]
    public async Task A_till_is_sent_the_intermediates()
    {
        using var below = certificates.Below("Intermediate authority");
        Listen(below.Issue("terminal"));
        using var till = await ConnectAsync();
        Assert.True(till.IsAuthenticated);
    }

    [Fact]
    public async Task Who_speaks_no_TLS_is_turned_away()
    {
        Listen(certificates.Issue("terminal"));
        using var client = new TcpClient();
        await client.ConnectAsync(At);
        await client.GetStream().WriteAsync(new byte[] { 0x06, 0x00, 0x06, 0, 0, 0, 0xBA, 0x09, 0x78 });

        Assert.Equal("127.0.0.1 turned away: no connection with TLS", turnedAway.Take());
        Assert.Null(port!.Open().Line);
    }

    /// <summary>Two strangers who say nothing, or a byte now and then: the till shakes hands beside them.</summary>
    [Fact]
    public async Task Who_is_slow_to_shake_hands_holds_up_nobody_and_is_ended()
    {
        Listen(certificates.Issue("terminal"));
        using var silent = new TcpClient();
        using var slow = new TcpClient();
        await silent.ConnectAsync(At);
        await slow.ConnectAsync(At);
        await slow.GetStream().WriteAsync(new byte[] { 0x16, 0x03 });
        using var till = await ConnectAsync();
        await ready.WaitAsync();
        using var line = port!.Open().Line;
        Assert.NotNull(line);

        await slow.GetStream().WriteAsync(new byte[] { 0x01 });
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal("127.0.0.1 turned away: no connection with TLS", turnedAway.Take());
        Assert.Equal("127.0.0.1 turned away: no connection with TLS", turnedAway.Take());
    }

    [Fact]
    public async Task With_an_authority_for_tills_only_who_has_its_certificate_gets_a_line()
    {
        using var others = new Certificates();
        Listen(certificates.Issue("terminal"), certificates.Ca);
        foreach (var stranger in (X509Certificate2?[])[null, Load(others.Issue("stranger"))])
        {
            await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                using var refused = await ConnectAsync(stranger);
                await refused.WriteAsync(new byte[] { 6 });
                // With TLS 1.3 it hears of it only now.
                Assert.NotEqual(0, await refused.ReadAsync(new byte[1]));
            });
            Assert.Equal("127.0.0.1 turned away: no connection with TLS", turnedAway.Take());
        }

        using var till = await ConnectAsync(Load(certificates.Issue("till")));
        await till.WriteAsync(new byte[] { 6 });
        await ready.WaitAsync();
        using var line = port!.Open().Line!;
        Assert.Equal(1, line.Read(new byte[1]));
    }

    [Fact]
    public void A_certificate_without_its_key_is_a_wrong_setting()
    {
        var (certificate, _) = certificates.Issue("one");
        var (_, key) = certificates.Issue("other");

        var e = Assert.Throws<SettingsException>(() => new TlsCertificate(certificate, key).Load());

        Assert.Equal("ecr.tcp.tls", e.Key);
    }

    [Fact]
    public void An_authority_that_is_none_is_a_wrong_setting()
    {
        var (certificate, key) = certificates.Issue("one");

        var e = Assert.Throws<SettingsException>(() => new TlsCertificate(certificate, key) { ClientCa = key }.Load());

        Assert.Equal("ecr.tcp.tls.clientCa", e.Key);
    }

    IPEndPoint At => (IPEndPoint)port!.Listening!;

    void Listen((string Certificate, string Key) own, string? clientCa = null)
    {
        port = new(new(IPAddress.Loopback, 0), turnedAway.Add)
        {
            Tls = new TlsCertificate(own.Certificate, own.Key) { ClientCa = clientCa }.Load(),
            Time = time,
            Ready = () => ready.Release(),
        };
        Assert.Null(port.Open().Line);
    }

    async Task<SslStream> ConnectAsync(X509Certificate2? own = null)
    {
        var client = new TcpClient();
        await client.ConnectAsync(At);
        var stream = new SslStream(client.GetStream());
        var trusting = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        trusting.CustomTrustStore.ImportFromPemFile(certificates.Ca);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1",
            CertificateChainPolicy = trusting,
            ClientCertificates = own is null ? null : [own],
        });
        return stream;
    }

    static X509Certificate2 Load((string Certificate, string Key) files) =>
        X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);

    static int Read(ISerialLine line, byte[] bytes)
    {
        var done = 0;
        while (done < bytes.Length && line.Read(bytes.AsSpan(done)) is > 0 and var read)
        {
            done += read;
        }
        return done;
    }
}
