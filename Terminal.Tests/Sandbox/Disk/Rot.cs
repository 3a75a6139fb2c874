using Sandbox.PowerCut;
using Terminal;
using Terminal.Device;
using Terminal.Journal;
using Terminal.Journal.Log;
using Terminal.Payments;
using Terminal.Scanner;

namespace Sandbox.Disk;

/// <summary>What a start made of a state folder in which one place is not as it was written.</summary>
enum RotVerdict
{
    /// <summary>Everything is there and right.</summary>
    Right,
    /// <summary>New payments are refused with a code, and what is open is asked about and cancelled.</summary>
    OnlyOpen,
    /// <summary>It does not start, and says why.</summary>
    Refused,
    /// <summary>It starts, and its reading of the whole journal finds it within the hour.</summary>
    FoundByReading,
    /// <summary>It starts without what was written, and does not know.</summary>
    Lost,
    /// <summary>It says what was never written.</summary>
    Wrong,
}

/// <summary>
/// The state folder of a terminal with some hundred payments, two of them open: one place in any of its files is
/// changed, or a file is cut, and the terminal starts.
/// </summary>
sealed class Rot : IDisposable
{
    const int Bulk = 600, AtOnce = 30, Single = 60, Room = 256 << 10;

    static readonly Stamp At = CutStory.At;

    readonly ScratchFolder folder = new();
    readonly Dictionary<string, byte[]> sound;
    readonly IReadOnlyList<Entry> entries;

    // What follows the bound, in the file of the segment that is written.
    readonly (string File, int From, int End) unbound;

    public Rot()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "journal"));
        PaymentJournal.Create(Disk, room: Room); // So that it has many segments.
        using (var start = Start())
        {
            Fill(start.Ledger, start.Store);
            entries = start.Store.Read(1, int.MaxValue);
            if (BooksCheck.Check(Disk, start.Store) is { } wrong)
            {
                throw new InvalidOperationException(wrong);
            }
        }
        using (var start = Start())
        {
            // What is written now lies behind the bound until it is renewed.
            var more = Enumerable.Range(0, 3).Select(n => Bulk + Single + (3 * n) + 4);
            foreach (var commit in more.SelectMany(n => CutStory.Payment(n, seed: 7)))
            {
                start.Ledger.Commit(commit, At);
            }
            entries = start.Store.Read(1, int.MaxValue);
            sound = Read();
        }
        unbound = Unbound();
    }

    /// <summary>A place in any of the files; every fifth is behind the bound, where few bytes are.</summary>
    public (string Name, int At) Place(Random dice)
    {
        if (dice.Next(5) == 0)
        {
            return (unbound.File, dice.Next(unbound.From, unbound.End));
        }
        var name = sound.Keys.ElementAt(dice.Next(sound.Count));
        return (name, dice.Next(sound[name].Length));
    }

    /// <summary>Is it not covered by the bound?</summary>
    public bool IsBehindBound(string name, int at) => name == unbound.File && at >= unbound.From && at < unbound.End;

    /// <summary>Starts with one file as it is given.</summary>
    public (RotVerdict Verdict, string Why) Judge(string name, byte[] file)
    {
        Restore();
        File.WriteAllBytes(Path.Combine(folder.Path, name), file);
        try
        {
            using var start = Start();
            return start.Refusal is { } refusal
                ? (start.Ledger.Open().Count > 0 ? RotVerdict.OnlyOpen : RotVerdict.Refused, refusal.Text)
                : Compare(start, name);
        }
        catch (Exception e) when (e is JournalFailedException or SettingsException)
        {
            return (RotVerdict.Refused, e.Message);
        }
    }

    public byte[] Flipped(string name, int at, int bit)
    {
        var bytes = sound[name].ToArray();
        bytes[at] ^= (byte)(1 << bit);
        return bytes;
    }

    public byte[] CutAt(string name, int length) => sound[name][..length];

    public void Dispose() => folder.Dispose();

    FolderDisk Disk => new(Path.Combine(folder.Path, "journal"));

    (RotVerdict, string) Compare(JournalStart start, string changed)
    {
        var store = start.Store;
        try
        {
            var here = store.Read(1, int.MaxValue);
            for (var i = 0; i < here.Count; i++)
            {
                if (i >= entries.Count || !here[i].Hash.AsSpan().SequenceEqual(entries[i].Hash) ||
                    !here[i].Body.AsSpan().SequenceEqual(entries[i].Body))
                {
                    return (RotVerdict.Wrong, $"entry {here[i].Sequence}");
                }
            }
            if (here.Count < entries.Count)
            {
                return (RotVerdict.Lost, $"it ends with entry {here.Count} of {entries.Count}");
            }
            return changed.Contains("books.", StringComparison.Ordinal) &&
                BooksCheck.Check(Disk, store, isRotten: true) is { } wrong
                ? (RotVerdict.Wrong, wrong)
                : (RotVerdict.Right, "");
        }
        catch (JournalFailedException e) when (e.IsDamage)
        {
            return (RotVerdict.FoundByReading, e.Message);
        }
    }

    JournalStart Start()
    {
        var start = JournalStart.Open(new JournalPlace(folder.Path), At);
        try
        {
            start.Seal(Path.Combine(folder.Path, "code.key"), CodeTable.Default);
            return start;
        }
        catch
        {
            start.Dispose();
            throw;
        }
    }

    static void Fill(Ledger ledger, PaymentJournal store)
    {
        foreach (var some in CutStory.Payments(Bulk, seed: 7).Chunk(AtOnce))
        {
            ledger.Commit([.. some.SelectMany(p => p).SelectMany(c => c)], At);
            while (store.Tend())
            {
            }
        }
        foreach (var commit in Enumerable.Range(Bulk + 1, Single).SelectMany(n => CutStory.Payment(n, seed: 7)))
        {
            ledger.Commit(commit, At);
        }
        // Open: one is asked about, one is offered.
        ledger.Commit(CutStory.Payment(Bulk + Single + 1, seed: 7)[0], At);
        var offered = CutStory.Payment(Bulk + Single + 3, seed: 7);
        ledger.Commit(offered[0], At);
        store.Acknowledge(ledger.LastSequence / 2);
        while (store.Tend())
        {
        }
    }

    Dictionary<string, byte[]> Read() => Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories)
        .Where(f => new FileInfo(f).Length > 0).Order(StringComparer.Ordinal)
        .ToDictionary(f => Path.GetRelativePath(folder.Path, f), File.ReadAllBytes);

    void Restore()
    {
        foreach (var file in Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories))
        {
            File.Delete(file);
        }
        foreach (var (name, bytes) in sound)
        {
            File.WriteAllBytes(Path.Combine(folder.Path, name), bytes);
        }
    }

    (string, int, int) Unbound()
    {
        Restore();
        var start = new LogStart(Disk);
        var name = Path.Combine("journal", LogFiles.Slots[start.ActiveSlot]);
        var bytes = sound[name];
        for (var at = 0; (at = LogFrame.Next(bytes, at)) >= 0; at++)
        {
            if (LogFrame.ReadHeader(bytes.AsSpan(at)) is ({ Kind: FrameKind.Entries } frame, _) &&
                frame.After >= start.Bound.Reached.Sequence)
            {
                return (name, at, start.Active.End);
            }
        }
        throw new InvalidOperationException("nothing lies behind the bound");
    }
}
