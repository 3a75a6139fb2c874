using Terminal.Journal.Upkeep;

using static Terminal.Journal.Log.LogFiles;

namespace Terminal.Journal.Log;

/// <summary>
/// The write-ahead log, which decides what the journal holds. A commit is one write and one flush of a frame at the end
/// of the active segment; it never touches a block that was written before. After a failure nothing is tried again.
/// </summary>
/// <remarks>
/// One thread appends and rotates; others may read and seal meanwhile. Disk failures are an <see cref="IOException"/>.
/// </remarks>
sealed class JournalLog : IDisposable
{
    readonly IDisk disk;
    readonly ulong epoch;
    readonly IDiskFile[] slots = new IDiskFile[Slots.Length];
    readonly IDiskFile? boundFile;
    readonly Lock sealing = new();
    readonly LogContents contents;
    SealedFile? older;
    int active;
    long begun, end;
    LogFrame newest;
    byte[] hash;
    byte[] buffer = new byte[4 * LogFrame.Block];

    /// <summary>Continues at the end of the log; changes nothing if the log is damaged.</summary>
    public JournalLog(IDisk disk, LogStart start, bool isReadOnly)
    {
        this.disk = disk;
        epoch = EpochOf(start.Epoch);
        contents = new(disk, start);
        active = start.ActiveSlot;
        (begun, end) = (start.Active.First.Padded, start.Active.End);
        newest = start.Active.Newest;
        older = start.Older is { } before ? new(before.After, before.Last) : null;
        Follows = new(start.Active.After, start.State.Hash);
        hash = start.Active.Records is [.., var last] ? last.Entry.Hash : Follows.Hash;
        Bound = start.Bound;
        Acknowledged = Math.Clamp(
            Math.Max(newest.Acknowledged, Bound.Acknowledged), Bound.Begins.Sequence, newest.Last);
        CheckReached();
        if (isReadOnly)
        {
            return;
        }
        boundFile = disk.Open(Bound.Name);
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = disk.Open(Slots[i]);
        }
    }

    public long Last => newest.Last;

    /// <summary>Hash of the newest entry.</summary>
    public byte[] Hash => hash;

    /// <summary>The entry before the segment that was active when the log was opened.</summary>
    public Anchor Follows { get; }

    public Bound Bound { get; private set; }

    /// <summary>Written with the next commit or bound.</summary>
    public long Acknowledged { get; set; }

    /// <summary>True until the segment before the active one is in a file of its own.</summary>
    public bool IsUnsealed => older is not null;

    /// <summary>How full the active segment is behind its state, from 0 to 1.</summary>
    public double Used => (double)(end - begun) / (Room - begun);

    long Room => slots[active].Length;

    /// <summary>Whether the active segment has room for this commit.</summary>
    public bool HasRoomFor(IReadOnlyList<LogRecord> records) =>
        end + new LogFrame(FrameKind.Entries, LengthOf(records), 0, 0, 0).Padded <= Room;

    /// <summary>Writes one commit, which is durable on return.</summary>
    public void Append(IReadOnlyList<LogRecord> records)
    {
        var length = LengthOf(records);
        var bytes = HasRoomFor(records) ? Buffer(length) : throw TooLong();
        var rest = bytes.AsSpan(LogFrame.HeaderLength);
        foreach (var record in records)
        {
            record.Write(ref rest);
        }
        var frame = Next(FrameKind.Entries, length) with { Count = records.Count, Link = newest.Checksum };
        Write(slots[active], end, frame, bytes);
        end += newest.Padded;
        hash = records[^1].Entry.Hash;
        contents.Add(records);
    }

    /// <summary>
    /// Continues in the other file, which then begins with a state. Seals what was in that file first.
    /// </summary>
    public void Rotate(LogState state)
    {
        if (newest.Kind == FrameKind.State)
        {
            throw TooLong();
        }
        Seal();
        if (state.Length > LogFrame.MaxLength)
        {
            throw TooLong();
        }
        var (next, last) = (1 - active, newest.Last);
        var frame = Next(FrameKind.State, state.Length) with { Link = newest.Checksum, Room = Room };
        newest = state.Write(slots[next], frame, (epoch, frame.Padded));
        slots[next].Flush();
        (active, begun, end) = (next, newest.Padded, newest.Padded);
        older = new(contents.Sealed, last);
        Renew();
    }

    /// <summary>Copies the segment before the active one into a file of its own, unless that is done.</summary>
    public void Seal()
    {
        lock (sealing)
        {
            if (older is not { } file)
            {
                return;
            }
            disk.Delete(SealedFile.Draft);
            using (var draft = disk.Open(SealedFile.Draft, create: true))
            {
                if (!new Sealing(slots[1 - active], epoch).Copy(file, draft))
                {
                    throw Damaged($"entries {file.After + 1} to {file.Last} are not as they were written");
                }
                draft.Flush();
            }
            disk.Rename(SealedFile.Draft, file.Name);
            disk.Flush();
            contents.Seal(file);
            older = null;
        }
    }

    /// <summary>
    /// Writes a bound at the newest entry: from now on, a log that ends before that entry is refused.
    /// </summary>
    public void Renew(byte[]? codeKey = null)
    {
        Bound = new(Bound.Number + 1, new(Last, hash), Bound.Begins)
        {
            Acknowledged = Acknowledged,
            CodeKey = codeKey ?? Bound.CodeKey,
        };
        Bound.Write(boundFile!, epoch);
    }

    /// <summary>The oldest sealed segment, the smallest part that can be dropped; null if there is none.</summary>
    public SealedFile? Oldest => contents.Oldest;

    /// <summary>
    /// Drops the oldest sealed segment: first moves the beginning of the log past it, then deletes its file.
    /// </summary>
    public void DropOldest()
    {
        var file = contents.Oldest!.Value;
        var begins = new Anchor(file.Last, Read(file.Last, 1)[0].Entry.Hash);
        Bound = Bound with { Begins = begins };
        Renew();
        contents.DropOldest(begins);
        disk.Delete(file.Name);
        disk.Flush();
    }

    /// <summary>Deletes what a power cut left: files of dropped segments, and an unfinished sealed file.</summary>
    public void CleanUp(LogStart start)
    {
        foreach (var file in start.Obsolete)
        {
            disk.Delete(file.Name);
        }
        disk.Delete(SealedFile.Draft);
    }

    /// <summary>Makes durable what an earlier process wrote, which may be only in the system's memory.</summary>
    public void Flush() => slots[active].Flush();

    /// <summary>Records in order, from this one on; fewer than the limit only at the end.</summary>
    /// <exception cref="JournalFailedException">The records are not as they were written.</exception>
    public IReadOnlyList<LogRecord> Read(long from, int limit) => contents.Read(from, limit);

    /// <summary>
    /// Copies the log as it is now, while it may be written. The first step copies the files that are written over,
    /// each later step one sealed file.
    /// </summary>
    public IEnumerable<Copied> Copy(IDisk to)
    {
        var parts = contents.Parts;
        var bytes = LogCopy.Slot(disk, to, Slots[active], end) +
            LogCopy.Slot(disk, to, Slots[1 - active], older is null ? 0 : long.MaxValue);
        using (var file = to.Open(Bound.Name, create: true))
        {
            file.Write(0, new byte[2 * LogFrame.Block]);
            (Bound with { Number = Bound.Number + 1, Reached = new(Last, hash) }).Write(file, epoch);
        }
        foreach (var part in parts)
        {
            yield return new(bytes, bytes + ((Last - part.After) * Upkeep.Room.EntryBytes));
            bytes += LogCopy.Sealed(disk, to, part.Name);
        }
        to.Flush();
        yield return new(bytes, bytes);
    }

    public void Dispose()
    {
        contents.Dispose();
        boundFile?.Dispose();
        foreach (var slot in slots)
        {
            slot?.Dispose();
        }
    }

    static int LengthOf(IReadOnlyList<LogRecord> records)
    {
        var length = 0;
        for (var i = 0; i < records.Count; i++)
        {
            length += records[i].Length;
        }
        return length;
    }

    LogFrame Next(FrameKind kind, int length) => new(kind, length, 0, newest.Number + 1, newest.Last)
    {
        Acknowledged = Acknowledged,
    };

    void Write(IDiskFile file, long at, LogFrame frame, byte[] bytes)
    {
        var written = frame.Write(bytes, epoch);
        bytes.AsSpan(LogFrame.HeaderLength + frame.Length, frame.Padded - LogFrame.HeaderLength - frame.Length).Clear();
        file.Write(at, bytes.AsSpan(0, frame.Padded));
        file.Flush();
        newest = written;
    }

    byte[] Buffer(int length)
    {
        var padded = new LogFrame(FrameKind.Entries, length, 0, 0, 0).Padded;
        return length > LogFrame.MaxLength
            ? throw TooLong()
            : buffer.Length >= padded ? buffer : buffer = new byte[padded + (padded / 4)];
    }

    static JournalFailedException TooLong() => new("a commit is longer than a segment");

    /// <summary>Compares the hash at the bound, because a log that reaches this far may still be another one.</summary>
    void CheckReached()
    {
        var (sequence, expected) = Bound.Reached;
        var found = sequence == Last ? hash :
            sequence == Bound.Begins.Sequence ? Bound.Begins.Hash :
            Read(sequence, 1) is [var record] ? record.Entry.Hash : [];
        if (!found.AsSpan().SequenceEqual(expected))
        {
            throw Damaged($"entry {sequence} is another one than the log had reached");
        }
    }
}
