using System.Text.RegularExpressions;

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
/// to it. It may find entries of a commit that never ended; entries lost from the end leave no trace here: only the
/// head office knows of them.
/// </summary>
public sealed partial class Salvage : IDisposable
{
    const int Window = 1 << 20;

    readonly List<DamagedFile> files = [];
    readonly SortedDictionary<long, List<Place>> found = [];
    readonly HashSet<string> epochs = [];
    readonly byte[] row = new byte[RowScan.LongestNumber + RowScan.Longest];

    /// <param name="path">The journal's file; its log is looked for beside it.</param>
    /// <exception cref="JournalFailedException">Neither can be opened.</exception>
    public Salvage(string path)
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
        Epoch = epochs.Where(e => Fitting(e) > 0).OrderByDescending(Fitting).FirstOrDefault() ?? "";
    }

    /// <summary>The epoch to which the entries fit; empty: not found, so that nothing can be proved.</summary>
    public string Epoch { get; }

    /// <summary>Every entry that was found, in order, and every gap.</summary>
    public IEnumerable<Salvaged> Entries()
    {
        var before = Epoch.Length > 0 ? SalvageVerdict.Intact : SalvageVerdict.Missing;
        long expected = 1;
        byte[][] hashes = [Chain.Origin.ToArray()];
        foreach (var (sequence, places) in found)
        {
            if (sequence > expected)
            {
                before = SalvageVerdict.Missing;
                yield return new(expected, sequence - 1, before, null);
            }
            var copies = places.Select(Read).OfType<Entry>();
            var sound = copies.FirstOrDefault(e => hashes.Any(h => Chain.Holds(h, Epoch, e)));
            var entry = sound ?? copies.First();
            before = sound is not null ? SalvageVerdict.Intact :
                before == SalvageVerdict.Intact || !Decodes(entry) ? SalvageVerdict.Damaged :
                SalvageVerdict.Unchained;
            yield return new(sequence, sequence, before, entry);
            // If only its hash is damaged, the next follows from what it should have been.
            hashes = sound is not null ? [entry.Hash] : [entry.Hash, HashAfter(hashes[0], entry)];
            expected = sequence + 1;
        }
    }

    public void Dispose() => files.ForEach(f => f.Dispose());

    void Scan(int file)
    {
        const int Before = RowScan.LongestNumber;
        var bytes = new byte[Before + Window + RowScan.Longest];
        for (long start = 0; start < files[file].Length; start += Window)
        {
            var offset = Math.Max(0, start - Before);
            files[file].Read(offset, bytes);
            var first = (int)(start - offset);
            for (var at = first; (at = RowScan.Next(bytes, at)) >= 0 && at < first + Window; at++)
            {
                if (RowScan.Read(bytes, at) is { } entry)
                {
                    Keep(entry.Sequence, new(file, offset + at));
                }
            }
            foreach (Match match in EpochRow().Matches(System.Text.Encoding.Latin1.GetString(bytes)))
            {
                epochs.Add(match.Groups[1].Value);
            }
        }
    }

    void Keep(long sequence, Place place)
    {
        if (!found.TryGetValue(sequence, out var places))
        {
            found.Add(sequence, places = []);
        }
        places.Add(place);
    }

    Entry? Read(Place place)
    {
        var offset = Math.Max(0, place.Offset - RowScan.LongestNumber);
        files[place.File].Read(offset, row);
        return RowScan.Read(row, (int)(place.Offset - offset));
    }

    /// <summary>How many of the first entries this epoch ties to the one before, to tell it from others.</summary>
    int Fitting(string epoch)
    {
        const int Enough = 50;
        var fitting = 0;
        byte[][] before = [Chain.Origin.ToArray()];
        foreach (var places in found.Values.Take(10 * Enough).TakeWhile(_ => fitting < Enough))
        {
            Entry[] copies = [.. places.Select(Read).OfType<Entry>()];
            fitting += copies.Any(c => before.Any(hash => Chain.Holds(hash, epoch, c))) ? 1 : 0;
            before = [.. copies.Select(c => c.Hash)];
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

    [GeneratedRegex("epoch([0-9a-f]{16})")]
    private static partial Regex EpochRow();

    readonly record struct Place(int File, long Offset);
}
