using Sandbox.Simulation.Peers;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;

namespace Sandbox.Simulation.Search;

/// <summary>
/// Everything that can happen next in a scene. What goes wrong costs faults, so that the search ends.
/// </summary>
sealed class Moves(Loop loop)
{
    readonly WaitingMoves waiting = new(loop);

    /// <summary>All of it, in an order that depends on the scene alone.</summary>
    public IEnumerable<Edge> From(Position s) => Answers(s).Concat(Losses(s)).Concat(Customer(s)).Concat(Refunds(s))
        .Concat(Till(s)).Concat(Orders(s)).Concat(ReturnOrders(s)).Concat(waiting.From(s)).Concat(Time(s));

    /// <summary>What a world of good will does next; null at rest.</summary>
    public Edge? Kindest(Position s)
    {
        var kind = s with { Faults = 0 };
        return Answers(kind).Concat(Till(kind)).FirstOrDefault()
            ?? (kind.LinkUp ? null : LinkReady(kind))
            ?? (Judge.IsAtRest(kind) || kind.Desk.WakeAt == Moment.Never ? null : Tick(kind, kind.Desk.WakeAt, 0));
    }

    /// <summary>The gateway works, and its answers arrive: once, or once more.</summary>
    IEnumerable<Edge> Answers(Position s)
    {
        foreach (var letter in s.Flight)
        {
            if (letter.Answer is { } answer)
            {
                foreach (var edge in Deliver(s, letter, answer))
                {
                    yield return edge;
                }
                continue;
            }
            var replies = Gateway.Process(s.AccountOf(letter.Payment)!, letter, s);
            foreach (var reply in replies.Where(r => r.Cost <= s.Faults))
            {
                var next = s.Without(letter).With(reply.After).Spend(reply.Cost);
                next = letter.Orphan ? next
                    : next with { Flight = next.Flight.Add(letter with { Answer = reply.Answer }) };
                yield return new(() =>
                    $"the gateway processes {Name(letter)}: {Say(reply.Answer)}", next, Judge.Books(next));
            }
        }
    }

    IEnumerable<Edge> Deliver(Position s, Letter letter, GatewayAnswer answer)
    {
        var input = new DeskInput.Happened(letter.Payment, letter.Matter switch
        {
            Matter.Pay => new PaymentInput.PayAnswered(answer),
            Matter.Query => new PaymentInput.Inquired(letter.Number, answer),
            Matter.Cancel => new PaymentInput.CancelAnswered(letter.Number, answer),
            Matter.Refund => new PaymentInput.RefundAnswered(new(letter.Refund), answer),
            _ => new PaymentInput.RefundInquired(new(letter.Refund), answer),
        });
        var told = () => $"the answer to {Name(letter)} arrives: {Say(answer)}";
        foreach (var edge in Give(Hear(s.Without(letter), letter, answer), input, told))
        {
            yield return edge;
        }
        // What the terminal says to itself (not sent, time-out) is never repeated.
        if (s.Faults > 0 && !letter.Repeated && answer is not (GatewayAnswer.Unknown or GatewayAnswer.NotSent))
        {
            var again = s with { Flight = s.Flight.Replace(letter, letter with { Repeated = true }) };
            yield return Plain(again.Spend(1), input, () => told() + ", and will arrive again");
        }
    }

    static Position Hear(Position s, Letter letter, GatewayAnswer answer) =>
        letter.Matter == Matter.Query && answer is not (GatewayAnswer.Unknown or GatewayAnswer.NotSent) &&
        s.Desk.Find(letter.Payment)?.Payment is PaymentState.Declined.Checking check && check.Asked == letter.Number
            ? Loop.Checked(s, letter.Payment, Check.Heard)
            : s;

    /// <summary>A request fails: it never arrives, or it arrives and nobody hears of it.</summary>
    static IEnumerable<Edge> Losses(Position s)
    {
        foreach (var letter in s.Flight.Where(l => s.Faults > 0 && l is { Answer: null, Orphan: false }))
        {
            var gone = s.Without(letter).Spend(1);
            var unknown = letter with { Answer = new GatewayAnswer.Unknown("link") };
            yield return Quiet(gone with { Flight = gone.Flight.Add(unknown) }, () => $"{Name(letter)} is lost");
            if (letter.Matter is Matter.Pay or Matter.Cancel or Matter.Refund)
            {
                yield return Quiet(
                    gone with { Flight = gone.Flight.Add(unknown).Add(letter with { Orphan = true, Late = true }) },
                    () => $"the connection of {Name(letter)} breaks; it may still arrive");
            }
            if (letter is { Matter: Matter.Pay, Late: false } && s.AccountOf(letter.Payment) is { } account)
            {
                var notSent = letter with { Answer = new GatewayAnswer.NotSent("no route") };
                var home = gone.With(account with { Sent = account.Sent - 1 });
                yield return Quiet(home with { Flight = home.Flight.Add(notSent) }, () =>
                    $"{Name(letter)} never leaves");
            }
        }
    }

    static IEnumerable<Edge> Customer(Position s) =>
        from a in s.Accounts
        from reply in Gateway.Decide(a, s.Now)
        let next = s.With(reply.After)
        select Quiet(next, () => $"the customer decides on {a.Id}: {reply.After.Standing}");

    static IEnumerable<Edge> Refunds(Position s) =>
        from a in s.Accounts
        from reply in Gateway.Settle(a)
        let next = s.With(reply.After)
        select Quiet(next, () => $"the gateway decides on a refund of {a.Id}: {Say(reply.Answer)}");

    IEnumerable<Edge> Till(Position s)
    {
        foreach (var duty in s.Till)
        {
            var rest = s with { Till = s.Till.Remove(duty) };
            var inputs = duty.Telling != Telling.Status
                ? new (DeskInput Input, string Says, int Cost)[]
                {
                    (new DeskInput.Closed(duty.Payment, true), "acknowledges the end", 0),
                    (new DeskInput.Closed(duty.Payment, false), "does not acknowledge the end", 1),
                }
                : [.. Enum.GetValues<EcrAnswer>().Select(a => ((DeskInput)new DeskInput.Answered(duty.Payment, a)
                {
                    Delivered = a == EcrAnswer.InPart ? Tale.Part : 0,
                }, $"{a}", a == EcrAnswer.Acknowledged ? 0 : 1))];
            foreach (var (input, says, cost) in inputs.Where(i => i.Cost <= s.Faults))
            {
                var down = input is DeskInput.Answered { Answer: EcrAnswer.LineDown };
                var next = (rest with { LinkUp = rest.LinkUp && !down }).Spend(cost);
                next = cost == 0 ? TillReturns.Acknowledged(next, duty) : Issue(next, duty.Payment, input);
                foreach (var edge in Give(next, input, () =>
                    $"the till, told {duty.Outcome} of {duty.Payment}: {says}"))
                {
                    yield return edge;
                }
            }
        }
    }

    /// <summary>Its first 84 9D counts; behind its acknowledgement another one changes nothing.</summary>
    static Position Issue(Position s, PaymentId id, DeskInput input) =>
        input is DeskInput.Answered { Answer: EcrAnswer.InPart, Delivered: var part } &&
        s.AccountOf(id) is { } account && s.Durable(id) is { Delivery: DeliveryState.Held }
            ? s.With(account with { Issued = part })
            : s;

    /// <summary>What the till may send when it likes: orders, abort, repeat.</summary>
    IEnumerable<Edge> Orders(Position s)
    {
        if (!s.LinkUp)
        {
            return [LinkReady(s)];
        }
        var edges = Enumerable.Empty<Edge>();
        if (s.Orders > 0 && s.Desk.Lane is LaneState.Idle)
        {
            edges = (s.Journal.IsEmpty ? ["c1"] : new[] { "c1", "c2" }).SelectMany(code => Give(
                s with { Orders = s.Orders - 1 }, new DeskInput.Ordered(Tale.Order(s, code)), () =>
                    $"an order with code {code}"));
        }
        if (s.Desk.Lane is LaneState.Idle && s.Desk.Newest is not null)
        {
            var isInDoubt = s.Desk.Open.Exists(t => t.Delivery is DeliveryState.Held)
                || s.Returns.Any(r => r.Heard == ReturnHeard.Nothing && r.Id == s.Desk.Newest);
            var cost = isInDoubt ? 0 : 1;
            edges = cost > s.Faults
                ? edges
                : edges.Concat(Give(s.Spend(cost), new DeskInput.RepeatAsked(), () => "the till asks 06 20"));
        }
        if (s.Faults > 0 && s.Desk.Lane is LaneState.Idle)
        {
            edges = edges.Concat(OlderOrders(s));
        }
        return s.Faults > 0 && s.Desk.Lane is LaneState.Paying
            ? edges.Concat(Give(s.Spend(1), new DeskInput.AbortAsked(), () => "an abort"))
            : edges;
    }

    /// <summary>Once money was ordered back: whatever order it was, it comes again under its number.</summary>
    IEnumerable<Edge> OlderOrders(Position s) =>
        from t in s.Returns.IsEmpty ? [] : s.Journal
        let id = t.Order.Id
        from edge in Give(s.Spend(1), new DeskInput.RepeatAsked(id, s.Desk.Find(id) ?? t), () =>
            $"the order of {id} arrives again under its number")
        select edge;

    /// <summary>
    /// Money is to go back: a new order as often as the bounds allow, and the same one again, which costs nothing,
    /// until the till has heard the end of it.
    /// </summary>
    IEnumerable<Edge> ReturnOrders(Position s) =>
        from request in s.LinkUp && s.Desk.Lane is LaneState.Idle ? ReturnTale.Requests(s) : []
        let order = TillReturns.Of(s, request)
        let again = TillReturns.Pending(s, order)
        where again is not null || s.ReturnOrders > 0
        let next = again is not null ? s : TillReturns.Begin(s, order)
        from edge in Give(next, new DeskInput.ReturnOrdered(ReturnTale.Order(s, request)), () =>
            $"the till orders {order}{(again is null ? "" : " again")}")
        select edge;

    /// <summary>Time passes, the loop is held up, or power fails.</summary>
    IEnumerable<Edge> Time(Position s)
    {
        var wake = s.Desk.WakeAt;
        var late = s.Flight.Count(l => !l.Late) + s.Till.Count(d => !d.Late);
        if (wake != Moment.Never && late <= s.Faults)
        {
            yield return Tick(s, wake, late);
            if (late < s.Faults &&
                TakeAndDie(Aged(s, wake).Spend(late), new DeskInput.TimePassed(), () => Clock(s, wake)) is { } edge)
            {
                yield return edge;
            }
        }
        if (s.Faults > 0)
        {
            var due = s.Desk.Open.Select(t => t.Delivery).OfType<DeliveryState.Undecided>().FirstOrDefault();
            if (due is not null && due.Due > wake && due.Due != Moment.Never)
            {
                yield return Plain(
                    Aged(s, due.Due).Spend(1), new DeskInput.TimePassed(), () => $"held up: {Clock(s, due.Due)}");
            }
            var (next, broken) = loop.Reboot(s.Spend(1));
            yield return new(() => "power fails, and comes back", next, broken);
        }
    }

    Edge Tick(Position s, Moment to, int cost) =>
        Plain(Aged(s, to).Spend(cost), new DeskInput.TimePassed(), () => Clock(s, to));

    Edge LinkReady(Position s) => Plain(s with { LinkUp = true }, new DeskInput.LinkReady(), () => "the link is ready");

    /// <summary>The same world later: what is under way is late, what is too old is gone.</summary>
    static Position Aged(Position s, Moment to)
    {
        var later = s with { Now = Moment.Latest(s.Now, to) };
        return later with
        {
            Flight = [.. later.Flight.Where(l => !Gateway.IsStale(l, later)).Select(l => l with { Late = true })],
            Till = IsGivenUp(s.Desk, to) ? [] : [.. later.Till.Select(d => d with { Late = true })],
            Accounts = [.. later.Accounts.Select(a => Gateway.At(a, later.Now))],
        };
    }

    /// <summary>The link always says how a message ended; if it has not by then, that input was lost.</summary>
    static bool IsGivenUp(DeskState desk, Moment to) => (desk.Lane is LaneState.Paying e && e.Until <= to) ||
        desk.Open.Exists(t => t.Delivery is DeliveryState.Offered o && o.Until <= to);

    /// <summary>An input taken, or taken and cut off by power loss right after its commit.</summary>
    IEnumerable<Edge> Give(Position s, DeskInput input, Func<string> label)
    {
        yield return Plain(s, input, label);
        if (s.Faults > 0 && TakeAndDie(s, input, label) is { } edge)
        {
            yield return edge;
        }
    }

    Edge Plain(Position s, DeskInput input, Func<string> label)
    {
        var (next, broken) = loop.Take(s, input);
        return new(label, next, broken);
    }

    Edge? TakeAndDie(Position s, DeskInput input, Func<string> label) =>
        loop.TakeAndDie(s.Spend(1), input) is var (next, broken)
            ? new(() => label() + "; power fails right after the commit", next, broken)
            : null;

    static Edge Quiet(Position next, Func<string> label) => new(label, next, Judge.Books(next));

    static string Clock(Position s, Moment to) => $"{(to - s.Now).TotalSeconds:0.#} s pass";

    static string Name(Letter l) =>
        $"{l.Matter.ToString().ToLowerInvariant()} {l.Payment}{(l.Number > 0 ? $" #{l.Number}" : "")}"
        + (l.Refund.Length > 0 ? $" as {l.Refund}" : "");

    static string Say(GatewayAnswer answer) => answer.GetType().Name;
}
