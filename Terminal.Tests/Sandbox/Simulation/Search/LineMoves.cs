using System.Globalization;
using Terminal.Ecr.Messages;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using Terminal.Scanner;

namespace Sandbox.Simulation.Search;

/// <summary>Everything that can happen next between till, session and desk; the kind ones first.</summary>
sealed class LineMoves(LineLoop loop, LineBounds bounds)
{
    static readonly CodeSeal Seal = new(new byte[32]);

    public IEnumerable<LineEdge> From(LineScene s) => s.Replies.IsEmpty
        ? Kind(s).Concat(Unkind(s)).Concat(Commands(s))
        : Kind(s).Take(1).Concat(Lost(s)).Concat(Commands(s).Take(1));

    /// <summary>What happens if nobody means harm and nobody begins anything.</summary>
    public IEnumerable<LineEdge> Kind(LineScene s)
    {
        if (s.Replies is [var reply, .. var replies])
        {
            var left = s with { Replies = [.. replies] };
            yield return reply.Then is { } then
                ? Edge("our reply leaves", loop.Hear(left, new SessionInput.Replied(then)))
                : new("our reply leaves", left, null);
            yield break;
        }
        if (s.Outbox is [var told, .. var later])
        {
            yield return Edge($"the session hears {Name(told)}", loop.Hear(s with { Outbox = [.. later] }, told));
        }
        if (s.Inbox is [var input, .. var rest])
        {
            yield return Edge($"the desk takes {Name(input)}", loop.Decide(s with { Inbox = [.. rest] }, input));
        }
        if (s.Said is [var said, ..])
        {
            yield return Answer(s, said, Apdu.Accept, 0);
        }
        if (s.Paying is [var id, .. var others])
        {
            yield return new($"{id} is paid", s with
            {
                Paying = [.. others],
                Inbox = s.Inbox.Add(new DeskInput.Happened(id, new PaymentInput.PayAnswered(
                    new GatewayAnswer.Succeeded(id, "G", s.Desk.Find(id)!.Order.Worth)))),
            }, null);
        }
        if (!s.IsUp)
        {
            yield return new("line up", s with { IsUp = true, Inbox = s.Inbox.Add(new DeskInput.LinkReady()) }, null);
        }
        if (s.Desk.Lane is LaneState.AwaitingCode && s.IsQuiet)
        {
            var code = Seal.Seal(Scanner.Codes.Bytes($"28999999999999999{s.Scans}"), s.Now);
            yield return new("a code is shown", s with
            {
                Scans = s.Scans + 1,
                Inbox = s.Inbox.Add(new Arrival.Scanned(code)),
            }, null);
        }
        if (s.IsQuiet && Moment.Earliest(s.Session.WakeAt, s.Desk.WakeAt) is var wake && wake != Moment.Never)
        {
            yield return Pass(s, wake);
        }
    }

    LineEdge Pass(LineScene s, Moment wake)
    {
        var now = Moment.Latest(s.Now, wake);
        var (next, broken) = s.Session.WakeAt <= now
            ? loop.Hear(s with { Now = now }, new SessionInput.TimePassed())
            : loop.Decide(s with { Now = now }, new DeskInput.TimePassed());
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{(now - s.Now).TotalSeconds:0.#} s pass"), next, broken);
    }

    IEnumerable<LineEdge> Unkind(LineScene s)
    {
        if (s.Faults == 0)
        {
            yield break;
        }
        foreach (var lost in Lost(s))
        {
            yield return lost;
        }
        if (s.Said is [var said, ..])
        {
            yield return Answer(s, said, Apdu.Refuse(ResultCode.Aborted), 1);
            yield return Answer(s, said, Apdu.Refuse(ResultCode.PleaseWait), 1);
            yield return Answer(s, said, null, 1);
        }
        if (s.Paying is [var id, .. var others])
        {
            yield return new($"{id} is declined", s with
            {
                Faults = s.Faults - 1,
                Paying = [.. others],
                Inbox = s.Inbox.Add(new DeskInput.Happened(id, new PaymentInput.PayAnswered(
                    new GatewayAnswer.Declined(DeclineReason.Refused, "F")))),
            }, null);
        }
    }

    IEnumerable<LineEdge> Lost(LineScene s)
    {
        if (s.Faults == 0 || !s.IsUp)
        {
            yield break;
        }
        SessionInput lost = s.IsTcp ? new SessionInput.Disconnected() : new SessionInput.LineDown();
        var ends = s.Said.Select(p => (SessionInput)new SessionInput.Settled(p, new MessageEnd.LineDown()));
        yield return Edge("the line is lost", loop.Hear(s with
        {
            Faults = s.Faults - 1,
            IsUp = false,
            Replies = [],
            Said = [],
            IsAsked = s.IsAsked && !s.IsTcp,
        }, [lost, .. ends]));
    }

    /// <summary>
    /// A call of the desk is with the session before a till can send two commands. A till that is faster than the
    /// desk, which writes to a disk, costs a fault.
    /// </summary>
    IEnumerable<LineEdge> Commands(LineScene s)
    {
        var cost = s.Inbox.IsEmpty ? 0 : 1;
        if (s.Commands == 0 || !s.IsUp || !s.Outbox.IsEmpty || cost > s.Faults)
        {
            return [];
        }
        (string Name, Apdu Apdu, int Orders)[] all =
        [
            ("06 00", LineTale.Register(bounds.IsNumbered), 0),
            ("06 01", LineTale.Pay(s.Orders + 1, bounds), 1),
            .. s.Orders > 0 ? [("06 01 again", LineTale.Pay(s.Orders, bounds), 0)] : Array.Empty<(string, Apdu, int)>(),
            ("06 20", LineTale.Repeat, 0),
            ("06 B0", LineTale.Abort, 0),
            ("06 50", LineTale.EndOfDay, 0),
            ("06 10", LineTale.Totals, 0),
            ("05 01", LineTale.Status, 0),
        ];
        return all.Select(c => Edge($"the till sends {c.Name}", loop.Hear(
            s with { Commands = s.Commands - 1, Orders = s.Orders + c.Orders, Faults = s.Faults - cost },
            SessionInput.Commanded.Of(c.Apdu))));
    }

    /// <param name="answer">Null: none.</param>
    LineEdge Answer(LineScene s, Purpose said, Apdu? answer, int cost)
    {
        var isBooked = answer is { IsPositive: true } && said is Purpose.Offer { What.Outcome: Outcome.Approved };
        var next = s with
        {
            Faults = s.Faults - cost,
            Said = s.Said.RemoveAt(0),
            Booked = isBooked ? s.Booked.Add(((Purpose.Offer)said).Payment) : s.Booked,
        };
        MessageEnd how = answer is null ? new MessageEnd.Silent() : new MessageEnd.Answered(answer);
        return Edge($"the till answers {Name(said)}: {(answer is null ? "not" : $"{answer.Command:X4}")}",
            loop.Hear(next, new SessionInput.Settled(said, how)));
    }

    static LineEdge Edge(string label, (LineScene Next, string? Broken) taken) => new(label, taken.Next, taken.Broken);

    static string Name(object what) => what.GetType().Name;
}
