using Sandbox.Disk;

namespace Sandbox.PowerCut;

/// <summary>A write or truncation that no flush has made durable yet.</summary>
/// <param name="Order">Among all that are pending at the cut, from 0.</param>
public sealed record Pending(string File, DiskCall Call, int Order);

/// <summary>
/// What is certainly on the medium and what is only on its way there, call by call. Names are kept by a journalling
/// file system: they become durable in order, with the next flush of the folder or of a new file.
/// </summary>
public sealed class Platter
{
    readonly Dictionary<string, Node> names = [];
    readonly List<Dictionary<string, Node>> earlierNames = [];
    long calls;

    /// <param name="durable">What was there before the first call.</param>
    public Platter(IReadOnlyDictionary<string, byte[]> durable)
    {
        foreach (var (name, bytes) in durable)
        {
            names[name] = new(isNew: false) { Durable = bytes };
        }
    }

    public void Apply(DiskCall call)
    {
        calls++;
        switch (call)
        {
            case DiskCall.Open { IsNew: true }:
                KeepNames();
                names[call.File] = new(isNew: true);
                break;
            case DiskCall.Delete e when names.ContainsKey(e.File):
                KeepNames();
                names.Remove(e.File);
                break;
            case DiskCall.Rename e:
                KeepNames();
                names.Remove(e.File, out var node);
                names[e.To] = node!;
                node!.IsNew = true;
                break;
            case DiskCall.Write or DiskCall.Truncate:
                names[call.File].Pending.Add((calls, call));
                break;
            case DiskCall.Flush:
                Flush(names[call.File]);
                break;
            case DiskCall.FlushFolder:
                FlushNames();
                break;
        }
    }

    /// <summary>Everything on its way, in the order it was written, under the names of now.</summary>
    public IReadOnlyList<Pending> PendingCalls() =>
        [.. names.SelectMany(n => n.Value.Pending.Select(p => (File: n.Key, p.At, p.Call)))
            .OrderBy(p => p.At).Select((p, order) => new Pending(p.File, p.Call, order))];

    /// <summary>How often the folder changed since it was last durable; a cut may undo the newest of these.</summary>
    public int UnflushedNames => earlierNames.Count;

    /// <summary>What a cut leaves.</summary>
    /// <param name="undone">How many of the newest changes of the folder it undoes.</param>
    public Dictionary<string, byte[]> Leave(Cut cut, int undone = 0)
    {
        var left = new Dictionary<string, byte[]>();
        var pending = new Dictionary<DiskCall, Pending>(
            PendingCalls().Select(p => KeyValuePair.Create(p.Call, p)), ReferenceEqualityComparer.Instance);
        foreach (var (name, node) in undone == 0 ? names : earlierNames[^undone])
        {
            var leftover = new Leftover(node.Durable, cut.Dice);
            foreach (var (_, call) in node.Pending)
            {
                // A file that was deleted since is written out like any other.
                var fate = pending.TryGetValue(call, out var p) ? cut.Fate(p) : Fate.Kept;
                if (!leftover.Take(call, fate))
                {
                    break;
                }
            }
            left.Add(name, cut.Size.Fit(leftover.Bytes, node.Durable.Length, cut.Dice));
        }
        return left;
    }

    void KeepNames() => earlierNames.Add(new(names));

    void FlushNames()
    {
        earlierNames.Clear();
        foreach (var node in names.Values)
        {
            node.IsNew = false;
        }
    }

    void Flush(Node node)
    {
        var durable = new Leftover(node.Durable, new(0));
        foreach (var (_, call) in node.Pending)
        {
            durable.Take(call, Fate.Kept);
        }
        node.Durable = durable.Bytes;
        node.Pending.Clear();
        if (node.IsNew)
        {
            FlushNames();
        }
    }

    sealed class Node(bool isNew)
    {
        public bool IsNew { get; set; } = isNew;
        public byte[] Durable { get; set; } = [];
        public List<(long At, DiskCall Call)> Pending { get; } = [];
    }
}
