using System.Security.Cryptography;
using System.Text;
using Terminal.Payments;

namespace Terminal.Scanner;

/// <summary>
/// Turns a raw code into a <see cref="PaymentCode"/>: the fingerprint is an HMAC under this device's own key.
/// </summary>
/// <param name="key">32 random bytes, kept with the device's identity, so that a code is known again after a
/// restart.</param>
public sealed class CodeSeal(byte[] key)
{
    /// <summary>Tells whose codes they are.</summary>
    public CodeTable Codes { get; init; } = CodeTable.Default;

    public PaymentCode Seal(string raw, Moment scannedAt)
    {
        var bytes = Encoding.UTF8.GetBytes(raw);
        var hash = HMACSHA256.HashData(key, bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return new(raw, Convert.ToHexStringLower(hash.AsSpan(0, 16)), scannedAt)
        {
            IsIndivisible = Codes.IsIndivisible(raw),
        };
    }
}
