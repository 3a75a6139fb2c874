namespace Terminal.Acquirer;

/// <summary>A response received over HTTP.</summary>
/// <param name="Time">The response-time header, verbatim; empty if missing.</param>
/// <param name="Signature">The signature header; empty if missing.</param>
/// <param name="Body">Null if it was longer than we read.</param>
sealed record AmsResponse(int Status, string Time, string Signature, byte[]? Body)
{
    /// <summary>Why this response cannot be trusted as the gateway's; null if it can.</summary>
    /// <param name="path">Path of the request.</param>
    /// <param name="isSigned">Whether this header is the gateway's signature over these bytes.</param>
    public string? Problem(string path, string clientId, Func<string, byte[], bool> isSigned) =>
        Status != 200 ? $"HTTP {Status}"
        : Body is null ? "body too long"
        : !isSigned(Signature, AmsSignature.Content(path, clientId, Time, Body)) ? "not signed by the gateway"
        : null;
}
