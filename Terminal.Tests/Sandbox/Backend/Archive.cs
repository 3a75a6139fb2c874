using System.Text;
using Terminal.Backend;
using Terminal.Journal;

namespace Sandbox.Backend;

/// <summary>
/// What the head office has stored: one file of lines, in order, synced before anything is acknowledged.
/// </summary>
sealed class Archive : IDisposable
{
    const int MostQuarantined = 1000;

    readonly Dictionary<(string TerminalId, string Epoch), (Story Story, int Told)> stories = [];
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
        stories.TryGetValue((terminalId, epoch), out var known) ? known.Story.Stored : [];

    /// <summary>Takes a batch; nothing of it is durable before <see cref="Commit"/>.</summary>
    public void Add(Delivered batch)
    {
        var story = Get(batch.TerminalId, batch.Epoch);
        foreach (var (entry, how) in batch.Entries.SelectMany(e => story.Take(batch.Epoch, e)))
        {
            switch (how)
            {
                case Arrived.Stored: Write(batch.TerminalId, batch.Epoch, entry); break;
                case Arrived.Again: Repeated++; break;
                case Arrived.Wrong when quarantine.Count < MostQuarantined: quarantine.Add(entry); break;
                default: break;
            }
        }
    }

    /// <summary>When this returns, everything added so far is on disk.</summary>
    public void Commit()
    {
        file.Flush(flushToDisk: true);
        foreach (var (key, (story, told)) in stories)
        {
            foreach (var entry in story.Stored.Skip(told))
            {
                Stored(key.TerminalId, entry);
            }
            stories[key] = (story, story.Stored.Count);
        }
    }

    /// <summary>Only after a <see cref="Commit"/>.</summary>
    public Ack Acknowledgement(string terminalId, string epoch) => Get(terminalId, epoch).Acknowledgement(epoch);

    public void Dispose() => file.Dispose();

    Story Get(string terminalId, string epoch)
    {
        if (!stories.TryGetValue((terminalId, epoch), out var known))
        {
            stories[(terminalId, epoch)] = known = (new(), 0);
        }
        return known.Story;
    }

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
            if (story.Take(batch.Epoch, batch.Entries[0]).Single().How != Arrived.Stored)
            {
                throw new InvalidDataException("out of order in the archive: " + line);
            }
            stories[(batch.TerminalId, batch.Epoch)] = (story, story.Stored.Count);
            good += line.Length + 1;
        }
        file.SetLength(good);
        file.Position = good;
    }
}
