using System.Net.Security;
using System.Net.Sockets;
using Terminal.Device;

namespace Terminal.Acquirer;

/// <summary>
/// The open connections to the gateway. One that was silent for a while is not used again: a router may have forgotten
/// it without a word, and a payment that is written into it is lost.
/// </summary>
sealed class GatewayPool(AmsSettings settings, TimeProvider time, Dialer dialer) : IDisposable
{
    /// <summary>Longer than the pause between two probes, shorter than the patience of routers (30 s and more).
    /// </summary>
    static readonly TimeSpan Trusted = TimeSpan.FromSeconds(20);

    const int MostConnections = 16;

    readonly Lock gate = new();
    readonly SslClientAuthenticationOptions tls = new() { CertificateChainPolicy = settings.Trusted() };
    HttpMessageInvoker? http;
    long aliveAt;

    /// <summary>For one call. The connections before, if they are not trusted, end with the calls that use them.
    /// </summary>
    public HttpMessageInvoker ForCall()
    {
        lock (gate)
        {
            if (http is null || time.GetElapsedTime(aliveAt) >= Trusted)
            {
                http?.Dispose();
                http = new(Handler());
                aliveAt = time.GetTimestamp();
            }
            return http;
        }
    }

    /// <summary>The gateway answered just now.</summary>
    public void Answered()
    {
        lock (gate)
        {
            aliveAt = time.GetTimestamp();
        }
    }

    /// <summary>A call got no answer: what became of its connection may have become of the others.</summary>
    public void Suspect()
    {
        lock (gate)
        {
            http?.Dispose();
            http = null;
        }
    }

    public void Dispose() => Suspect();

    SocketsHttpHandler Handler() => new()
    {
        ConnectCallback = async (context, stop) => new NetworkStream(
            await dialer.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, stop).ConfigureAwait(false),
            ownsSocket: true),
        PlaintextStreamFilter = (context, _) => new(new WipingStream(context.PlaintextStream)),
        ConnectTimeout = settings.ConnectLimit,
        AllowAutoRedirect = false, // A 307 would repeat the request elsewhere.
        UseCookies = false,
        UseProxy = false,
        MaxConnectionsPerServer = MostConnections,
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 0,
        PooledConnectionIdleTimeout = Trusted, // The spare ones.
        PooledConnectionLifetime = TimeSpan.FromMinutes(10), // Then ask DNS again.
        SslOptions = tls,
    };
}
