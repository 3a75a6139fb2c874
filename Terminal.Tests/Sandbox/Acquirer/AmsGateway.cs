using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Scanner;
using Terminal.Acquirer;

namespace Sandbox.Acquirer;

/// <summary>The simulated payment gateway: HTTPS on the loopback, signed answers, and misbehaviour by script.</summary>
sealed class AmsGateway : IAsyncDisposable
{
    const string Client = "SANDBOX_5Y00000000000001";
    const int LongestBody = 64 * 1024;

    readonly WebApplication app;
    readonly TimeProvider time;
    readonly AmsDialect dialect;
    readonly CancellationTokenSource stopping = new();

    AmsGateway(GatewayKeys keys, GatewayLog log, TimeProvider time, int port)
    {
        Keys = keys;
        Log = log;
        this.time = time;
        dialect = new(Book);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(keys.Server);
        }));
        app = builder.Build();
        app.Run(Handle);
    }

    public GatewayKeys Keys { get; }

    public GatewayLog Log { get; }

    public GatewayBook Book { get; } = new();

    /// <summary>Sees the path of each request as soon as its head is read.</summary>
    public Action<string>? Arrived { get; set; }

    public Uri Url { get; private set; } = new("https://localhost");

    /// <summary>What a terminal needs to know to reach this gateway; no probes.</summary>
    public AmsSettings Settings => new()
    {
        Url = Url,
        ClientId = Client,
        PrivateKeyFile = Keys.TerminalPrivateFile,
        GatewayKeyFiles = new Dictionary<int, string> { [1] = Keys.GatewayPublicFile },
        CaFile = Keys.CaFile,
        Merchant = new("M1", "Sandbox shop", "5411", "S1", "Sandbox store", "T1"),
        KeepWarm = TimeSpan.Zero,
    };

    /// <param name="port">0 for any free port.</param>
    public static async Task<AmsGateway> StartAsync(GatewayKeys keys, GatewayLog log, TimeProvider time, int port = 0)
    {
        var gateway = new AmsGateway(keys, log, time, port);
        await gateway.app.StartAsync();
        var addresses = gateway.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        gateway.Url = new($"https://localhost:{new Uri(addresses.Addresses.First()).Port}");
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
        stopping.Dispose();
    }

    async Task Handle(HttpContext http)
    {
        Arrived?.Invoke(http.Request.Path.Value!);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping.Token);
        var path = http.Request.Path.Value!;
        var request = new GatewayMessage(
            http.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()),
            await Body(http.Request, ended.Token));
        var call = path[(path.LastIndexOf('/') + 1)..];
        if (path != Settings.Path(call) || !IsSigned(path, request))
        {
            await Reject(http, path, request);
            return;
        }
        var reply = dialect.Answer(call, request.Body, time.GetUtcNow());
        var code = reply.Code.Length > 0 ? $"{Codes.Of(reply.Code, "", default)} " : "";
        var summary = $"{code}-> {reply} {(reply.Fault == WireFault.None ? "" : reply.Fault)}".TrimEnd();
        if (reply.Fault is WireFault.DropRequest or WireFault.DropAnswer)
        {
            Log.Add(new(path, request, GatewayMessage.Nothing, summary));
            http.Abort();
            return;
        }
        var response = Sign(path, reply);
        Log.Add(new(path, request, response, summary));
        try
        {
            var answer = new FaultyAnswer(http, time, ended.Token);
            await answer.Wait(reply.After);
            await answer.Send(response, reply.Fault);
        }
        catch (OperationCanceledException)
        {
            http.Abort(); // The terminal hung up, or we stop.
        }
    }

    bool IsSigned(string path, GatewayMessage request)
    {
        var content = AmsSignature.Content(path, Client, request.Header("request-time"), request.Body);
        lock (Keys.TerminalKey)
        {
            return request.Header("client-id") == Client
                && AmsSignature.Parse(request.Header("signature"))?.Verify(Keys.TerminalKey, content) == true;
        }
    }

    GatewayMessage Sign(string path, DialectReply reply)
    {
        var now = AmsRequest.Time(time.GetUtcNow() + reply.Skew);
        var headers = new Dictionary<string, string>
        {
            ["content-type"] = "application/json; charset=UTF-8",
            ["client-id"] = Client,
            ["response-time"] = now,
        };
        if (reply.Fault != WireFault.NoSignature)
        {
            var content = AmsSignature.Content(path, Client, now, reply.Body);
            // The classic mistake: the merchant's key in the place of the gateway's.
            var key = reply.Fault == WireFault.WrongKey ? Keys.TerminalKey : Keys.GatewayKey;
            lock (key)
            {
                int? version = reply.Fault == WireFault.NoKeyVersion ? null : 1;
                headers["signature"] = AmsSignature.Sign(key, version, content).ToString();
            }
        }
        return new(headers, reply.Fault == WireFault.Altered ? [.. reply.Body, (byte)' '] : reply.Body);
    }

    async Task Reject(HttpContext http, string path, GatewayMessage request)
    {
        var body = """{"result":{"resultCode":"INVALID_SIGNATURE","resultStatus":"F","resultMessage":"unsigned"}}"""u8;
        var response = new GatewayMessage(new Dictionary<string, string>(), body.ToArray());
        Log.Add(new(path, request, response, "rejected"));
        await http.Response.Body.WriteAsync(response.Body, http.RequestAborted);
    }

    static async Task<byte[]> Body(HttpRequest request, CancellationToken ended)
    {
        var buffer = new byte[LongestBody];
        var length = 0;
        int read;
        while (length < LongestBody && (read = await request.Body.ReadAsync(buffer.AsMemory(length), ended)) > 0)
        {
            length += read;
        }
        return buffer[..length];
    }
}
