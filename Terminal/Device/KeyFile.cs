using System.Security.Cryptography;

namespace Terminal.Device;

/// <summary>A 32-byte secret of this device, made at its first start and kept beside the journal.</summary>
public static class KeyFile
{
    const int Length = 32;

    /// <exception cref="SettingsException">The file exists and is not a key.</exception>
    public static byte[] ReadOrCreate(string path)
    {
        if (!File.Exists(path))
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
        }
        var key = File.ReadAllBytes(path);
        return key.Length == Length
            ? key
            : throw new SettingsException("state", $"with a {path} of {key.Length} bytes", $"one of {Length} bytes");
    }
}
