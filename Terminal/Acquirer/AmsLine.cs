using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Terminal.Device;
using Terminal.Payments;

namespace Terminal.Acquirer;

/// <summary>One signed request, one verified response, over HTTP/1.1 and TLS; never repeated or redirected.</summary>
sealed class AmsLine : IDisposable
{
    const int LongestBody = 64 * 1024;
    const int MostConnections = 16;

    readonly AmsSettings settings;
    readonly TimeProvider time;
    readonly GatewayClock clock;
    readonly Dialer dialer;
    readonly AmsKeys keys;
    readonly HttpMessageInvoker http;
    int state;

    public AmsLine(AmsSettings settings, TimeProvider time, GatewayClock clock, Dialer dialer)
    {
        this.settings = settings;
        this.time = time;
        this.clock = clock;
        this.dialer = dialer;
        keys = new(settings);
        http = new(Handler(settings, dialer));
    }

    /// <summary>How the newest call went; any thread.</summary>
    public GatewayState State => (GatewayState)Volatile.Read(ref state);

    /// <summary>Told of each change of <see cref="State"/>, on any thread.</summary>
    public Action<GatewayState> Report { get; set; } = _ => { };

    /// <param name="write">Makes the request.</param>
    /// <param name="read">Reads a verified body.</param>
    /// <param name="limit">Ends the call and closes its connection.</param>
    public async Task<GatewayAnswer> Ask(
        Func<AmsRequest> write, Func<byte[], GatewayAnswer> read, CancellationToken limit)
    {
        OnceContent? content = null;
        try
        {
            var request = write();
            content = new(request.Body);
            var path = settings.Path(request.Call);
            await dialer.FindAsync(settings.Url.IdnHost, limit).ConfigureAwait(false);
            using var message = Message(path, request.Body, content);
            var sentAt = time.GetTimestamp();
            using var response = await http.SendAsync(message, limit).ConfigureAwait(false);
            var body = response.StatusCode == HttpStatusCode.OK
                ? await Body(response.Content, limit).ConfigureAwait(false)
                : null;
            var back = new AmsResponse(
                (int)response.StatusCode, Header(response, "response-time"), Header(response, "signature"), body);
            if (back.Problem(path, settings.ClientId, keys.Verify) is { } problem)
            {
                Saw(body is null ? GatewayState.Silent : GatewayState.Untrusted);
                return new GatewayAnswer.Unknown(problem);
            }
            Saw(GatewayState.Answering);
            clock.Learn(back.Time, sentAt);
            return read(body!);
        }
        catch (Exception e) // Whatever went wrong with the link is an answer.
        {
            var unsent = content?.Seal() != false;
            Saw(e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }
                ? GatewayState.Untrusted
                : unsent ? GatewayState.Unreachable : GatewayState.Silent);
            return unsent ? new GatewayAnswer.NotSent(Why(e)) : new GatewayAnswer.Unknown(Why(e));
        }
    }

    public void Dispose()
    {
        http.Dispose();
        keys.Dispose();
    }

    void Saw(GatewayState now)
    {
        if (Interlocked.Exchange(ref state, (int)now) != (int)now)
        {
            Report(now);
        }
    }

    HttpRequestMessage Message(string path, byte[] body, OnceContent content)
    {
        var now = AmsRequest.Time(clock.Now);
        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.Url, path))
        {
            Content = content,
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=UTF-8");
        message.Headers.TryAddWithoutValidation("Client-Id", settings.ClientId);
        message.Headers.TryAddWithoutValidation("Request-Time", now);
        message.Headers.TryAddWithoutValidation(
            "Signature", keys.Sign(AmsSignature.Content(path, settings.ClientId, now, body)));
        return message;
    }

    /// <summary>Null at the limit; what follows is not read.</summary>
    static async Task<byte[]?> Body(HttpContent content, CancellationToken limit)
    {
        // One byte more than announced or allowed tells that there is more.
        var buffer = new byte[Math.Min(content.Headers.ContentLength ?? LongestBody, LongestBody) + 1];
        var length = 0;
        using var stream = await content.ReadAsStreamAsync(limit).ConfigureAwait(false);
        while (length < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), limit).ConfigureAwait(false);
            if (read == 0)
            {
                return buffer[..length];
            }
            length += read;
        }
        return null;
    }

    /// <summary>Empty unless the header is there exactly once.</summary>
    static string Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) && values.Count == 1 ? values.Single() : "";

    static string Why(Exception e) => e switch
    {
        OperationCanceledException => "no answer in time",
        HttpRequestException http => http.HttpRequestError.ToString(),
        SocketException socket => socket.SocketErrorCode.ToString(),
        _ => e.GetType().Name,
    };

    static SocketsHttpHandler Handler(AmsSettings settings, Dialer dialer) => new()
    {
        ConnectCallback = async (context, stop) => new NetworkStream(
            await dialer.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, stop).ConfigureAwait(false),
            ownsSocket: true),
        ConnectTimeout = settings.ConnectLimit,
        AllowAutoRedirect = false, // A 307 would repeat the request elsewhere.
        UseCookies = false,
        UseProxy = false,
        MaxConnectionsPerServer = MostConnections,
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 0,
        // Longer than the pause between two probes, shorter than the 60 s after which many servers hang up.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(55),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10), // Then ask DNS again.
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trust(settings.CaFile) },
    };

    /// <returns>Null: whom the system trusts.</returns>
    /// <exception cref="SettingsException">The file holds no certificate.</exception>
    public static X509ChainPolicy? Trust(string? caFile)
    {
        if (caFile is null)
        {
            return null;
        }
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(caFile);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException("acquirer.ca", $"{caFile} ({e.Message})", "PEM certificates");
        }
        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new SettingsException("acquirer.ca", $"{caFile}, without a certificate", "PEM certificates");
    }
}
