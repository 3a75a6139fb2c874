using Terminal.Journal.Log;

namespace Sandbox.Disk;

/// <summary>A disk whose every call passes by a watch, which may fail it.</summary>
sealed class WatchedDisk(IDisk disk, DiskWatch watch) : IDisk
{
    public IReadOnlyList<string> Names() => disk.Names();

    public IDiskFile Open(string name, bool create = false)
    {
        IDiskFile? file = null;
        Do(new DiskCall.Open(name, create), () => file = disk.Open(name, create));
        return new WatchedFile(file!, name, this);
    }

    public void Rename(string from, string to) => Do(new DiskCall.Rename(from, to), () => disk.Rename(from, to));

    public void Delete(string name)
    {
        if (disk.Names().Contains(name))
        {
            Do(new DiskCall.Delete(name), () => disk.Delete(name));
        }
    }

    public void Flush() => Do(new DiskCall.FlushFolder(), disk.Flush);

    void Do(DiskCall call, Action act)
    {
        if (watch.Before(call) is { } fault)
        {
            if (fault.HalfDone)
            {
                act();
            }
            throw new IOException(fault.Why);
        }
        act();
    }

    sealed class WatchedFile(IDiskFile file, string name, WatchedDisk disk) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(long offset, Span<byte> bytes)
        {
            if (disk.watch.Before(new DiskCall.Read(name)) is { } fault)
            {
                throw new IOException(fault.Why);
            }
            return file.Read(offset, bytes);
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            if (disk.watch.Before(new DiskCall.Write(name, offset, bytes.ToArray())) is { } fault)
            {
                file.Write(offset, fault.HalfDone ? bytes[..(bytes.Length / 2)] : []);
                throw new IOException(fault.Why);
            }
            file.Write(offset, bytes);
        }

        public void Truncate(long length) =>
            disk.Do(new DiskCall.Truncate(name, length), () => file.Truncate(length));

        public void Flush() => disk.Do(new DiskCall.Flush(name), file.Flush);

        public void Dispose() => file.Dispose();
    }

    readonly DiskWatch watch = watch;
}
