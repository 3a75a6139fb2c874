using Sandbox.Disk;
using Terminal.Journal;
using Terminal.Payments;

namespace Sandbox.PowerCut;

/// <summary>
/// What a real store did on disk while the real ledger wrote payments into it, and how far it had promised at each
/// point. A third on it is closed and opened again, two thirds on the process is killed, so that its clean end and its
/// recovery are recorded too.
/// </summary>
public sealed class Recording : DiskWatch
{
    readonly List<DiskCall> calls = [];
    readonly HashSet<string> files = [];
    readonly List<(int Calls, long Sequence)> commits = [];
    readonly PowerCutPlant plant;
    string folder = "";
    bool isDead;

    Recording(PowerCutPlant plant) => this.plant = plant;

    public override bool PromisesSafeNeighbours => plant == PowerCutPlant.SharedBlocks;

    public IReadOnlyList<DiskCall> Calls => calls;

    /// <summary>Every entry that was committed, in order.</summary>
    public IReadOnlyList<Entry> Entries { get; private set; } = [];

    public string Epoch { get; private set; } = "";

    /// <summary>The sequence numbers that a commit ended with.</summary>
    public IReadOnlySet<long> Ends => commits.Select(c => c.Sequence).Prepend(0).ToHashSet();

    /// <summary>The newest entry whose commit had returned before this call; −1: not even opened.</summary>
    public long PromisedAt(int call) => commits.LastOrDefault(c => c.Calls <= call, (0, -1)).Item2;

    public static Recording Make(CutStore store, int payments, ulong seed, PowerCutPlant plant)
    {
        var recording = new Recording(plant);
        var stories = Story.Payments(payments, seed).ToArray();
        var (first, second) = (payments / 3, payments * 2 / 3);
        using var folder = new ScratchFolder();
        recording.Record(store, folder, stories[..first], isKilled: false);
        recording.Record(store, folder, stories[first..second], isKilled: true);
        using var after = new ScratchFolder();
        after.Fill(recording.Written());
        recording.Record(store, after, stories[second..], isKilled: false);
        return recording;
    }

    public override DiskFault? Before(DiskCall call)
    {
        if (isDead)
        {
            return null;
        }
        Follow(call);
        if (!call.OnlyLooks && !(plant == PowerCutPlant.NoFsync && call is DiskCall.Flush))
        {
            calls.Add(call);
        }
        return null;
    }

    /// <summary>Stores rename files past SQLite: a file appears that was never made, where another is gone.</summary>
    void Follow(DiskCall call)
    {
        if (call is DiskCall.Open { IsNew: false } && !files.Contains(call.File))
        {
            var from = files.Single(f => !File.Exists(Path.Combine(folder, f)));
            calls.Add(new DiskCall.Rename(from, call.File));
            files.Remove(from);
        }
        if (call is DiskCall.Open)
        {
            files.Add(call.File);
        }
        if (call is DiskCall.Delete)
        {
            files.Remove(call.File);
        }
    }

    void Record(CutStore kind, ScratchFolder place, IEnumerable<IReadOnlyList<Effect.Record>[]> stories, bool isKilled)
    {
        folder = place.Path;
        using var watching = DiskLayer.Watch(folder, this);
        using (var store = kind.OpenWatched(folder, this))
        {
            // The store flushes the folder itself, past SQLite, as the last thing it does when it is made.
            calls.Add(new DiskCall.FlushFolder());
            commits.Add((calls.Count, store.Last?.Sequence ?? 0));
            Write(store, stories.SelectMany(s => s));
            Epoch = store.Epoch;
            isDead = isKilled;
        }
        isDead = false;
    }

    void Write(IJournal store, IEnumerable<IReadOnlyList<Effect.Record>> story)
    {
        var ledger = new Ledger(store);
        foreach (var commit in story)
        {
            ledger.Commit(commit, Story.At);
            commits.Add((calls.Count, ledger.LastSequence));
            Entries = [.. Entries, .. store.Read(Entries.Count + 1, int.MaxValue)];
            if (commit is [{ Fact: Fact.Requested }, ..])
            {
                Tend(store, wholeUpTo: ledger.LastSequence - 1);
            }
        }
    }

    /// <summary>As sync, maintenance and retention do: all of it but the newest payment is no longer needed.</summary>
    void Tend(IJournal store, long wholeUpTo)
    {
        var before = store.Acknowledged;
        store.Acknowledge(wholeUpTo);
        store.Checkpoint(0);
        if (before > store.Anchor.Sequence)
        {
            store.Drop(new(before, Entries[(int)before - 1].Hash));
        }
    }

    /// <summary>What a killed process leaves: all that it wrote.</summary>
    Dictionary<string, byte[]> Written()
    {
        var platter = new Platter();
        calls.ForEach(platter.Apply);
        return platter.Leave(new(_ => Fate.Kept, Size.Follows, new(0)));
    }
}
