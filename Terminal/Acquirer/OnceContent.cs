using System.Net;

namespace Terminal.Acquirer;

/// <summary>
/// A request body that can be written once. The HTTP layer writes it together with the headers, so until it asks for
/// the body not one byte has left. It sends a POST without a body up to four times when the server hangs up; one with
/// a body never, once that was begun, and should this ever change there is no body left to repeat.
/// </summary>
sealed class OnceContent(byte[] body) : HttpContent
{
    int taken;

    /// <summary>True for the first caller only: who seals an unwritten body knows that it never leaves.</summary>
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
