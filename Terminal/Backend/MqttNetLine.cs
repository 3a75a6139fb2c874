using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;
using Terminal.Device;

namespace Terminal.Backend;

/// <summary>
/// The byte stream under MQTTnet. Ours, because its own sends no intermediate certificates, asks for revocation lists
/// that a terminal cannot reach, and throws away what it wrote last when it closes.
/// </summary>
sealed class MqttNetLine(BackendSettings settings, Dialer dialer) : IMqttClientStreamProvider
{
    public async Task<Stream> ConnectAsync(EndPoint brokerEndPoint, CancellationToken cancellationToken)
    {
        var socket = await dialer.ConnectAsync(settings.Host, settings.Port, cancellationToken).ConfigureAwait(false);
        try
        {
            var line = new NetworkStream(socket, ownsSocket: true);
            return settings.Tls is { } tls
                ? await SecureAsync(line, tls, cancellationToken).ConfigureAwait(false)
                : line;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    async Task<Stream> SecureAsync(NetworkStream line, BackendTls tls, CancellationToken cancellationToken)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (tls.Ca is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.ImportFromPemFile(tls.Ca);
        }
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = settings.Host,
            CertificateChainPolicy = policy,
        };
        if (tls.Certificate is not null)
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(tls.Certificate);
            var own = X509Certificate2.CreateFromPemFile(tls.Certificate, tls.Key);
            options.ClientCertificateContext = SslStreamCertificateContext.Create(own, chain, offline: true);
        }
        var secured = new SslStream(line);
        await secured.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
        return secured;
    }
}
