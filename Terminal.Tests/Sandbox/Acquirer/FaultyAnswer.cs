using Microsoft.AspNetCore.Http;

namespace Sandbox.Acquirer;

/// <summary>Sends an answer, as it is or changed by a scripted fault.</summary>
sealed class FaultyAnswer(HttpContext http, TimeProvider time, CancellationToken ended)
{
    const int HugeBlocks = 1600;

    static readonly byte[] Block = new byte[64 * 1024];

    static readonly byte[] Page = "<html><body>The service is being maintained.</body></html>"u8.ToArray();

    public Task Wait(TimeSpan span) => Task.Delay(span, time, ended);

    public async Task Send(GatewayMessage answer, WireFault fault)
    {
        var response = http.Response;
        switch (fault)
        {
            case WireFault.BadGateway:
                response.StatusCode = StatusCodes.Status502BadGateway;
                goto case WireFault.Html;
            case WireFault.Html:
                response.ContentType = "text/html";
                await response.Body.WriteAsync(Page, ended);
                return;
            case WireFault.Redirect:
                response.StatusCode = StatusCodes.Status307TemporaryRedirect;
                response.Headers.Location = http.Request.Path.Value;
                return;
        }
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }
        await (fault switch
        {
            WireFault.SlowBody => Drip(answer.Body),
            WireFault.HugeBody => Flood(),
            _ => response.Body.WriteAsync(answer.Body, ended).AsTask(),
        });
    }

    async Task Drip(byte[] body)
    {
        http.Response.ContentLength = body.Length;
        for (var i = 0; i < body.Length; i++)
        {
            await http.Response.Body.WriteAsync(body.AsMemory(i, 1), ended);
            await http.Response.Body.FlushAsync(ended);
            await Wait(TimeSpan.FromSeconds(1));
        }
    }

    async Task Flood()
    {
        for (var i = 0; i < HugeBlocks; i++)
        {
            await http.Response.Body.WriteAsync(Block, ended);
        }
    }
}
