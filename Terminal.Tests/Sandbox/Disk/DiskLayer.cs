using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Sandbox.Disk;

/// <summary>
/// A file system of SQLite on top of its own one, the default of this process from the first watch on. Files in a
/// watched folder pass by their <see cref="DiskWatch"/>; all others are SQLite's alone. The product knows nothing of
/// it.
/// </summary>
public static unsafe class DiskLayer
{
    static readonly ConcurrentDictionary<string, DiskWatch> Watches = new();

    // Both live as long as the process: SQLite keeps pointers to them.
    static readonly FileSystem* Real = SqliteNative.Find(null);
    static readonly FileSystem* Ours = Install();

    /// <summary>Watches a folder until disposed; it must exist, without symbolic links in its path.</summary>
    public static IDisposable Watch(string folder, DiskWatch watch)
    {
        _ = Ours->Version;
        return Watches.TryAdd(folder, watch)
            ? new Ending(folder)
            : throw new ArgumentException($"{folder} is watched already", nameof(folder));
    }

    static FileSystem* Install()
    {
        var made = (FileSystem*)NativeMemory.Alloc((nuint)sizeof(FileSystem));
        *made = *Real;
        made->Name = (byte*)Marshal.StringToCoTaskMemUTF8("watched");
        made->FileSize += WatchedFile.Size;
        made->Open = &Open;
        made->Delete = &Delete;
        var result = SqliteNative.Register(made, isDefault: 1);
        return result == raw.SQLITE_OK ? made : throw new InvalidOperationException($"SQLite says {result}");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Open(FileSystem* self, byte* path, OpenFile* file, int flags, int* openedAs)
    {
        if (PlaceOf(path, out var fullPath) is not { } place)
        {
            return Real->Open(Real, path, file, flags, openedAs);
        }
        file->Methods = null;
        if (place.Watch.Before(new DiskCall.Open(place.File, !File.Exists(fullPath))) is { } fault)
        {
            return fault.Result;
        }
        var inner = WatchedFile.Inner(file);
        var result = Real->Open(Real, path, inner, flags, openedAs);
        if (inner->Methods is not null)
        {
            WatchedFile.TakeOver(file, place);
        }
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Delete(FileSystem* self, byte* path, int flushesFolder)
    {
        var place = PlaceOf(path, out _);
        var fault = place?.Watch.Before(new DiskCall.Delete(place.File, flushesFolder != 0));
        var result = fault is { HalfDone: false } ? 0 : Real->Delete(Real, path, flushesFolder);
        return fault?.Result ?? result;
    }

    static WatchedFile.Place? PlaceOf(byte* path, out string? fullPath)
    {
        fullPath = Marshal.PtrToStringUTF8((nint)path);
        return fullPath is not null && Watches.TryGetValue(Path.GetDirectoryName(fullPath) ?? "", out var watch)
            ? new(watch, Path.GetFileName(fullPath))
            : null;
    }

    sealed class Ending(string folder) : IDisposable
    {
        public void Dispose() => Watches.TryRemove(folder, out _);
    }
}
