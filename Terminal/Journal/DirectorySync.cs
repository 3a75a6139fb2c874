using System.Runtime.InteropServices;

namespace Terminal.Journal;

/// <summary>Makes the name of a new file durable: without it, a power cut can lose the file that was itself on disk.</summary>
static partial class DirectorySync
{
    const int ReadOnly = 0;
    const int CloseOnExec = 0x80000;

    /// <exception cref="JournalFailedException">The directory cannot be opened or written.</exception>
    public static void Flush(string directory)
    {
        var descriptor = Open(directory, ReadOnly | CloseOnExec);
        if (descriptor < 0)
        {
            throw new JournalFailedException($"{directory} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        }
        var failed = Sync(descriptor) != 0;
        var reason = Marshal.GetLastPInvokeErrorMessage();
        _ = Close(descriptor);
        if (failed)
        {
            throw new JournalFailedException($"{directory} cannot be made durable: {reason}");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
