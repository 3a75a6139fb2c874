using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Terminal.Device;
using Terminal.Payments.Charges;

namespace Terminal.Acquirer;

/// <summary>One signed request, one verified response, over HTTP/1.1 and TLS; never repeated or redirected.</summary>
sealed class AmsLine : IDisposable
{
    const int LongestBody = 64 * 1024;

    readonly AmsSettings settings;
    readonly TimeProvider time;
    readonly GatewayClock clock;
    readonly Dialer dialer;
    readonly AmsKeys keys;
    readonly GatewayPool pool;
    volatile GatewayStatus status = new(GatewayState.Unknown);

    public AmsLine(AmsSettings settings, TimeProvider time, GatewayClock clock, Dialer dialer)
    {
        this.settings = settings;
        this.time = time;
        this.clock = clock;
        this.dialer = dialer;
        keys = new(settings);
        pool = new(settings, time, dialer);
    }

    /// <summary>How the newest call went, and why; may be read on any thread.</summary>
    public GatewayStatus Status => status;

    /// <summary>Called at each change of <see cref="Status"/>, on any thread.</summary>
    public Action<GatewayStatus> Report { get; set; } = _ => { };

    /// <param name="limit">Ends the call and closes its connection.</param>
    public async Task<GatewayAnswer> Ask(AmsCall call, CancellationToken limit)
    {
        OnceContent? content = null;
        AmsRequest? request = null;
        try
        {
            request = call.Write();
            content = new(request.Body);
            var path = settings.Path(request.Call);
            await dialer.FindAsync(settings.Url.IdnHost, limit).ConfigureAwait(false);
            using var message = Message(path, request.Body, content);
            var sentAt = time.GetTimestamp();
            using var response = await pool.ForCall().SendAsync(message, limit).ConfigureAwait(false);
            var body = response.StatusCode == HttpStatusCode.OK
                ? await Body(response.Content, limit).ConfigureAwait(false)
                : null;
            pool.Answered();
            var back = new AmsResponse(
                (int)response.StatusCode, Header(response, "response-time"), Header(response, "signature"), body);
            return back.Problem(path, settings.ClientId, keys.Verify) is { } problem
                ? Refuse(problem, isSaid: body is not null)
                : Hear(call, body!, clock.Take(back.Time, sentAt));
        }
        catch (Exception e) // Every failure of the link is an answer.
        {
            return Fail(e, unsent: content?.Seal() != false);
        }
        finally
        {
            // The body holds the payment code, and nobody sends it again.
            CryptographicOperations.ZeroMemory(request?.Body);
        }
    }

    public void Dispose()
    {
        pool.Dispose();
        keys.Dispose();
    }

    GatewayAnswer.Unknown Refuse(string problem, bool isSaid)
    {
        Saw(new(isSaid ? GatewayState.Untrusted : GatewayState.Silent, problem));
        return new(problem);
    }

    GatewayAnswer Hear(AmsCall call, byte[] body, Freshness signed)
    {
        Saw(signed == Freshness.Stale
            ? new(GatewayState.Stale, "their signed time is not the gateway's of now")
            : new(GatewayState.Answering));
        return call.Hear(body, signed);
    }

    GatewayAnswer Fail(Exception e, bool unsent)
    {
        var why = Why(e);
        if (!unsent)
        {
            pool.Suspect();
        }
        Saw(new(IsRefusal(e) ? GatewayState.CertificateRefused
            : unsent ? GatewayState.Unreachable
            : GatewayState.Silent, why));
        return unsent ? new GatewayAnswer.NotSent(why) : new GatewayAnswer.Unknown(why);
    }

    void Saw(GatewayStatus now)
    {
        var before = status;
        status = now;
        if (before != now)
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
        var signed = AmsSignature.Content(path, settings.ClientId, now, body);
        message.Headers.TryAddWithoutValidation("Signature", keys.Sign(signed));
        CryptographicOperations.ZeroMemory(signed);
        return message;
    }

    /// <summary>Null if the limit is reached; the rest is not read.</summary>
    static async Task<byte[]?> Body(HttpContent content, CancellationToken limit)
    {
        // One byte more than announced or allowed shows that the body is too long.
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

    /// <summary>
    /// An exception of our own check has no inner exception, unlike one for a broken handshake in OpenSSL.
    /// </summary>
    static bool IsRefusal(Exception e) => e is HttpRequestException
    {
        HttpRequestError: HttpRequestError.SecureConnectionError,
        InnerException: AuthenticationException { InnerException: null },
    };

    static string Why(Exception e) => e switch
    {
        OperationCanceledException => "no answer in time",
        _ when IsRefusal(e) => LastWord(e.InnerException!.Message),
        _ when e.GetBaseException() is SocketException socket => socket.SocketErrorCode.ToString(),
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error } => error.ToString(),
        _ => e.GetType().Name,
    };

    /// <summary>"The remote certificate is invalid because of …: UntrustedRoot".</summary>
    static string LastWord(string message) =>
        message[(message.LastIndexOf(": ", StringComparison.Ordinal) + 1)..].Trim();
}
