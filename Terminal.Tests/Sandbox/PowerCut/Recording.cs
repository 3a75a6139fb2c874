using Sandbox.Disk;
using Terminal.Journal;
using Terminal.Payments;

namespace Sandbox.PowerCut;

/// <summary>
/// What a real store did on disk while the real ledger wrote payments into it, and how far it had promised at each
/// point. Half way it is closed and opened again, so that its clean end is recorded too.
/// </summary>
public sealed class Recording : DiskWatch
{
    readonly string folder;
    readonly List<DiskCall> calls = [];
    readonly HashSet<string> files = [];
    readonly List<(int Calls, long Sequence)> commits = [];
    readonly PowerCutPlant plant;

    Recording(string folder, PowerCutPlant plant) => (this.folder, this.plant) = (folder, plant);

    public override bool PromisesSafeNeighbours => plant == PowerCutPlant.SharedBlocks;

    public IReadOnlyList<DiskCall> Calls => calls;

    /// <summary>Every entry that was committed, in order.</summary>
    public IReadOnlyList<Entry> Entries { get; private set; } = [];

    public string Epoch { get; private set; } = "";

    /// <summary>The sequence numbers that a commit ended with.</summary>
    public IReadOnlySet<long> Ends => commits.Select(c => c.Sequence).Prepend(0).ToHashSet();

    /// <summary>The newest entry whose commit had returned before this call; −1: not even opened.</summary>
    public long PromisedAt(int call) => commits.LastOrDefault(c => c.Calls <= call, (0, -1)).Item2;

    /// <param name="open">Opens the store in an empty folder; called twice.</param>
    public static Recording Make(Func<string, IJournal> open, int payments, ulong seed, PowerCutPlant plant)
    {
        using var folder = new ScratchFolder();
        var recording = new Recording(folder.Path, plant);
        using (DiskLayer.Watch(folder.Path, recording))
        {
            var stories = Story.Payments(payments, seed).ToList();
            recording.Record(open, stories[..((payments + 1) / 2)]);
            recording.Record(open, stories[((payments + 1) / 2)..]);
        }
        return recording;
    }

    public override DiskFault? Before(DiskCall call)
    {
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

    void Record(Func<string, IJournal> open, IReadOnlyList<IReadOnlyList<Effect.Record>[]> stories)
    {
        using var store = open(folder);
        // The store flushes the folder itself, past SQLite, as the last thing it does when it is made.
        calls.Add(new DiskCall.FlushFolder());
        commits.Add((calls.Count, store.Last?.Sequence ?? 0));
        var ledger = new Ledger(store);
        foreach (var commit in stories.SelectMany(s => s))
        {
            ledger.Commit(commit, Story.At);
            commits.Add((calls.Count, ledger.LastSequence));
            if (commit is [{ Fact: Fact.Requested }, ..])
            {
                store.Acknowledge(ledger.LastSequence - 1);
            }
        }
        (Epoch, Entries) = (store.Epoch, store.Read(1, int.MaxValue));
    }
}
