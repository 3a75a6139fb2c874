using System.Runtime.InteropServices;

namespace Sandbox.Disk;

/// <summary>SQLite's C interface for file systems (sqlite3_vfs, sqlite3_io_methods).</summary>
static unsafe partial class SqliteNative
{
    const string Library = "e_sqlite3";

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_find")]
    public static partial FileSystem* Find(byte* name);

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_register")]
    public static partial int Register(FileSystem* fileSystem, int isDefault);
}

/// <summary>sqlite3_vfs, version 3.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct FileSystem
{
    public int Version, FileSize, LongestPath;
    public FileSystem* Next;
    public byte* Name;
    public void* AppData;
    public delegate* unmanaged[Cdecl]<FileSystem*, byte*, OpenFile*, int, int*, int> Open;
    public delegate* unmanaged[Cdecl]<FileSystem*, byte*, int, int> Delete;
    public void* Access, FullPath, DlOpen, DlError, DlSym, DlClose, Randomness, Sleep, CurrentTime, LastError;
    public void* CurrentTime64;
    public void* SetSystemCall, GetSystemCall, NextSystemCall;
}

/// <summary>sqlite3_file: only its beginning is known.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct OpenFile
{
    public FileMethods* Methods;
}

/// <summary>sqlite3_io_methods, version 1: no shared memory, no memory mapping; a journal uses neither.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct FileMethods
{
    public int Version;
    public delegate* unmanaged[Cdecl]<OpenFile*, int> Close;
    public delegate* unmanaged[Cdecl]<OpenFile*, void*, int, long, int> Read;
    public delegate* unmanaged[Cdecl]<OpenFile*, void*, int, long, int> Write;
    public delegate* unmanaged[Cdecl]<OpenFile*, long, int> Truncate;
    public delegate* unmanaged[Cdecl]<OpenFile*, int, int> Sync;
    public delegate* unmanaged[Cdecl]<OpenFile*, long*, int> Size;
    public delegate* unmanaged[Cdecl]<OpenFile*, int, int> Lock;
    public delegate* unmanaged[Cdecl]<OpenFile*, int, int> Unlock;
    public delegate* unmanaged[Cdecl]<OpenFile*, int*, int> CheckReservedLock;
    public delegate* unmanaged[Cdecl]<OpenFile*, int, void*, int> Control;
    public delegate* unmanaged[Cdecl]<OpenFile*, int> SectorSize;
    public delegate* unmanaged[Cdecl]<OpenFile*, int> Characteristics;
}
