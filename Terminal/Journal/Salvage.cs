namespace Terminal.Journal;

/// <summary>What is known of one entry of a damaged journal.</summary>
public enum SalvageVerdict
{
    /// <summary>Exactly as it was written: its hash follows from the entry before.</summary>
    Intact,
    /// <summary>Readable, but the hash before it is not to be had, so nothing proves it.</summary>
    Unchained,
    /// <summary>Not as it was written.</summary>
    Damaged,
    /// <summary>Not found.</summary>
    Missing,
}

/// <summary>One line of a salvage.</summary>
/// <param name="Sequence">Of the entry, or the first that is missing.</param>
/// <param name="Upto">The last that is missing; otherwise the sequence again.</param>
/// <param name="Entry">Null if it is missing.</param>
public sealed record Salvaged(long Sequence, long Upto, SalvageVerdict Verdict, Entry? Entry);

/// <summary>
/// Reads what is left of a SQLite journal, its file and its log, without opening it as a database and without writing
/// to it. It may find entries of a commit that never ended, and does not see all that is lost from the end: only the
/// head office knows of that.
/// </summary>
/// <remarks>16 bytes of memory for each row that is found, older copies of it in the log included.</remarks>
public sealed class Salvage : Ruin
{
    const int Window = 1 << 20;

    readonly List<DamagedFile> files = [];
    readonly List<Place> found = [];
    readonly MetaScan meta = new();
    readonly byte[] row = new byte[RowScan.LongestNumber + RowScan.Longest];

    /// <param name="path">The journal's file; its log is looked for beside it.</param>
    /// <param name="epoch">What it should be, if known: its own record may be what is damaged.</param>
    /// <exception cref="JournalFailedException">Neither can be opened.</exception>
    public Salvage(string path, string epoch = "")
    {
        try
        {
            files.AddRange(new[] { path, path + "-wal" }.Where(File.Exists).Select(p => new DamagedFile(p)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Dispose();
            throw new JournalFailedException($"journal {path}: {e.Message}; check that this user may read it", e);
        }
        if (files.Count == 0)
        {
            throw new JournalFailedException($"journal {path}: there is no such file; check the path");
        }
        for (var i = 0; i < files.Count; i++)
        {
            Scan(i);
        }
        // Of equal rows that in the file first, then the older one in the log: what never was committed comes last.
        found.Sort();
        meta.Add(epoch);
        Epoch = meta.Epochs.Where(e => Fitting(e) > 0).OrderByDescending(Fitting).FirstOrDefault() ?? "";
        Anchor = meta.Anchors.FirstOrDefault(IsFollowed) ?? Unproved();
    }

    /// <summary>The epoch to which the entries fit; empty: not found, so that nothing can be proved.</summary>
    public override string Epoch { get; }

    /// <summary>What the first kept entry follows; null: that cannot be read, or what follows it is lost.</summary>
    public Anchor? Anchor { get; }

    public override IReadOnlyList<string> Problems =>
    [
        .. Epoch.Length > 0 ? Array.Empty<string>() : ["the epoch cannot be read: nothing is proved"],
        .. Anchor is not null ? Array.Empty<string>() : ["the anchor cannot be read: what is missing may be dropped"],
    ];

    /// <summary>Every entry that was found, in order, and every gap.</summary>
    public override IEnumerable<Salvaged> Entries()
    {
        var before = Epoch.Length > 0 ? SalvageVerdict.Intact : SalvageVerdict.Missing;
        var expected = (Anchor?.Sequence ?? 0) + 1;
        byte[][] hashes = [(Anchor ?? Anchor.Start).Hash];
        var newest = meta.Cursors.Max();
        int next;
        for (var at = First(expected); at < found.Count; at = next)
        {
            var sequence = found[at].Sequence;
            next = First(sequence + 1);
            if (sequence > expected)
            {
                before = SalvageVerdict.Missing;
                yield return new(expected, sequence - 1, before, null);
            }
            var sound = Choose(at, next, e => hashes.Any(h => Chain.Holds(h, Epoch, e)));
            if ((sound ?? Choose(at, next, _ => true)) is not { } entry)
            {
                continue; // It was there a moment ago; the next one tells of the gap.
            }
            before = sound is not null ? SalvageVerdict.Intact :
                before == SalvageVerdict.Intact || !Decodes(entry) ? SalvageVerdict.Damaged :
                SalvageVerdict.Unchained;
            yield return new(sequence, sequence, before, entry);
            newest = sound is null ? newest : Math.Max(newest, NewestOfHead(at, next, entry));
            // If only its hash is damaged, the next follows from what it should have been.
            hashes = sound is not null ? [entry.Hash] : [entry.Hash, HashAfter(hashes[0], entry)];
            expected = sequence + 1;
        }
        if (newest >= expected)
        {
            // A payment's head or the cursor says that there was more.
            yield return new(expected, newest, SalvageVerdict.Missing, null);
        }
    }

    public override Entry? Read(long sequence) =>
        First(sequence) is var at && at < found.Count && found[at].Sequence == sequence ? Read(found[at], out _) : null;

    public override long Acknowledged(long last) => meta.Cursors.Where(c => c <= last).Max();

    public override void Dispose() => files.ForEach(f => f.Dispose());

    void Scan(int file)
    {
        const int Before = RowScan.LongestNumber;
        var buffer = new byte[Before + Window + RowScan.Longest];
        for (long start = 0; start < files[file].Length; start += Window)
        {
            var offset = Math.Max(0, start - Before);
            var bytes = buffer.AsSpan(0, (int)Math.Min(buffer.Length, files[file].Length - offset));
            files[file].Read(offset, bytes);
            var first = (int)(start - offset);
            for (var at = first; (at = RowScan.Next(bytes, at)) >= 0 && at < first + Window; at++)
            {
                if (RowScan.Read(bytes, at, out _) is { } entry)
                {
                    found.Add(new(entry.Sequence, file, offset + at));
                }
            }
            meta.Scan(bytes);
        }
    }

    /// <summary>The first copy that fits, which from now on is the first of its kind; null: none.</summary>
    Entry? Choose(int from, int upto, Func<Entry, bool> fits)
    {
        for (var at = from; at < upto; at++)
        {
            if (Read(found[at], out _) is { } entry && fits(entry))
            {
                (found[from], found[at]) = (found[at], found[from]);
                return entry;
            }
        }
        return null;
    }

    /// <summary>Heads are not hashed, and older copies of a row have an older one.</summary>
    long NewestOfHead(int from, int upto, Entry entry)
    {
        long newest = 0;
        for (var at = from; at < upto; at++)
        {
            if (Read(found[at], out var last) is { } copy && copy.Hash.AsSpan().SequenceEqual(entry.Hash))
            {
                newest = Math.Max(newest, last);
            }
        }
        return newest;
    }

    /// <summary>Where the copies of this entry are, or those of the next one that was found.</summary>
    int First(long sequence)
    {
        var (low, high) = (0, found.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = found[middle].Sequence < sequence ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    Entry? Read(Place place, out long headLast)
    {
        var offset = Math.Max(0, place.Offset - RowScan.LongestNumber);
        files[place.File].Read(offset, row);
        return RowScan.Read(row, (int)(place.Offset - offset), out headLast);
    }

    IEnumerable<Entry> Copies(long sequence)
    {
        for (var at = First(sequence); at < found.Count && found[at].Sequence == sequence; at++)
        {
            if (Read(found[at], out _) is { } entry)
            {
                yield return entry;
            }
        }
    }

    bool IsFollowed(Anchor anchor) => Copies(anchor.Sequence + 1).Any(e => Chain.Holds(anchor.Hash, Epoch, e));

    /// <summary>The entry after it is lost: believed only if it drops nothing that is there.</summary>
    Anchor? Unproved()
    {
        var newest = meta.Anchors.First();
        return newest.Sequence > 0 ? First(newest.Sequence + 1) == 0 ? newest : null :
            found is [{ Sequence: 1 }, ..] ? newest : null;
    }

    /// <summary>How many of the first entries this epoch ties to the one before, to tell it from others.</summary>
    int Fitting(string epoch)
    {
        const int Enough = 50;
        var fitting = 0;
        byte[][] before = [Chain.Origin.ToArray(), .. meta.Anchors.Select(a => a.Hash)];
        var at = 0;
        for (var tried = 0; tried < 10 * Enough && fitting < Enough && at < found.Count; tried++)
        {
            var sequence = found[at].Sequence;
            Entry[] copies = [.. Copies(sequence)];
            fitting += copies.Any(c => before.Any(hash => Chain.Holds(hash, epoch, c))) ? 1 : 0;
            before = [.. copies.Select(c => c.Hash)];
            at = First(sequence + 1);
        }
        return fitting;
    }

    byte[] HashAfter(byte[] previous, Entry entry)
    {
        var hash = new byte[Chain.HashLength];
        Chain.Hash(previous, Epoch, entry, hash);
        return hash;
    }

    static bool Decodes(Entry entry)
    {
        try
        {
            FactCodec.Decode(entry);
            return true;
        }
        catch (JournalFailedException)
        {
            return false;
        }
    }

    readonly record struct Place(long Sequence, long Position) : IComparable<Place>
    {
        const int FileBit = 62;

        public Place(long sequence, int file, long offset)
            : this(sequence, ((long)file << FileBit) | offset)
        {
        }

        public int File => (int)(Position >> FileBit);

        public long Offset => Position & ~(1L << FileBit);

        public int CompareTo(Place other) => (Sequence, Position).CompareTo((other.Sequence, other.Position));
    }
}
