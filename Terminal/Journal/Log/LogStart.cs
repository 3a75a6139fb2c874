using static Terminal.Journal.Log.LogFiles;

namespace Terminal.Journal.Log;

/// <summary>
/// Finds the end of the log and checks whether the log can be trusted. Only the newest frame may be bad, because its
/// writing was interrupted. Anything else that is bad, missing or too short is damage. Nothing is changed.
/// </summary>
sealed class LogStart
{
    const int MostLooks = 5;

    readonly ulong epoch;
    readonly byte[] piece = new byte[16 * LogFrame.Block];

    /// <exception cref="JournalFailedException">The log is damaged or of another version.</exception>
    public LogStart(IDisk disk)
    {
        var names = disk.Names();
        (Bound, epoch) = ReadBound(disk, names);
        Active = Choose(disk, names);
        Parts = [.. SealedFile.Among(names).Where(p => p.Last > Bound.Begins.Sequence)];
        Obsolete = [.. SealedFile.Among(names).Where(p => p.Last <= Bound.Begins.Sequence)];
        var expected = Bound.Begins.Sequence;
        foreach (var part in Parts)
        {
            expected = part.After == expected ? part.Last : throw Missing(expected, part.After);
        }
        if (expected != Active.After)
        {
            Older = ReadOlder(disk);
            if (expected != Older.After)
            {
                throw Missing(expected, Older.After);
            }
        }
        if (Bound.Reached.Sequence > Active.Last)
        {
            throw Damaged($"it ends with entry {Active.Last}, but it had reached entry {Bound.Reached.Sequence}");
        }
    }

    /// <summary>
    /// Reads a log that another process may be writing. A write under way may look like damage, but not every time.
    /// </summary>
    public static LogStart Look(IDisk disk)
    {
        for (var left = MostLooks; ; left--)
        {
            try
            {
                return new(disk);
            }
            catch (Exception e) when (left > 1 && IsPassing(e))
            {
                // Look again.
            }
        }
    }

    public string Epoch => TextOf(epoch);

    public Bound Bound { get; }

    /// <summary>The active segment, to which commits are appended.</summary>
    public Segment Active { get; private set; }

    /// <summary>
    /// The state at the beginning of the active segment; the journal's memory takes it over and changes it.
    /// </summary>
    public LogState State { get; private set; } = null!;

    /// <summary>Which of the two files the active segment is in.</summary>
    public int ActiveSlot { get; private set; }

    /// <summary>The segment before the active one, if it is not sealed yet.</summary>
    public Segment? Older { get; }

    public IReadOnlyList<SealedFile> Parts { get; }

    /// <summary>Sealed files that were dropped but not deleted yet.</summary>
    public IReadOnlyList<SealedFile> Obsolete { get; }

    static bool IsPassing(Exception e) => e is FileNotFoundException or JournalFailedException { IsDamage: true };

    static (Bound, ulong) ReadBound(IDisk disk, IReadOnlyList<string> names)
    {
        if (!names.Contains(Bound.Name))
        {
            throw Damaged($"the file {Bound.Name} is missing, which says how far it had reached");
        }
        var bytes = ReadAll(disk, Bound.Name);
        return Bound.Read(bytes) ?? throw (LogFrame.IsForeign(bytes) ||
            LogFrame.IsForeign(bytes.AsSpan(Math.Min(LogFrame.Block, bytes.Length)))
            ? Foreign(Bound.Name)
            : Damaged($"the file {Bound.Name} cannot be read, which says how far it had reached"));
    }

    Segment Choose(IDisk disk, IReadOnlyList<string> names)
    {
        var firsts = new List<(int Slot, LogFrame? First)>();
        var lengths = new HashSet<long>();
        for (var i = 0; i < Slots.Length; i++)
        {
            if (!names.Contains(Slots[i]))
            {
                throw Damaged($"the file {Slots[i]} is missing");
            }
            using var file = disk.Open(Slots[i]);
            lengths.Add(file.Length);
            firsts.Add((i, FirstOf(file, Slots[i])));
        }
        Segment? chosen = null;
        foreach (var (slot, _) in firsts.Where(f => f.First is not null).OrderByDescending(f => f.First!.Value.Number))
        {
            using var file = disk.Open(Slots[slot]);
            if (Segment.Read(file, piece, epoch) is { } segment)
            {
                (chosen, ActiveSlot, State) = (segment, slot, segment.ReadState(file));
                break;
            }
        }
        if (chosen is null)
        {
            throw Damaged("no segment begins as it must");
        }
        if (lengths.Count > 1 || chosen.First.Room != lengths.First())
        {
            throw Damaged($"one of {string.Join(", ", Slots)} has another length than it was made with");
        }
        return !HasLater(disk, chosen)
            ? chosen
            : throw Damaged($"what follows entry {chosen.Last} was altered, and more was written behind it");
    }

    /// <summary>
    /// True if a later frame exists. Then a bad frame at the end is damage, not an interrupted write.
    /// </summary>
    bool HasLater(IDisk disk, Segment chosen)
    {
        for (var slot = 0; slot < Slots.Length; slot++)
        {
            using var file = disk.Open(Slots[slot]);
            for (long at = slot == ActiveSlot ? chosen.End : 0; at < file.Length; at += piece.Length)
            {
                var blocks = file.Read(at, piece) / LogFrame.Block;
                for (var i = 0; i < blocks; i++)
                {
                    if (LogFrame.ReadHeader(piece.AsSpan(i * LogFrame.Block)) is var (header, of) && of == epoch &&
                        header.Number > chosen.Newest.Number &&
                        LogFrame.Read(file, at + (i * LogFrame.Block), new byte[LogFrame.Block], epoch) is not null)
                    {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    LogFrame? FirstOf(IDiskFile file, string name)
    {
        var block = new byte[LogFrame.Block];
        file.Read(0, block);
        return LogFrame.IsForeign(block) ? throw Foreign(name) :
            LogFrame.ReadHeader(block) is ({ Kind: FrameKind.State } first, var of) && of == epoch ? first : null;
    }

    Segment ReadOlder(IDisk disk)
    {
        using var file = disk.Open(Slots[1 - ActiveSlot]);
        var older = Segment.Read(file, piece, epoch);
        return older is not null && older.Last == Active.After && older.Newest.Number + 1 == Active.First.Number &&
            older.Newest.Checksum == Active.First.Link
            ? older
            : throw Missing(Parts is [.., var part] ? part.Last : Bound.Begins.Sequence, Active.After);
    }

    static JournalFailedException Missing(long from, long to) => Damaged(
        from < to ? $"entries {from + 1} to {to} are missing" : $"two files have entries {to + 1} to {from}");
}
