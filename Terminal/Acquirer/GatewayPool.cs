using System.Net.Security;
using System.Net.Sockets;
using Terminal.Device;

namespace Terminal.Acquirer;

/// <summary>
/// The open connections to the gateway. A connection that has been silent for a while is not used again: a router may
/// have dropped it without notice, and a payment sent on it would be lost.
/// </summary>
sealed class GatewayPool(AmsSettings settings, TimeProvider time, Dialer dialer) : IDisposable
{
    /// <summary>
    /// Longer than the pause between two probes, shorter than routers keep a silent connection (30 s or more).
    /// </summary>
    static readonly TimeSpan Trusted = TimeSpan.FromSeconds(20);

    const int MostConnections = 16;

    readonly Lock gate = new();
    readonly SslClientAuthenticationOptions tls = new() { CertificateChainPolicy = settings.Trusted() };
    HttpMessageInvoker? http;
    long aliveAt;

    /// <summary>
    /// The connections for one call. Earlier connections that are no longer trusted are closed when their calls are
    /// over.
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

    /// <summary>A call got no answer, so the other connections may be lost as well.</summary>
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
        PooledConnectionIdleTimeout = Trusted, // For spare connections.
        PooledConnectionLifetime = TimeSpan.FromMinutes(10), // After that DNS is asked again.
        SslOptions = tls,
    };
}
