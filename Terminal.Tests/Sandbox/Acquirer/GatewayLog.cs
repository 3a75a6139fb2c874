using System.Collections.Concurrent;
using Terminal.Acquirer;

namespace Sandbox.Acquirer;

/// <summary>
/// Every exchange, in order. The newest stay in memory; a folder gets the signed bytes for other tools.
/// </summary>
/// <param name="folder">Gets NNNNNN.request, .request.sig, .response and .response.sig; null: nowhere.</param>
/// <param name="print">Takes one line per exchange, payment codes masked.</param>
public sealed class GatewayLog(string? folder = null, Action<string>? print = null)
{
    const int Most = 10_000;

    readonly ConcurrentQueue<GatewayExchange> exchanges = new();
    int count;

    public IReadOnlyCollection<GatewayExchange> Exchanges => exchanges;

    public void Add(GatewayExchange exchange)
    {
        var number = Interlocked.Increment(ref count);
        exchanges.Enqueue(exchange);
        if (exchanges.Count > Most)
        {
            exchanges.TryDequeue(out _);
        }
        print?.Invoke($"{number:D6} {exchange}");
        if (folder is not null && number <= Most)
        {
            Write($"{number:D6}.request", exchange.Path, exchange.Request, "request-time");
            Write($"{number:D6}.response", exchange.Path, exchange.Response, "response-time");
        }
    }

    void Write(string name, string path, GatewayMessage message, string time)
    {
        if (AmsSignature.Parse(message.Header("signature")) is { } signature)
        {
            Directory.CreateDirectory(folder!);
            var content = AmsSignature.Content(path, message.Header("client-id"), message.Header(time), message.Body);
            File.WriteAllBytes(Path.Combine(folder!, name), content);
            File.WriteAllBytes(Path.Combine(folder!, $"{name}.sig"), signature.Value);
        }
    }
}
