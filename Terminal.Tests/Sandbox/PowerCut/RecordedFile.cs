using Sandbox.Disk;

namespace Sandbox.PowerCut;

/// <summary>
/// A file that tells a watch what is done to it. Being a <see cref="FileStream"/>, it shows whether a flush goes to the
/// disk or only to the kernel; a write of a span ends in the one of an array.
/// </summary>
sealed class RecordedFile : FileStream
{
    readonly string file;
    readonly DiskWatch watch;

    public RecordedFile(string folder, string file, DiskWatch watch)
        : base(Announced(folder, file, watch), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 0) =>
        (this.file, this.watch) = (file, watch);

    public override void Write(byte[] buffer, int offset, int count)
    {
        watch.Before(new DiskCall.Write(file, Position, buffer[offset..(offset + count)]));
        base.Write(buffer, offset, count);
    }

    public override void SetLength(long value)
    {
        watch.Before(new DiskCall.Truncate(file, value));
        base.SetLength(value);
    }

    public override void Flush(bool flushToDisk)
    {
        if (flushToDisk)
        {
            watch.Before(new DiskCall.Flush(file));
        }
        base.Flush(flushToDisk);
    }

    static string Announced(string folder, string file, DiskWatch watch)
    {
        var path = Path.Combine(folder, file);
        watch.Before(new DiskCall.Open(file, !File.Exists(path)));
        return path;
    }
}
