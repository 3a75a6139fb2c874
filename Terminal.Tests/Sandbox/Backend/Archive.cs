using System.Text;
using Terminal.Backend;
using Terminal.Journal;

namespace Sandbox.Backend;

/// <summary>
/// What the head office has stored: one file of lines, in order, each chained to the one before, synced before anything
/// is acknowledged. Entries that came too early wait in memory; whoever sent them sends them again.
/// </summary>
sealed class Archive : IDisposable
{
    const int MostEarly = 10_000;
    const int MostQuarantined = 1000;

    readonly Dictionary<(string TerminalId, string Epoch), Story> stories = [];
    readonly List<Entry> quarantine = [];
    readonly FileStream file;

    public Archive(string folder)
    {
        Directory.CreateDirectory(folder);
        file = new(Path.Combine(folder, "entries.jsonl"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        Load();
    }

    /// <summary>Told every entry that was stored, after the sync that made it so.</summary>
    public Action<string, Entry> Stored { get; init; } = (_, _) => { };

    /// <summary>Entries that came again, unchanged.</summary>
    public int Repeated { get; private set; }

    /// <summary>
    /// Entries that contradict what is stored, or their own hash. They are kept out and acknowledge nothing.
    /// </summary>
    public IReadOnlyList<Entry> Quarantine => quarantine;

    /// <summary>All stored entries of a terminal's journal, in order.</summary>
    public IReadOnlyList<Entry> Of(string terminalId, string epoch) =>
        stories.TryGetValue((terminalId, epoch), out var story) ? story.Entries : [];

    /// <summary>Takes a batch; nothing of it is durable before <see cref="Commit"/>.</summary>
    public void Add(Delivered batch)
    {
        var story = Get(batch.TerminalId, batch.Epoch);
        foreach (var entry in batch.Entries)
        {
            if (entry.Sequence <= story.Entries.Count)
            {
                Compare(story.Entries[(int)entry.Sequence - 1], entry);
            }
            else if (story.Early.Count < MostEarly)
            {
                story.Early[entry.Sequence] = entry;
            }
        }
        while (story.Early.Remove(story.Entries.Count + 1, out var next))
        {
            if (!Chain.Holds(story.Hash, batch.Epoch, next))
            {
                KeepOut(next);
                break;
            }
            story.Entries.Add(next);
            Write(batch.TerminalId, batch.Epoch, next);
        }
    }

    /// <summary>When this returns, everything added so far is on disk.</summary>
    public void Commit()
    {
        file.Flush(flushToDisk: true);
        foreach (var (key, story) in stories)
        {
            for (; story.Told < story.Entries.Count; story.Told++)
            {
                Stored(key.TerminalId, story.Entries[story.Told]);
            }
        }
    }

    /// <summary>Only after a <see cref="Commit"/>.</summary>
    public Ack Acknowledgement(string terminalId, string epoch)
    {
        var story = Get(terminalId, epoch);
        var upto = story.Entries.Count;
        EntryRange[] need = story.Early.Count == 0 ? [] : [new(upto + 1, story.Early.Keys.Min() - 1)];
        return new(epoch, upto, story.Hash, need);
    }

    public void Dispose() => file.Dispose();

    void Compare(Entry stored, Entry again)
    {
        if (stored.Hash.AsSpan().SequenceEqual(again.Hash) && stored.Body.AsSpan().SequenceEqual(again.Body))
        {
            Repeated++;
        }
        else
        {
            KeepOut(again);
        }
    }

    void KeepOut(Entry entry)
    {
        if (quarantine.Count < MostQuarantined)
        {
            quarantine.Add(entry);
        }
    }

    Story Get(string terminalId, string epoch) =>
        stories.TryGetValue((terminalId, epoch), out var story) ? story : stories[(terminalId, epoch)] = new();

    void Write(string terminalId, string epoch, Entry entry)
    {
        file.Write(Batch.Write(terminalId, epoch, [entry], []));
        file.WriteByte((byte)'\n');
    }

    /// <summary>A process killed while it wrote leaves half a line: it was never acknowledged, cut it off.</summary>
    void Load()
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        long good = 0;
        foreach (var line in reader.ReadToEnd().Split('\n')[..^1])
        {
            var batch = Delivered.Parse(Encoding.UTF8.GetBytes(line))
                ?? throw new InvalidDataException("not a line of the archive: " + line);
            var story = Get(batch.TerminalId, batch.Epoch);
            story.Entries.Add(batch.Entries[0]);
            story.Told++;
            good += line.Length + 1;
        }
        file.SetLength(good);
        file.Position = good;
    }

    sealed class Story
    {
        public List<Entry> Entries { get; } = [];
        public Dictionary<long, Entry> Early { get; } = [];
        public int Told { get; set; }
        public byte[] Hash => Entries is [.., var last] ? last.Hash : Chain.Origin.ToArray();
    }
}
