namespace Terminal.Journal.Log;

/// <summary>What is known of one entry of a damaged journal.</summary>
enum SalvageVerdict
{
    /// <summary>Exactly as it was written: its hash follows from the entry before.</summary>
    Intact,
    /// <summary>In a whole frame, but the entry before it is lost.</summary>
    Unchained,
    /// <summary>In a whole frame, but it does not follow from the entry before.</summary>
    Damaged,
    /// <summary>Not found.</summary>
    Missing,
}

/// <summary>One line of a salvage.</summary>
/// <param name="Sequence">The entry, or the first missing one.</param>
/// <param name="Upto">The last missing one; otherwise the sequence again.</param>
/// <param name="Entry">Null if it is missing.</param>
sealed record Salvaged(long Sequence, long Upto, SalvageVerdict Verdict, Entry? Entry);

/// <summary>
/// Reads as much as possible of a journal that may be damaged: every whole frame, wherever it lies. Nothing is written.
/// Only a folder that cannot be read is a failure; everything else that is wrong is reported.
/// </summary>
sealed class Salvage : IDisposable
{
    /// <summary>Longer files are not read; the journal makes none.</summary>
    const long LongestFile = 64 << 20;

    readonly List<IDiskFile> files = [];
    readonly List<Place> found = [];
    readonly Dictionary<long, Entry> copies = [];
    readonly List<string> problems = [];
    readonly Bound? bound;
    readonly long acknowledged;
    readonly long reached;
    (int Frame, List<LogRecord> Records) recent = (-1, []);

    /// <param name="folder">The journal's folder.</param>
    /// <param name="epoch">The expected epoch, if known.</param>
    /// <exception cref="JournalFailedException">There is no such folder, or it may not be read.</exception>
    public Salvage(string folder, string epoch = "")
    {
        try
        {
            var disk = new FolderDisk(folder, isReadOnly: true);
            foreach (var name in disk.Names().Where(IsOurs).Order(StringComparer.Ordinal))
            {
                files.Add(disk.Open(name, create: false));
                Scan(files.Count - 1);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Dispose();
            throw new JournalFailedException($"journal {folder}: {e.Message}; check that this user may read it", e);
        }
        var chosen = found.Where(f => f.Epoch == EpochOf(epoch)).Append(found.GroupBy(f => f.Epoch)
            .OrderByDescending(g => g.Count()).FirstOrDefault()?.First() ?? default).First().Epoch;
        found.RemoveAll(f => f.Epoch != chosen);
        Epoch = found.Count > 0 ? LogFiles.TextOf(chosen) : "";
        var bounds = found.Where(f => f.Frame.Kind == FrameKind.Bound).OrderBy(f => f.Frame.Number).ToArray();
        bound = bounds is [.., var newest] ? Bound.Read(ReadFrame(newest))?.Bound : null;
        acknowledged = found.Select(f => f.Frame.Acknowledged).DefaultIfEmpty().Max();
        TakeCopies();
        found.RemoveAll(f => f.Frame.Kind != FrameKind.Entries);
        reached = Math.Max(bound?.Reached.Sequence ?? 0, found.Select(f => f.Frame.Last).DefaultIfEmpty().Max());
        found.Sort((a, b) => (a.Frame.After, a.Frame.Number).CompareTo((b.Frame.After, b.Frame.Number)));
        if (bound is null)
        {
            problems.Add($"{Bound.Name} cannot be read: nobody knows where the journal began and how far it reached");
        }
    }

    /// <summary>Empty if no frame is whole.</summary>
    public string Epoch { get; }

    /// <summary>The entry that the first kept one follows; null if that cannot be read.</summary>
    public Anchor? Anchor => bound?.Begins;

    /// <summary>What is wrong with the journal as a whole.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Every entry that was found, in order, and every gap.</summary>
    public IEnumerable<Salvaged> Entries()
    {
        var expected = (Anchor?.Sequence ?? 0) + 1;
        var before = Anchor?.Hash ?? (found is [{ Frame.After: 0 }, ..] ? Chain.Origin.ToArray() : null);
        foreach (var sequence in Sequences().Where(s => s >= expected))
        {
            if (sequence > expected)
            {
                yield return new(expected, sequence - 1, SalvageVerdict.Missing, null);
                before = null;
            }
            if (sequence < expected || Choose(sequence, before) is not { } entry)
            {
                continue;
            }
            var verdict = before is null ? SalvageVerdict.Unchained :
                Chain.Holds(before, Epoch, entry) ? SalvageVerdict.Intact : SalvageVerdict.Damaged;
            yield return new(sequence, sequence, verdict, entry);
            before = entry.Hash;
            expected = sequence + 1;
        }
        if (reached >= expected)
        {
            yield return new(expected, reached, SalvageVerdict.Missing, null);
        }
    }

    /// <summary>An entry as <see cref="Entries"/> gave it; null if it can no longer be read.</summary>
    public Entry? Read(long sequence) => Choose(sequence, null);

    /// <summary>
    /// The head office is known to have the entries up to here; 0 if that is unreadable or beyond the last entry.
    /// </summary>
    public long Acknowledged(long last) => acknowledged <= last ? acknowledged : 0;

    public void Dispose() => files.ForEach(f => f.Dispose());

    static bool IsOurs(string name) => name == Bound.Name || name == SealedFile.Draft ||
        LogFiles.Slots.Contains(name) || SealedFile.Among([name]).Any();

    static ulong EpochOf(string text) =>
        ulong.TryParse(text, System.Globalization.NumberStyles.HexNumber, null, out var epoch) ? epoch : 0;

    void Scan(int file)
    {
        var length = files[file].Length;
        if (length > LongestFile)
        {
            problems.Add("a file is longer than any of a journal");
            return;
        }
        var bytes = new byte[length];
        Read(files[file], 0, bytes);
        for (var at = 0; (at = LogFrame.Next(bytes, at)) >= 0;)
        {
            if (LogFrame.ReadHeader(bytes.AsSpan(at)) is var (_, epoch) &&
                LogFrame.Read(bytes.AsSpan(at), epoch) is { } frame)
            {
                found.Add(new(file, at, epoch, frame));
                at += LogFrame.HeaderLength + frame.Length;
            }
            else
            {
                at++;
            }
        }
    }

    /// <summary>A state also has the entries of open payments, which may be lost elsewhere.</summary>
    void TakeCopies()
    {
        foreach (var place in found.Where(f => f.Frame.Kind == FrameKind.State).OrderBy(f => f.Frame.Number))
        {
            try
            {
                var state = LogState.Read(ReadFrame(place).AsSpan(LogFrame.HeaderLength));
                foreach (var entry in state.Payments.Entries)
                {
                    copies[entry.Sequence] = entry;
                }
            }
            catch (FormatException)
            {
                problems.Add("a state cannot be read");
            }
        }
    }

    IEnumerable<long> Sequences()
    {
        var kept = new Queue<long>(copies.Keys.Order());
        foreach (var place in found)
        {
            for (; kept.TryPeek(out var copy) && copy <= place.Frame.After; kept.Dequeue())
            {
                yield return copy;
            }
            for (var sequence = place.Frame.After + 1; sequence <= place.Frame.Last; sequence++)
            {
                yield return sequence;
            }
        }
        foreach (var copy in kept)
        {
            yield return copy;
        }
    }

    /// <summary>Prefers the copy that follows from the entry before; otherwise takes the first.</summary>
    Entry? Choose(long sequence, byte[]? before)
    {
        var all = Copies(sequence).ToList();
        return all.Find(e => before is not null && Chain.Holds(before, Epoch, e)) ?? all.FirstOrDefault();
    }

    IEnumerable<Entry> Copies(long sequence)
    {
        for (var i = First(sequence); i < found.Count && found[i].Frame.After < sequence; i++)
        {
            if (found[i].Frame.Last >= sequence && Records(i).Find(r => r.Entry.Sequence == sequence) is { } record)
            {
                yield return record.Entry;
            }
        }
        if (copies.TryGetValue(sequence, out var copy))
        {
            yield return copy;
        }
    }

    /// <summary>
    /// The first frame that may hold this entry. Few frames do: a commit has few entries and few copies.
    /// </summary>
    int First(long sequence)
    {
        var (low, high) = (0, found.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = found[middle].Frame.Last < sequence ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    List<LogRecord> Records(int frame)
    {
        if (recent.Frame == frame)
        {
            return recent.Records;
        }
        var (place, records) = (found[frame].Frame, new List<LogRecord>());
        try
        {
            ReadOnlySpan<byte> rest = ReadFrame(found[frame]).AsSpan(LogFrame.HeaderLength);
            for (var sequence = place.After + 1; sequence <= place.Last; sequence++)
            {
                records.Add(LogRecord.Read(ref rest, sequence));
            }
        }
        catch (FormatException)
        {
            // The checksum is forged: only the records before this one are usable.
        }
        recent = (frame, records);
        return records;
    }

    byte[] ReadFrame(Place place)
    {
        var bytes = new byte[LogFrame.HeaderLength + place.Frame.Length];
        Read(files[place.File], place.Offset, bytes);
        return bytes;
    }

    /// <summary>A block that failing storage cannot deliver is read as zeros.</summary>
    static void Read(IDiskFile file, long offset, byte[] bytes)
    {
        try
        {
            _ = file.Read(offset, bytes);
        }
        catch (IOException) when (bytes.Length > LogFrame.Block)
        {
            for (var at = 0; at < bytes.Length; at += LogFrame.Block)
            {
                var block = new byte[Math.Min(LogFrame.Block, bytes.Length - at)];
                Read(file, offset + at, block);
                block.CopyTo(bytes, at);
            }
        }
        catch (IOException)
        {
            Array.Clear(bytes);
        }
    }

    readonly record struct Place(int File, long Offset, ulong Epoch, LogFrame Frame);
}
