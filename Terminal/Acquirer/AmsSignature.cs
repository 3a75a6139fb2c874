using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Terminal.Device;

namespace Terminal.Acquirer;

/// <summary>A message signature: RSA PKCS #1 v1.5 over SHA-256, with the version of the key that made it.</summary>
/// <param name="keyVersion">Null: the header names none.</param>
/// <param name="value">256 bytes for RSA-2048.</param>
sealed class AmsSignature(int? keyVersion, byte[] value)
{
    const int LongestHeader = 4096;

    public int? KeyVersion => keyVersion;

    public byte[] Value => value;

    /// <summary>
    /// The signed bytes. They hold a single line feed, not at the end, and finish with the body exactly as it is sent.
    /// </summary>
    /// <param name="path">
    /// Path of the request, also for its response; after any rewriting by the gateway's sandbox.
    /// </param>
    /// <param name="time">The request-time or response-time header, verbatim.</param>
    /// <returns>Contains the payment code if the body does, so the caller wipes it.</returns>
    public static byte[] Content(string path, string clientId, string time, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes($"POST {path}\n{clientId}.{time}.");
        var content = Pinned.Of(head.Length + body.Length);
        head.CopyTo(content, 0);
        body.CopyTo(content.AsSpan(head.Length));
        return content;
    }

    public static AmsSignature Sign(RSA key, int? keyVersion, byte[] content) =>
        new(keyVersion, key.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public bool Verify(RSA key, byte[] content) =>
        key.VerifyData(content, value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    /// <summary>
    /// Reads a header with its parts in any order and case, with or without blanks. Null if it is not a signature.
    /// </summary>
    public static AmsSignature? Parse(string header)
    {
        if (header.Length > LongestHeader)
        {
            return null;
        }
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in header.Split(','))
        {
            // The value may contain more equal signs if the sender did not escape its base64.
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at < 0 || !parts.TryAdd(part[..at].Trim(), part[(at + 1)..].Trim()))
            {
                return null;
            }
        }
        return parts.GetValueOrDefault("algorithm", "").Equals("RSA256", StringComparison.OrdinalIgnoreCase)
            && Version(parts) is (true, var version)
            && Decode(parts.GetValueOrDefault("signature", "")) is { } bytes
                ? new(version, bytes)
                : null;
    }

    /// <summary>The header as it is sent.</summary>
    public override string ToString() =>
        $"algorithm=RSA256,{(keyVersion is { } version ? $"keyVersion={version}," : "")}"
        + $"signature={Uri.EscapeDataString(Convert.ToBase64String(value))}";

    /// <summary>A header may leave out the version; if it names one, it must be a number.</summary>
    static (bool Read, int? Version) Version(Dictionary<string, string> parts) =>
        !parts.TryGetValue("keyVersion", out var text) ? (true, null) :
        int.TryParse(text, NumberStyles.None, null, out var version) ? (true, version) :
        (false, null);

    static byte[]? Decode(string escaped)
    {
        var bytes = new byte[LongestHeader];
        return Convert.TryFromBase64String(Uri.UnescapeDataString(escaped), bytes, out var length) && length > 0
            ? bytes[..length]
            : null;
    }
}
