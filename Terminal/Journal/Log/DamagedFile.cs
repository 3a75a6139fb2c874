using Microsoft.Win32.SafeHandles;

namespace Terminal.Journal.Log;

/// <summary>A file that may lie on failing storage: what cannot be read reads as zeros. Never written.</summary>
sealed class DamagedFile(string path) : IDisposable
{
    const int Block = 4096;

    readonly SafeFileHandle handle =
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    public long Length => RandomAccess.GetLength(handle);

    /// <summary>Fills <paramref name="bytes"/>; zeros where there is nothing, or nothing readable.</summary>
    public void Read(long offset, Span<byte> bytes)
    {
        if (!TryRead(offset, bytes))
        {
            for (var at = 0; at < bytes.Length; at += Block)
            {
                _ = TryRead(offset + at, bytes.Slice(at, Math.Min(Block, bytes.Length - at)));
            }
        }
    }

    public void Dispose() => handle.Dispose();

    bool TryRead(long offset, Span<byte> bytes)
    {
        bytes.Clear();
        try
        {
            while (bytes.Length > 0 && RandomAccess.Read(handle, bytes, offset) is > 0 and var count)
            {
                offset += count;
                bytes = bytes[count..];
            }
            return true;
        }
        catch (IOException)
        {
            bytes.Clear();
            return false;
        }
    }
}
