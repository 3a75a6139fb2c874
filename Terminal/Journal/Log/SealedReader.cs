namespace Terminal.Journal.Log;

/// <summary>
/// Reads sealed segments, from any thread. It keeps only the places of the frames in the segment that was read last,
/// because a whole segment would take too much memory. It checks each frame that it reads.
/// </summary>
sealed class SealedReader(IDisk disk, ulong epoch) : IDisposable
{
    readonly Lock gate = new();
    readonly List<(long At, long Last)> frames = [];
    SealedFile recent;
    IDiskFile? file;
    FrameReader? reader;

    /// <returns>Null if there is no such file.</returns>
    /// <exception cref="JournalFailedException">The file is not as it was written.</exception>
    public List<LogRecord>? Read(SealedFile from, long sequence, int limit)
    {
        lock (gate)
        {
            try
            {
                if (reader is null || recent != from)
                {
                    Open(from);
                }
                return Read(sequence, limit);
            }
            catch (FileNotFoundException)
            {
                return null;
            }
            catch (FormatException e)
            {
                Dispose();
                throw LogFiles.Damaged($"{from.Name}: {e.Message}");
            }
        }
    }

    public void Dispose()
    {
        file?.Dispose();
        (file, reader) = (null, null);
    }

    /// <summary>Finds the frames by their headers, each of which has the checksum of the frame before.</summary>
    void Open(SealedFile from)
    {
        Dispose();
        frames.Clear();
        file = disk.Open(from.Name);
        var found = new FrameReader(file, epoch);
        if (found.Read(0) is not { Kind: FrameKind.Sealed } first || first.After != from.After)
        {
            throw new FormatException("it does not begin as it must");
        }
        var (newest, link, at) = (first, first.Link, (long)first.Whole);
        for (var length = file.Length; at < length; at += newest.Whole)
        {
            if (found.ReadHeader(at) is not { Kind: FrameKind.Entries } frame || !frame.Follows(newest, link))
            {
                throw Bad(newest.Last);
            }
            (newest, link) = (frame, frame.Checksum);
            frames.Add((at, newest.Last));
        }
        if (newest.Last != from.Last)
        {
            throw new FormatException($"it holds entries {from.After + 1} to {newest.Last}");
        }
        (recent, reader) = (from, found);
    }

    List<LogRecord> Read(long from, int limit)
    {
        var records = new List<LogRecord>();
        for (var i = IndexOf(from); i < frames.Count && records.Count < limit; i++)
        {
            var frame = reader!.Read(frames[i].At) ?? throw Bad(i == 0 ? recent.After : frames[i - 1].Last);
            records.AddRange(LogRecord.Read(frame, reader.Body).Where(r => r.Entry.Sequence >= from)
                .Take(limit - records.Count));
        }
        return records;
    }

    /// <summary>The first frame that reaches this entry.</summary>
    int IndexOf(long sequence)
    {
        var (low, high) = (0, frames.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = frames[middle].Last < sequence ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    static FormatException Bad(long last) => new($"the frame behind entry {last} is damaged");
}
