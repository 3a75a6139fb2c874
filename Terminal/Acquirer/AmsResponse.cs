namespace Terminal.Acquirer;

/// <summary>What came back over HTTP.</summary>
/// <param name="Time">The response-time header, verbatim; empty if missing.</param>
/// <param name="Signature">The signature header; empty if missing.</param>
/// <param name="Body">Null if it was longer than we read.</param>
sealed record AmsResponse(int Status, string Time, string Signature, byte[]? Body)
{
    /// <summary>Why this is not the gateway's word; null if it is.</summary>
    /// <param name="path">Path of the request.</param>
    /// <param name="isSigned">Is this header the gateway's signature over these bytes?</param>
    public string? Problem(string path, string clientId, Func<string, byte[], bool> isSigned) =>
        Status != 200 ? $"HTTP {Status}"
        : Body is null ? "body too long"
        : !isSigned(Signature, AmsSignature.Content(path, clientId, Time, Body)) ? "not signed by the gateway"
        : null;
}
