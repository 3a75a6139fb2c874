namespace Terminal.Journal.Log;

/// <summary>The folder of a journal in memory, for uses that must touch no disk. It ends with the process.</summary>
sealed class MemoryDisk : IDisk
{
    readonly Dictionary<string, MemoryFile> files = [];

    public IReadOnlyList<string> Names() => [.. files.Keys];

    public IDiskFile Open(string name, bool create = false)
    {
        if (create)
        {
            return files.TryAdd(name, new()) ? files[name] : throw new IOException($"{name} is there already");
        }
        return files.GetValueOrDefault(name) ?? throw new FileNotFoundException($"there is no {name}");
    }

    public void Rename(string from, string to)
    {
        files[to] = files.Remove(from, out var file) ? file : throw new FileNotFoundException($"there is no {from}");
    }

    public void Delete(string name) => files.Remove(name);

    public void Flush()
    {
    }

    /// <summary>Keeps its bytes when it is closed or deleted, so that others who have it open can go on.</summary>
    sealed class MemoryFile : IDiskFile
    {
        byte[] bytes = [];
        int length;

        public long Length => length;

        public int Read(long offset, Span<byte> to)
        {
            var count = (int)Math.Clamp(length - offset, 0, to.Length);
            bytes.AsSpan((int)Math.Min(offset, length), count).CopyTo(to);
            return count;
        }

        public void Write(long offset, ReadOnlySpan<byte> from)
        {
            var end = (int)offset + from.Length;
            if (end > bytes.Length)
            {
                Array.Resize(ref bytes, Math.Max(end, 2 * bytes.Length));
            }
            from.CopyTo(bytes.AsSpan((int)offset));
            length = Math.Max(length, end);
        }

        public void Truncate(long to)
        {
            if (to > bytes.Length)
            {
                Array.Resize(ref bytes, (int)to);
            }
            bytes.AsSpan((int)Math.Min(to, length), Math.Abs((int)to - length)).Clear();
            length = (int)to;
        }

        public void Flush()
        {
        }

        public void Dispose()
        {
        }
    }
}
