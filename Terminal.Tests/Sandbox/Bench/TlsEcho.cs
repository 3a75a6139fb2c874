using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sandbox.Bench;

/// <summary>The least that a request to a gateway costs here: its bytes over TLS and back, on the loopback.</summary>
sealed class TlsEcho : IDisposable
{
    /// <summary>About what a pay request has, head and body.</summary>
    const int Size = 1536;

    readonly byte[] bytes = new byte[Size];
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly X509Certificate2 certificate = SelfSigned();
    readonly SslStream client;

    public TlsEcho()
    {
        listener.Start();
        _ = Task.Run(ServeAsync);
        var socket = new TcpClient { NoDelay = true };
        socket.Connect((IPEndPoint)listener.LocalEndpoint);
        client = new(socket.GetStream(), leaveInnerStreamOpen: false, (_, shown, _, _) => certificate.Equals(shown));
        client.AuthenticateAsClient("localhost");
        Exchange();
    }

    public TimeSpan Exchange()
    {
        var since = Stopwatch.GetTimestamp();
        client.Write(bytes);
        client.ReadExactly(bytes);
        return Stopwatch.GetElapsedTime(since);
    }

    public void Dispose()
    {
        client.Dispose();
        listener.Dispose();
        certificate.Dispose();
    }

    static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    async Task ServeAsync()
    {
        using var socket = await listener.AcceptTcpClientAsync();
        socket.NoDelay = true;
        await using var server = new SslStream(socket.GetStream());
        await server.AuthenticateAsServerAsync(certificate);
        var buffer = new byte[Size];
        while (await server.ReadAtLeastAsync(buffer, Size, throwOnEndOfStream: false) == Size)
        {
            await server.WriteAsync(buffer);
        }
    }
}
