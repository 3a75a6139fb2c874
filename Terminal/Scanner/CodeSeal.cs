using System.Security.Cryptography;
using Terminal.Device;
using Terminal.Payments;
using Terminal.Payments.Orders;

namespace Terminal.Scanner;

/// <summary>
/// Turns a raw code into a <see cref="PaymentCode"/>, whose fingerprint is an HMAC under this device's own key.
/// </summary>
/// <param name="key">
/// 32 random bytes, kept with the device's identity, so that a code is recognised after a restart.
/// </param>
sealed class CodeSeal(byte[] key)
{
    /// <summary>Knows the wallets of codes.</summary>
    public CodeTable Codes { get; init; } = CodeTable.Default;

    /// <summary>Makes the only copy that is kept; the caller wipes its own.</summary>
    public PaymentCode Seal(ReadOnlySpan<byte> raw, Moment scannedAt)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, raw, hash);
        return new(Pinned.Copy(raw), Convert.ToHexStringLower(hash[..16]), scannedAt)
        {
            IsIndivisible = Codes.IsIndivisible(raw),
        };
    }
}
