using Terminal.Device;

namespace Terminal.Journal.Log;

/// <summary>A folder of the file system, which must exist.</summary>
/// <param name="isReadOnly">
/// Opens files only for reading, so that another user's files can be read where permissions allow.
/// </param>
sealed class FolderDisk(string folder, bool isReadOnly = false) : IDisk
{
    public IReadOnlyList<string> Names() => [.. new DirectoryInfo(folder).EnumerateFiles().Select(f => f.Name)];

    public IDiskFile Open(string name, bool create)
    {
        var file = new FileStream(PathOf(name), new FileStreamOptions
        {
            Mode = create ? FileMode.CreateNew : FileMode.Open,
            Access = isReadOnly ? FileAccess.Read : FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            UnixCreateMode = create ? UnixFileMode.UserRead | UnixFileMode.UserWrite : null,
        });
        if (!file.CanSeek)
        {
            file.Dispose();
            throw new IOException($"{name} is a pipe or a device, not a file"); // Reading it may never end.
        }
        return new OpenFile(file);
    }

    public void Rename(string from, string to) => File.Move(PathOf(from), PathOf(to), overwrite: true);

    public void Delete(string name)
    {
        if (Directory.Exists(PathOf(name)) && new FileInfo(PathOf(name)).LinkTarget is null)
        {
            Directory.Delete(PathOf(name), recursive: true); // Somebody else made it.
        }
        File.Delete(PathOf(name));
    }

    public void Flush() => DirectorySync.Flush(folder);

    string PathOf(string name) => Path.Combine(folder, name);

    sealed class OpenFile(FileStream file) : IDiskFile
    {
        public long Length => RandomAccess.GetLength(file.SafeFileHandle);

        public int Read(long offset, Span<byte> bytes)
        {
            var count = 0;
            while (count < bytes.Length &&
                RandomAccess.Read(file.SafeFileHandle, bytes[count..], offset + count) is > 0 and var more)
            {
                count += more;
            }
            return count;
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes) =>
            RandomAccess.Write(file.SafeFileHandle, bytes, offset);

        public void Truncate(long length) => RandomAccess.SetLength(file.SafeFileHandle, length);

        public void Flush()
        {
            var result = Libc.DataSync((int)file.SafeFileHandle.DangerousGetHandle());
            GC.KeepAlive(file);
            if (result != 0)
            {
                throw new IOException($"{file.Name} cannot be made durable: {Libc.LastError}");
            }
        }

        public void Dispose() => file.Dispose();
    }
}
