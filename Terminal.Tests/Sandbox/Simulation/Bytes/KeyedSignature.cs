using System.Security.Cryptography;
using Terminal.Acquirer;

namespace Sandbox.Simulation.Bytes;

/// <summary>
/// Signs with a shared key in the place of RSA: the signed bytes and the header are the protocol's own, only the
/// arithmetic in the middle is faster (RSA-2048 alone would take two milliseconds a call).
/// </summary>
static class KeyedSignature
{
    const int Version = 1;

    public static string Sign(byte[] key, byte[] content) =>
        new AmsSignature(Version, HMACSHA256.HashData(key, content)).ToString();

    public static bool Verify(byte[] key, string header, byte[] content) =>
        AmsSignature.Parse(header) is { KeyVersion: Version } signature &&
        CryptographicOperations.FixedTimeEquals(signature.Value, HMACSHA256.HashData(key, content));
}
