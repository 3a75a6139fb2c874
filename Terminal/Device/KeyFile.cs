using System.Security.Cryptography;

namespace Terminal.Device;

/// <summary>A 32-byte secret of this device, made at its first start and kept beside the journal.</summary>
public static class KeyFile
{
    const int Length = 32;

    /// <exception cref="IOException">Something is there, but no key that can be read.</exception>
    public static byte[] ReadOrCreate(string path)
    {
        if (StateFile.Read(path, Length + 1) is not { } key)
        {
            // Written aside and renamed, so that a power cut leaves no half key; readable for the service's user only.
            var draft = path + ".new";
            File.Delete(draft);
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            using (var file = new FileStream(draft, options))
            {
                file.Write(RandomNumberGenerator.GetBytes(Length));
                file.Flush(flushToDisk: true);
            }
            File.Move(draft, path);
            key = File.ReadAllBytes(path);
        }
        return key.Length == Length
            ? key
            : throw new IOException($"{path} is no key of {Length} bytes; next step: that file from where it is whole");
    }
}
