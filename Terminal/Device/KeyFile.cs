using System.Security.Cryptography;

namespace Terminal.Device;

/// <summary>A 32-byte secret of this device, made at its first start and kept beside the journal.</summary>
public static class KeyFile
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
        // Written aside and renamed, so that a power cut leaves no half key; readable for the service's user only.
        var (key, draft) = (RandomNumberGenerator.GetBytes(Length), path + ".new");
        File.Delete(draft);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var file = new FileStream(draft, options))
        {
            file.Write(key);
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
        DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return key;
    }

    /// <summary>What tells a key from another one, and nothing else of it.</summary>
    public static byte[] CheckOf(byte[] key) => HMACSHA256.HashData(key, "terminal code key"u8);
}
