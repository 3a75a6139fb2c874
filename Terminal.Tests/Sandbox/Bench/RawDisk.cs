using System.Diagnostics;
using System.Runtime.InteropServices;
using Terminal.Device;

namespace Sandbox.Bench;

/// <summary>The least that a durable commit can cost here: 4 KiB appended to a plain file, then fdatasync.</summary>
sealed unsafe partial class RawDisk(string folder) : IDisposable
{
    const int Block = 4096;

    readonly byte[] block = new byte[Block];
    readonly FileStream file = new(Path.Combine(folder, "raw"), FileMode.Create, FileAccess.Write, FileShare.None, 0);

    public TimeSpan Append()
    {
        var since = Stopwatch.GetTimestamp();
        file.Write(block);
        if (DataSync((int)file.SafeFileHandle.DangerousGetHandle()) < 0)
        {
            throw new IOException(Libc.LastError);
        }
        return Stopwatch.GetElapsedTime(since);
    }

    public void Dispose() => file.Dispose();

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    public static partial int DataSync(int fd);
}
