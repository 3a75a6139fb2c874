using System.Security.Cryptography;

namespace Terminal.Device;

/// <summary>A 32-byte secret of this device, created at its first start and kept beside the journal.</summary>
static class KeyFile
{
    const int Length = 32;

    /// <summary>Null if there is no such file or it holds no key.</summary>
    /// <exception cref="IOException">The file exists but cannot be read.</exception>
    public static byte[]? Read(string path) =>
        StateFile.Read(path, Length + 1) is { Length: Length } key ? key : null;

    /// <summary>Makes a new key in place of any file of that name.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static byte[] Create(string path)
    {
        var key = RandomNumberGenerator.GetBytes(Length);
        StateFile.Write(path, key);
        return key;
    }

    /// <summary>Distinguishes one key from another and reveals nothing else about it.</summary>
    public static byte[] CheckOf(byte[] key) => HMACSHA256.HashData(key, "terminal code key"u8);
}
