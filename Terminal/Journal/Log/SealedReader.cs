namespace Terminal.Journal.Log;

/// <summary>Reads sealed segments, from any thread; the one that was read last stays in memory.</summary>
sealed class SealedReader(IDisk disk, ulong epoch)
{
    readonly Lock gate = new();
    byte[] bytes = [];
    SealedFile recent;
    Segment? segment;

    /// <returns>Null: there is no such file.</returns>
    /// <exception cref="JournalFailedException">It is not as it was written.</exception>
    public List<LogRecord>? Read(SealedFile file, long from, int limit)
    {
        lock (gate)
        {
            try
            {
                if (segment is null || recent != file)
                {
                    segment = null; // Its bytes are overwritten.
                    var length = Load(file.Name);
                    segment = Segment.OfSealed(bytes, length, epoch);
                    recent = file;
                }
                return segment.After == file.After && segment.Last == file.Last
                    ? segment.Read(from, limit)
                    : throw new FormatException($"it holds entries {segment.After + 1} to {segment.Last}");
            }
            catch (FileNotFoundException)
            {
                return null;
            }
            catch (FormatException e)
            {
                segment = null;
                throw LogFiles.Damaged($"{file.Name}: {e.Message}");
            }
        }
    }

    /// <summary>A new array of this size for each file would be most of what the collector has to do.</summary>
    int Load(string name)
    {
        using var file = disk.Open(name);
        var length = (int)file.Length;
        if (bytes.Length < length)
        {
            bytes = new byte[length + (length / 4)];
        }
        return file.Read(0, bytes.AsSpan(0, length)) == length
            ? length
            : throw new IOException("a file became shorter meanwhile");
    }
}
