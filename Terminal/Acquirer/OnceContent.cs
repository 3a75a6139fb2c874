using System.Net;

namespace Terminal.Acquirer;

/// <summary>
/// A request body that can be written only once. The HTTP layer writes it together with the headers, so nothing has
/// left until it asks for the body. A POST without a body is repeated up to four times when the server hangs up, one
/// with a body never once writing has begun. Should this ever change, there is no body left to repeat.
/// </summary>
sealed class OnceContent(byte[] body) : HttpContent
{
    int taken;

    /// <summary>True only for the first caller. Sealing an unwritten body ensures that it never leaves.</summary>
    public bool Seal() => Interlocked.Exchange(ref taken, 1) == 0;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (!Seal())
        {
            throw new InvalidOperationException("a request body leaves once");
        }
        await stream.WriteAsync(body, cancel).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
