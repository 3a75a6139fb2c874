using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Terminal.Device;
using Terminal.Ecr;
using Terminal.Tests.Backend;

namespace Terminal.Tests.Ecr;

/// <summary>The encrypted TCP line, with a real certificate and a real client.</summary>
public sealed class TcpTlsTests : IDisposable
{
    readonly Certificates certificates = new();
    readonly TaskCompletionSource ready = new();
    readonly TcpPort port;

    public TcpTlsTests()
    {
        var (certificate, key) = certificates.Issue("terminal");
        port = new(new(IPAddress.Loopback, 0), _ => { })
        {
            Certificate = new TlsCertificate(certificate, key).Load(),
            Ready = ready.SetResult,
        };
        Assert.Null(port.Open().Line);
    }

    public void Dispose()
    {
        port.Dispose();
        certificates.Dispose();
    }

    [Fact]
    public async Task What_is_said_arrives_and_is_encrypted_on_the_way()
    {
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)port.Listening!);
        await ready.Task;
        using var line = port.Open().Line!;
        var heard = Task.Run(() => Read(line, 3));
        using var till = new SslStream(client.GetStream(), false, (_, certificate, _, _) =>
            certificate?.Subject == "CN=terminal");
        await till.AuthenticateAsClientAsync("terminal");

        await till.WriteAsync(new byte[] { 6, 0, 0 });
        Assert.Equal([6, 0, 0], await heard);
        Assert.True(line.Write([0x80, 0, 0]));
        var answer = new byte[3];
        await till.ReadExactlyAsync(answer);

        Assert.Equal([0x80, 0, 0], answer);
        Assert.True(till.SslProtocol is SslProtocols.Tls12 or SslProtocols.Tls13);
    }

    [Fact]
    public async Task Who_speaks_no_TLS_gets_no_line()
    {
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)port.Listening!);
        await ready.Task;
        using var line = port.Open().Line!;
        await client.GetStream().WriteAsync(new byte[] { 0x06, 0x00, 0x06, 0, 0, 0, 0xBA, 0x09, 0x78 });

        Assert.Equal(0, line.Read(new byte[16]));
        Assert.False(line.Write([1]));
    }

    [Fact]
    public void A_certificate_without_its_key_is_a_wrong_setting()
    {
        var (certificate, _) = certificates.Issue("one");
        var (_, key) = certificates.Issue("other");

        var e = Assert.Throws<SettingsException>(() => new TlsCertificate(certificate, key).Load());

        Assert.Equal("ecr.tcp.tls", e.Key);
    }

    static byte[] Read(ISerialLine line, int count)
    {
        var bytes = new byte[count];
        for (var done = 0; done < count;)
        {
            var read = line.Read(bytes.AsSpan(done));
            Assert.NotEqual(0, read);
            done += read;
        }
        return bytes;
    }
}
