using Microsoft.Win32.SafeHandles;

namespace Terminal.Device;

/// <summary>A file under /dev: open, control, write. Every failure is an <see cref="IOException"/>.</summary>
sealed class DeviceNode(string path) : IDisposable
{
    readonly SafeFileHandle handle = File.OpenHandle(
        path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>An ioctl that takes a structure and may change it.</summary>
    public void Control(uint request, Span<byte> argument) => Check(Libc.Ioctl(handle, request, argument));

    /// <summary>An ioctl that takes a number.</summary>
    public void Control(uint request, int argument) => Check(Libc.Ioctl(handle, request, argument));

    public void WriteAt(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, offset);

    public void Dispose() => handle.Dispose();

    void Check(int result)
    {
        if (result < 0)
        {
            throw new IOException($"{path}: {Libc.LastError}");
        }
    }
}
