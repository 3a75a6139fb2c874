using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using MQTTnet.Channel;
using Terminal.Device;

namespace Terminal.Backend;

/// <summary>
/// The byte stream under MQTTnet. The library's own stream does not serve: it sends no intermediate certificates, asks
/// for revocation lists that a terminal cannot reach, and drops its last write on closing.
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
        var (policy, own) = tls.Load();
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = settings.Host,
            CertificateChainPolicy = policy,
            ClientCertificateContext = own,
        };
        var secured = new SslStream(line);
        await secured.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
        return secured;
    }
}
