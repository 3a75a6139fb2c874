using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Terminal.Panel;

/// <summary>A file under /dev: open, control, write. Whatever fails throws <see cref="IOException"/>.</summary>
sealed partial class DeviceNode : IDisposable
{
    const int ReadWrite = 2;
    const int CloseOnExec = 0x80000;

    readonly SafeFileHandle handle;
    readonly string name;

    public DeviceNode(string path)
        : this(path, Open(path, ReadWrite | CloseOnExec))
    {
    }

    /// <param name="descriptor">One that the kernel handed out through another node.</param>
    public DeviceNode(string name, int descriptor)
        : this(name, new SafeFileHandle(descriptor, ownsHandle: true))
    {
    }

    DeviceNode(string name, SafeFileHandle handle)
    {
        this.name = name;
        this.handle = handle;
        Check(handle.IsInvalid ? -1 : 0);
    }

    /// <summary>An ioctl that takes, and may change, a structure.</summary>
    public void Control(uint request, Span<byte> argument) => Check(Ioctl(handle, request, argument));

    /// <summary>An ioctl that takes a number.</summary>
    public void Control(uint request, int argument) => Check(Ioctl(handle, request, argument));

    /// <summary>In one write: on i2c-dev that is one transfer.</summary>
    public void Write(ReadOnlySpan<byte> bytes) =>
        Check(Write(handle, bytes, (nuint)bytes.Length) == bytes.Length ? 0 : -1);

    public void WriteAt(long offset, ReadOnlySpan<byte> bytes) =>
        Check(WriteAt(handle, bytes, (nuint)bytes.Length, (nint)offset) == bytes.Length ? 0 : -1);

    public void Dispose() => handle.Dispose();

    void Check(int result)
    {
        if (result < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new IOException($"{name}: {Marshal.GetPInvokeErrorMessage(error)} (errno {error})");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(SafeFileHandle file, nuint request, Span<byte> argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(SafeFileHandle file, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true)]
    private static partial nint WriteAt(SafeFileHandle file, ReadOnlySpan<byte> bytes, nuint count, nint offset);
}
