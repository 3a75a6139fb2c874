using System.Diagnostics;
using Terminal.Payments;
using Terminal.Payments.Charges;

namespace Sandbox.Simulation.Search;

/// <summary>How far to search.</summary>
/// <param name="Faults">How much may go wrong in one story: a loss, a delay, a crash, a refusal each cost one.</param>
/// <param name="Orders">How many orders the till may give.</param>
/// <param name="Returns">How many reversals and refunds it may order.</param>
/// <param name="Depth">Longest story.</param>
/// <param name="MaxStates">Memory bound: ends the search, and says so.</param>
/// <param name="Shared">Sales that were booked before, of these amounts, under one receipt number.</param>
sealed record Bounds(
    int Faults, int Orders, int Returns = 0, int Depth = int.MaxValue, int MaxStates = int.MaxValue,
    IReadOnlyList<long>? Shared = null);

/// <summary>What a search found.</summary>
/// <param name="Closed">Every state within the faults and orders was visited.</param>
/// <param name="Story">The shortest way to a broken promise, one line per event; empty if none was found.</param>
sealed record Findings(int States, int Depth, bool Closed, TimeSpan Took, IReadOnlyList<string> Story);

/// <summary>
/// Breadth-first search over everything that can happen to one or two orders and the returns of their money. Each state
/// is checked against the promises, and must come to a right end if from then on nothing goes wrong.
/// </summary>
sealed class Exhaustive(Step step)
{
    /// <summary>More than any ordinary end needs; a story that is longer does not end.</summary>
    const int LongestEnd = 400;

    readonly Moves moves = new(new Loop(step));
    readonly Mixer mixer = new();
    readonly HashSet<(ulong, ulong)> known = [];
    readonly HashSet<(ulong, ulong)> ending = [];

    /// <summary>How each state was first reached: from which state, by which of its moves.</summary>
    readonly List<(int From, int Move)> paths = [];

    public static Exhaustive Shipped() => new(new Desk(Tale.Policy).Next);

    /// <summary>A desk that follows the searched policy, changed by the caller.</summary>
    public static Exhaustive With(Func<Policy, Policy> change) => new(new Desk(change(Tale.Policy)).Next);

    public Findings Search(Bounds bounds)
    {
        var watch = Stopwatch.StartNew();
        var start = Tale.Begin(bounds);
        known.Add(mixer.Of(start));
        paths.Add((-1, -1));
        var level = new List<(int Number, Position Scene)> { (0, start) };
        var depth = 0;
        for (; level.Count > 0 && depth < bounds.Depth && known.Count < bounds.MaxStates; depth++)
        {
            var next = new List<(int, Position)>();
            foreach (var (number, scene) in level)
            {
                if (Expand((number, scene), next, bounds) is { } story)
                {
                    return new(known.Count, depth + 1, false, watch.Elapsed, Tell(start, story));
                }
            }
            level = next;
        }
        return new(known.Count, depth, level.Count == 0, watch.Elapsed, []);
    }

    /// <summary>Adds what is new after one state; answers with the way to a broken promise.</summary>
    Counter? Expand((int Number, Position Scene) from, List<(int, Position)> next, Bounds bounds)
    {
        var move = -1;
        foreach (var edge in moves.From(from.Scene))
        {
            move++;
            if (edge.Broken is { } broken)
            {
                return new(from.Number, move, [], broken);
            }
            if (known.Count >= bounds.MaxStates || !known.Add(mixer.Of(edge.Next)))
            {
                continue;
            }
            if (End(edge.Next) is var (kind, failure))
            {
                return new(from.Number, move, kind, failure);
            }
            paths.Add((from.Number, move));
            next.Add((paths.Count - 1, edge.Next));
        }
        return null;
    }

    /// <summary>
    /// From here on nothing goes wrong: does it end well? Answers with the way to the bad end, or null.
    /// </summary>
    (List<string> Story, string Broken)? End(Position scene)
    {
        var story = new List<string>();
        var passed = new List<(ulong, ulong)>();
        for (var i = 0; i < LongestEnd; i++)
        {
            if (Judge.Rest(scene) is { } wrong)
            {
                return (story, wrong);
            }
            var key = mixer.Of(scene with { Faults = 0, ReturnOrders = 0 });
            if (ending.Contains(key))
            {
                ending.UnionWith(passed);
                return null;
            }
            passed.Add(key);
            if (moves.Kindest(scene) is not { } edge)
            {
                ending.UnionWith(passed);
                return Judge.IsAtRest(scene) || NeedsPerson(scene) ? null : (story, "M3: a dead end");
            }
            story.Add("  then " + edge.Label());
            if (edge.Broken is { } broken)
            {
                return (story, broken);
            }
            scene = edge.Next;
        }
        return (story, "M3: it does not come to an end");
    }

    static bool NeedsPerson(Position scene) => scene.Desk.Open.Exists(t => t.Payment is PaymentState.NeedsAttention);

    sealed record Counter(int From, int Move, List<string> End, string Broken);

    /// <summary>Walks the shortest way once more, this time with words.</summary>
    List<string> Tell(Position start, Counter counter)
    {
        var way = new Stack<int>([counter.Move]);
        for (var at = counter.From; at > 0; at = paths[at].From)
        {
            way.Push(paths[at].Move);
        }
        var story = new List<string>();
        var scene = start;
        foreach (var move in way)
        {
            var edge = moves.From(scene).ElementAt(move);
            scene = edge.Next;
            story.Add($"{(scene.Now - start.Now).TotalSeconds,7:0.0} s  {edge.Label()}{State(scene)}");
        }
        return [.. story, .. counter.End, "  => " + counter.Broken];
    }

    static string State(Position scene) =>
        scene.Desk.Open.IsEmpty ? "" : "  -> " + string.Join("; ", scene.Desk.Open.Select(
        t => $"{t.Order.Id} {t.Payment.GetType().Name}/{t.Delivery.GetType().Name}"));
}
