using Terminal.Journal.Log;

namespace Sandbox.Bench;

/// <summary>A disk whose every flush takes longer, as that of an SD card does.</summary>
sealed class SlowDisk(IDisk disk, TimeSpan flush) : IDisk
{
    public IReadOnlyList<string> Names() => disk.Names();

    public IDiskFile Open(string name, bool create = false) => new SlowFile(disk.Open(name, create), flush);

    public void Rename(string from, string to) => disk.Rename(from, to);

    public void Delete(string name) => disk.Delete(name);

    public void Flush()
    {
        disk.Flush();
        Wait(flush);
    }

    static void Wait(TimeSpan time)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(time);
    }

    sealed class SlowFile(IDiskFile file, TimeSpan flush) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(long offset, Span<byte> bytes) => file.Read(offset, bytes);

        public void Write(long offset, ReadOnlySpan<byte> bytes) => file.Write(offset, bytes);

        public void Truncate(long length) => file.Truncate(length);

        public void Flush()
        {
            file.Flush();
            Wait(flush);
        }

        public void Dispose() => file.Dispose();
    }
}
