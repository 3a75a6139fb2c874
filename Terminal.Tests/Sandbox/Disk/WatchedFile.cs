using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sandbox.Disk;

/// <summary>A file opened through <see cref="DiskLayer"/>: what we keep of it, then SQLite's own file.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct WatchedFile
{
    static readonly FileMethods* Ours = MakeMethods();

    FileMethods* methods;
    nint place;

    public static int Size => sizeof(WatchedFile);

    static OpenFile* Real(OpenFile* file) => (OpenFile*)((byte*)file + sizeof(WatchedFile));

    static Place PlaceOf(OpenFile* file) => (Place)GCHandle.FromIntPtr(((WatchedFile*)file)->place).Target!;

    /// <summary>Null: the call is to be made.</summary>
    static DiskFault? Before(OpenFile* file, Func<string, DiskCall> call)
    {
        var at = PlaceOf(file);
        return at.Watch.Before(call(at.File));
    }

    /// <summary>Where SQLite's own file begins; it is opened there first.</summary>
    public static OpenFile* Inner(OpenFile* file) => Real(file);

    /// <summary>From now on calls on <paramref name="file"/> come to us.</summary>
    public static void TakeOver(OpenFile* file, Place place)
    {
        var watched = (WatchedFile*)file;
        watched->place = GCHandle.ToIntPtr(GCHandle.Alloc(place));
        watched->methods = Ours;
    }

    static FileMethods* MakeMethods()
    {
        var made = (FileMethods*)NativeMemory.AllocZeroed((nuint)sizeof(FileMethods));
        made->Version = 1;
        made->Close = &Close;
        made->Read = &Read;
        made->Write = &Write;
        made->Truncate = &Truncate;
        made->Sync = &Sync;
        made->Size = &FileSize;
        made->Lock = &Lock;
        made->Unlock = &Unlock;
        made->CheckReservedLock = &CheckReservedLock;
        made->Control = &Control;
        made->SectorSize = &SectorSize;
        made->Characteristics = &Characteristics;
        return made;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Close(OpenFile* file)
    {
        GCHandle.FromIntPtr(((WatchedFile*)file)->place).Free();
        return Real(file)->Methods->Close(Real(file));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Read(OpenFile* file, void* to, int count, long offset) =>
        Before(file, name => new DiskCall.Read(name)) is { } fault
            ? fault.Result
            : Real(file)->Methods->Read(Real(file), to, count, offset);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Write(OpenFile* file, void* from, int count, long offset)
    {
        var write = Real(file)->Methods->Write;
        var bytes = new ReadOnlySpan<byte>(from, count).ToArray();
        if (Before(file, name => new DiskCall.Write(name, offset, bytes)) is { } fault)
        {
            _ = fault.HalfDone ? write(Real(file), from, count / 2, offset) : 0;
            return fault.Result;
        }
        return write(Real(file), from, count, offset);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Truncate(OpenFile* file, long length)
    {
        var fault = Before(file, name => new DiskCall.Truncate(name, length));
        var result = fault is { HalfDone: false } ? 0 : Real(file)->Methods->Truncate(Real(file), length);
        return fault?.Result ?? result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Sync(OpenFile* file, int how)
    {
        var fault = Before(file, name => new DiskCall.Flush(name));
        var result = fault is { HalfDone: false } ? 0 : Real(file)->Methods->Sync(Real(file), how);
        return fault?.Result ?? result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int FileSize(OpenFile* file, long* size) => Real(file)->Methods->Size(Real(file), size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Lock(OpenFile* file, int how) => Real(file)->Methods->Lock(Real(file), how);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Unlock(OpenFile* file, int how) => Real(file)->Methods->Unlock(Real(file), how);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int CheckReservedLock(OpenFile* file, int* isLocked) =>
        Real(file)->Methods->CheckReservedLock(Real(file), isLocked);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Control(OpenFile* file, int what, void* with) =>
        Real(file)->Methods->Control(Real(file), what, with);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int SectorSize(OpenFile* file) => Real(file)->Methods->SectorSize(Real(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Characteristics(OpenFile* file)
    {
        const int PowersafeOverwrite = 0x1000; // SQLITE_IOCAP_POWERSAFE_OVERWRITE
        var real = Real(file)->Methods->Characteristics(Real(file));
        return PlaceOf(file).Watch.PromisesSafeNeighbours ? real | PowersafeOverwrite : real;
    }

    /// <summary>Which file of which watch.</summary>
    public sealed record Place(DiskWatch Watch, string File);
}
