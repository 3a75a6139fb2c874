using System.Security.Cryptography;

namespace Terminal.Device;

/// <summary>
/// Memory for what is to be wiped, such as payment codes. The garbage collector never moves it: of what it moves, it
/// leaves a copy behind.
/// </summary>
static class Pinned
{
    /// <summary>Of this run alone: what is known again by it cannot be guessed from it afterwards.</summary>
    static readonly byte[] LikenessKey = RandomNumberGenerator.GetBytes(32);

    public static byte[] Of(int length) => GC.AllocateArray<byte>(length, pinned: true);

    public static byte[] Copy(ReadOnlySpan<byte> bytes)
    {
        var copy = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(copy);
        return copy;
    }

    /// <summary>Tells these bytes again without keeping them.</summary>
    public static byte[] LikenessOf(ReadOnlySpan<byte> bytes) => HMACSHA256.HashData(LikenessKey, bytes);

    public static void Wipe(Span<byte> bytes) => CryptographicOperations.ZeroMemory(bytes);
}
