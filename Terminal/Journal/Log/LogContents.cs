namespace Terminal.Journal.Log;

/// <summary>
/// Every record of the log: in a sealed file, or in memory if its segment is active or not sealed yet. One thread adds;
/// any thread may read.
/// </summary>
sealed class LogContents : IDisposable
{
    readonly Lock gate = new();
    readonly SealedReader reader;
    readonly List<SealedFile> parts;
    readonly List<LogRecord> tail;
    long tailAfter;

    public LogContents(IDisk disk, LogStart start)
    {
        reader = new(disk, LogFiles.EpochOf(start.Epoch));
        parts = [.. start.Parts];
        Begins = start.Bound.Begins;
        tailAfter = start.Older?.After ?? start.Active.After;
        tail = [.. start.Older?.Records ?? [], .. start.Active.Records];
    }

    /// <summary>The entry that the oldest one follows.</summary>
    public Anchor Begins { get; private set; }

    /// <summary>The last entry in a sealed file; without such a file, the entry that the oldest one follows.</summary>
    public long Sealed => parts is [.., var part] ? part.Last : Begins.Sequence;

    /// <summary>The oldest sealed segment; null if there is none.</summary>
    public SealedFile? Oldest
    {
        get
        {
            lock (gate)
            {
                return parts is [var first, ..] ? first : null;
            }
        }
    }

    /// <summary>Every sealed segment, oldest first.</summary>
    public IReadOnlyList<SealedFile> Parts
    {
        get
        {
            lock (gate)
            {
                return [.. parts];
            }
        }
    }

    public void Add(IReadOnlyList<LogRecord> records)
    {
        lock (gate)
        {
            tail.AddRange(records);
        }
    }

    /// <summary>From now on the records of this segment are read from its file.</summary>
    public void Seal(SealedFile file)
    {
        lock (gate)
        {
            parts.Add(file);
            tail.RemoveRange(0, (int)(file.Last - tailAfter));
            tailAfter = file.Last;
        }
    }

    public void DropOldest(Anchor begins)
    {
        lock (gate)
        {
            Begins = begins;
            parts.RemoveAt(0);
        }
    }

    /// <summary>Records in order, from this one on; fewer than the limit only at the end.</summary>
    /// <exception cref="JournalFailedException">The records are not as they were written.</exception>
    public List<LogRecord> Read(long from, int limit)
    {
        var records = new List<LogRecord>();
        while (records.Count < limit)
        {
            SealedFile file;
            lock (gate)
            {
                from = Math.Max(from, Begins.Sequence + 1);
                if (from > tailAfter)
                {
                    var start = (int)Math.Min(from - tailAfter - 1, tail.Count);
                    records.AddRange(tail.GetRange(start, Math.Min(limit - records.Count, tail.Count - start)));
                    return records;
                }
                file = parts[Find(from)];
            }
            if (reader.Read(file, from, limit - records.Count) is { } some)
            {
                records.AddRange(some);
            }
            else if (Begins.Sequence < file.Last)
            {
                throw LogFiles.Damaged($"{file.Name} is missing"); // Otherwise it was dropped a moment ago.
            }
            from = file.Last + 1;
        }
        return records;
    }

    public void Dispose() => reader.Dispose();

    int Find(long sequence)
    {
        var (low, high) = (0, parts.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = parts[middle].Last < sequence ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}
