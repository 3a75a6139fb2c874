using System.Diagnostics;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Sandbox.Simulation.Search;

/// <summary>
/// Breadth-first search over everything that can happen between a till, the session machine and the desk: any command
/// at any time, numbers, mirrored receipts, a line that is lost at any point. Each state must come to a right end if
/// from then on everybody is kind.
/// </summary>
sealed class LineSearch(LineBounds bounds, Func<SessionState, SessionInput, Moment, SessionStep>? session = null)
{
    const int LongestEnd = 400;

    readonly LineMoves moves = new(new(session ?? SessionMachine.Next), bounds);
    readonly Mixer mixer = new();
    readonly HashSet<(ulong, ulong)> known = [];
    readonly HashSet<(ulong, ulong)> ending = [];
    readonly List<(int From, string Label)> paths = [];

    public Findings Search()
    {
        var watch = Stopwatch.StartNew();
        var start = new LineScene(new SessionState.Idle(new()), DeskState.Empty, new(TimeSpan.TicksPerHour))
        {
            IsTcp = bounds.IsTcp,
            Commands = bounds.Commands,
            Faults = bounds.Faults,
        };
        known.Add(mixer.Of(start, start.Now));
        paths.Add((-1, ""));
        List<(int Number, LineScene Scene)> level = [(0, start)];
        var depth = 0;
        for (; level.Count > 0 && known.Count < bounds.MaxStates; depth++)
        {
            var next = new List<(int, LineScene)>();
            foreach (var (number, scene) in level)
            {
                foreach (var edge in moves.From(scene))
                {
                    if (edge.Broken is null && !known.Add(mixer.Of(edge.Next, edge.Next.Now)))
                    {
                        continue;
                    }
                    paths.Add((number, edge.Label));
                    if (edge.Broken is { } broken)
                    {
                        return new(known.Count, depth + 1, false, watch.Elapsed, [.. Way(), "  => " + broken]);
                    }
                    if (End(edge.Next) is var (kind, failure))
                    {
                        string[] story = [.. Way(), .. kind, "  => " + failure];
                        return new(known.Count, depth + 1, false, watch.Elapsed, story);
                    }
                    next.Add((paths.Count - 1, edge.Next));
                }
            }
            level = next;
        }
        return new(known.Count, depth, level.Count == 0, watch.Elapsed, []);
    }

    /// <summary>From here on everybody is kind: does it end well?</summary>
    (List<string> Story, string Broken)? End(LineScene scene)
    {
        var story = new List<string>();
        var passed = new List<(ulong, ulong)>();
        for (var i = 0; i < LongestEnd; i++)
        {
            if (scene.IsAtRest && Rest(scene) is { } wrong)
            {
                return (story, wrong);
            }
            var key = mixer.Of(scene with { Faults = 0, Commands = 0 }, scene.Now);
            if (scene.IsAtRest || ending.Contains(key))
            {
                ending.UnionWith(passed);
                return null;
            }
            passed.Add(key);
            if (moves.Kind(scene).FirstOrDefault() is not { } edge)
            {
                return (story, "line: a dead end");
            }
            story.Add("  then " + edge.Label);
            if (edge.Broken is { } broken)
            {
                return (story, broken);
            }
            scene = edge.Next;
        }
        return (story, "line: it does not come to an end");
    }

    static string? Rest(LineScene s) =>
        !s.Offers.IsEmpty ? $"line: nobody said what became of the offer of {s.Offers[0]}"
        : !s.Ends.IsEmpty ? $"line: nobody said what became of the end of {s.Ends[0]}"
        : s.Desk.Open.Find(t => t.Order is Sale && !s.Booked.Contains(t.Order.Id) &&
            t.Delivery is DeliveryState.Acknowledged or DeliveryState.Completed) is { } t
            ? $"M3: {t.Order.Id} stands, and its till never booked it"
        : null;

    Stack<string> Way()
    {
        var way = new Stack<string>();
        for (var at = paths.Count - 1; at > 0; at = paths[at].From)
        {
            way.Push(paths[at].Label);
        }
        return way;
    }
}
