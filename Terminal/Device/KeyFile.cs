using System.Security.Cryptography;

namespace Terminal.Device;

/// <summary>A 32-byte secret of this device, made at its first start and kept beside the journal.</summary>
static class KeyFile
{
    const int Length = 32;

    /// <summary>Null: there is no such file, or what it holds is no key.</summary>
    /// <exception cref="IOException">Something is there that cannot be read.</exception>
    public static byte[]? Read(string path) =>
        StateFile.Read(path, Length + 1) is { Length: Length } key ? key : null;

    /// <summary>A new one, in place of whatever is there.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static byte[] Create(string path)
    {
        var key = RandomNumberGenerator.GetBytes(Length);
        StateFile.Write(path, key);
        return key;
    }

    /// <summary>What tells a key from another one, and nothing else of it.</summary>
    public static byte[] CheckOf(byte[] key) => HMACSHA256.HashData(key, "terminal code key"u8);
}
