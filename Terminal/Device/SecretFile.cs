using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Terminal.Device;

/// <summary>A key or a password, read into memory that is wiped after use; it is never held in a string.</summary>
sealed class SecretFile : IDisposable
{
    const int Longest = 64 * 1024;

    readonly char[] text;

    SecretFile(char[] text) => this.text = text;

    public ReadOnlySpan<char> Text => text;

    /// <exception cref="IOException">The file cannot be read, or is too long for a secret.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static SecretFile Read(string path)
    {
        var bytes = new byte[Longest];
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            var length = file.ReadAtLeast(bytes, Longest, throwOnEndOfStream: false);
            return length < Longest
                ? new(Encoding.UTF8.GetChars(bytes, 0, length))
                : throw new IOException($"more than {Longest} bytes");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(text.AsSpan()));
}
