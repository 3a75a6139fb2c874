using System.Security.Cryptography;

namespace Terminal.Device;

/// <summary>
/// Memory for secrets that are wiped after use, such as payment codes. The garbage collector never moves it, because
/// moving would leave a copy behind.
/// </summary>
static class Pinned
{
    /// <summary>Random for each run, so that a likeness cannot later be used to guess the bytes.</summary>
    static readonly byte[] LikenessKey = RandomNumberGenerator.GetBytes(32);

    public static byte[] Of(int length) => GC.AllocateArray<byte>(length, pinned: true);

    public static byte[] Copy(ReadOnlySpan<byte> bytes)
    {
        var copy = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(copy);
        return copy;
    }

    /// <summary>Recognises the same bytes again without keeping them.</summary>
    public static byte[] LikenessOf(ReadOnlySpan<byte> bytes) => HMACSHA256.HashData(LikenessKey, bytes);

    public static void Wipe(Span<byte> bytes) => CryptographicOperations.ZeroMemory(bytes);
}
