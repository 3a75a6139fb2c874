using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Terminal.Scanner;

/// <summary>The kernel calls of <see cref="EvdevLine"/>; numbers are the same on x64 and arm64.</summary>
static partial class EvdevCalls
{
    /// <summary>O_NONBLOCK | O_CLOEXEC, and the same bits for an eventfd.</summary>
    internal const int Flags = 0x800 | 0x80000;

    /// <summary>EVIOCGRAB.</summary>
    internal const nuint Grab = 0x40044590;

    /// <summary>EVIOCGKEY for <see cref="KeyDecoder.KeyMapSize"/> bytes.</summary>
    internal const nuint KeysDown = 0x80604518;

    internal const short PollIn = 1;
    internal const int Interrupted = 4;
    internal const int TryAgain = 11;

    [StructLayout(LayoutKind.Sequential)]
    internal struct PollEntry
    {
        public int File;
        public short Events;
        public short Happened;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    internal static partial SafeFileHandle EventFd(uint value, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(SafeFileHandle file, Span<byte> buffer, nuint size);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(SafeFileHandle file, in ulong value, nuint size);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(Span<PollEntry> entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int Control(SafeFileHandle file, nuint request, nint value);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int Control(SafeFileHandle file, nuint request, Span<byte> value);
}
