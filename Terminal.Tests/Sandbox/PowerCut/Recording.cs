using Sandbox.Disk;
using Sandbox.Journal;
using Terminal;
using Terminal.Journal;
using Terminal.Journal.Books;
using Terminal.Journal.Log;
using Terminal.Payments;

namespace Sandbox.PowerCut;

/// <summary>
/// What a real journal and its books did on disk while the real ledger wrote payments, and how far it had promised at
/// each point. Segments are so short that they end and are sealed. A third on the journal is closed and opened again,
/// two thirds on the process is killed, so that a clean end and a recovery are recorded too.
/// </summary>
sealed class Recording : DiskWatch
{
    readonly List<DiskCall> calls = [];
    readonly List<(int Calls, long Sequence)> commits = [];
    readonly PowerCutPlant plant;
    bool isDead;

    Recording(PowerCutPlant plant) => this.plant = plant;

    public IReadOnlyList<DiskCall> Calls => calls;

    /// <summary>Every entry that was committed and is not dropped already when this begins, in order.</summary>
    public IReadOnlyList<Entry> Entries { get; private set; } = [];

    /// <summary>The entry with this number.</summary>
    public Entry this[long sequence] => Entries[(int)(sequence - Entries[0].Sequence)];

    public string Epoch { get; private set; } = "";

    /// <summary>What was there before the first call.</summary>
    public Dictionary<string, byte[]> Initial { get; private set; } = [];

    /// <summary>Calls until the journal had been made: before that, it had no name yet.</summary>
    public int Begun { get; private set; }

    /// <summary>The sequence numbers that a commit ended with.</summary>
    public IReadOnlySet<long> Ends => commits.Select(c => c.Sequence).Prepend(0).ToHashSet();

    /// <summary>The newest entry whose commit had returned before this call; −1: not even opened.</summary>
    public long PromisedAt(int call) => commits.LastOrDefault(c => c.Calls <= call, (0, -1)).Item2;

    /// <param name="isOld">Of a journal that is so long that its oldest segments are dropped.</param>
    public static Recording Make(int payments, ulong seed, PowerCutPlant plant, bool isOld = false)
    {
        var recording = new Recording(plant);
        var stories = CutStory.Payments(payments, seed).ToArray();
        var (first, second) = (payments / 3, payments * 2 / 3);
        var disk = new MemoryDisk();
        if (isOld)
        {
            OldJournal.Make(disk);
            recording.Begin(disk);
        }
        else
        {
            PaymentJournal.Create(new WatchedDisk(disk, recording), room: 32 << 10);
            recording.Begun = recording.Calls.Count;
        }
        recording.Record(disk, stories[..first], isKilled: false);
        recording.Record(disk, stories[first..second], isKilled: true);
        recording.Record(recording.Written().ToDisk(), stories[second..], isKilled: false);
        return recording;
    }

    /// <summary>All of what is there was promised.</summary>
    void Begin(MemoryDisk disk)
    {
        Initial = disk.Files();
        using var store = new PaymentJournal(disk);
        Entries = store.Read(1, int.MaxValue);
        commits.Add((0, store.Last!.Sequence));
    }

    public override DiskFault? Before(DiskCall call)
    {
        if (!isDead && !call.OnlyLooks)
        {
            plant.Add(calls, call);
        }
        return null;
    }

    void Record(MemoryDisk disk, IEnumerable<IReadOnlyList<Effect.Record>[]> stories, bool isKilled)
    {
        var watched = new WatchedDisk(disk, this);
        using (var store = Journals.On(watched))
        {
            using var keeper = new Bookkeeper(watched, store.View, new Clock(TimeProvider.System));
            commits.Add((calls.Count, store.Last?.Sequence ?? 0));
            keeper.Work();
            Write(store, keeper, stories.SelectMany(s => s));
            Epoch = store.Epoch;
            isDead = isKilled;
        }
        isDead = false;
    }

    void Write(PaymentJournal store, Bookkeeper keeper, IEnumerable<IReadOnlyList<Effect.Record>> story)
    {
        var ledger = new Ledger(store);
        foreach (var commit in story)
        {
            ledger.Commit(commit, CutStory.At);
            commits.Add((calls.Count, ledger.LastSequence));
            Entries = [.. Entries, .. store.Read(Entries is [.., var last] ? last.Sequence + 1 : 1, int.MaxValue)];
            if (commit is [{ Fact: Fact.Requested }, ..])
            {
                Tend(store, wholeUpTo: ledger.LastSequence - 1);
                keeper.Work();
            }
        }
    }

    /// <summary>As sync, maintenance and retention do: all of it but the newest payment is no longer needed.</summary>
    static void Tend(IJournal store, long wholeUpTo)
    {
        var before = store.Acknowledged;
        store.Acknowledge(wholeUpTo);
        while (store.Tend())
        {
        }
        if (store.NextCut is { } cut && cut.Sequence <= before)
        {
            store.Drop(cut);
        }
    }

    /// <summary>What a killed process leaves: all that it wrote.</summary>
    Dictionary<string, byte[]> Written()
    {
        var platter = new Platter(Initial);
        calls.ForEach(platter.Apply);
        return platter.Leave(new(_ => Fate.Kept, Size.Follows, new(0)));
    }
}
