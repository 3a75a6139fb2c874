using Terminal.Ecr;
using Terminal.Ecr.Commands;
using Terminal.Ecr.Session;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using Terminal.Scanner;

namespace Sandbox.Simulation.Search;

/// <summary>The session machine with the dialogue in miniature around it, and the shipped desk behind it.</summary>
sealed class LineLoop(Func<SessionState, SessionInput, Moment, SessionStep> session)
{
    static readonly EcrSettings Settings = new();
    static readonly CodeSeal Seal = new(new byte[32]);

    readonly Desk desk = new(Tale.Policy);

    /// <summary>One input of the session and all that follows at once.</summary>
    public (LineScene Next, string? Broken) Hear(LineScene scene, params SessionInput[] inputs)
    {
        var pending = new Queue<SessionInput>(inputs);
        var (s, broken) = (scene, (string?)null);
        while (pending.TryDequeue(out var input))
        {
            (s, var found) = Step(s, input, pending);
            broken ??= found;
        }
        return (s, broken);
    }

    /// <summary>The desk takes the oldest input.</summary>
    public (LineScene Next, string? Broken) Decide(LineScene scene, LoopInput input)
    {
        var (next, effects) = desk.Next(scene.Desk, LineTale.Complete(scene, input), scene.Now);
        var s = effects.Aggregate(scene with { Desk = next }, Act);
        return (s, next.Open.Find(t => s.Booked.Contains(t.Order.Id) && t.Delivery is DeliveryState.Withdrawn) is { } t
            ? $"M11: the till booked {t.Order.Id}, and it is withdrawn"
            : null);
    }

    static LineScene Act(LineScene s, Effect effect) => effect switch
    {
        Effect.Charge e => s with { Paying = s.Paying.Add(e.Sale.Id) },
        Effect.Query e => Post(s, e.Payment, new PaymentInput.Inquired(e.Question, new GatewayAnswer.NotFound())),
        Effect.Cancel e => Post(s, e.Payment, new PaymentInput.CancelAnswered(e.Attempt, new GatewayAnswer.Accepted())),
        Effect.Offer e => Send(s, new SessionInput.Offer(e)) with { Offers = s.Offers.Add(e.Order.Id) },
        Effect.Complete e => Send(s, new SessionInput.Complete(e)) with { Ends = s.Ends.Add(e.Payment) },
        Effect.Close e => Send(s, new SessionInput.Close(e)) with { Ends = s.Ends.Add(e.Payment) },
        Effect.Refuse e => Send(s, new SessionInput.Refuse(e.Refusal)),
        Effect.Report e => Send(s, new SessionInput.Report(e)),
        Effect.Progress e => Send(s, new SessionInput.Show(e)),
        _ => s,
    };

    static LineScene Post(LineScene s, PaymentId id, PaymentInput what) =>
        s with { Inbox = s.Inbox.Add(new DeskInput.Happened(id, what)) };

    static LineScene Send(LineScene s, SessionInput input) => s with { Outbox = s.Outbox.Add(input) };

    (LineScene, string?) Step(LineScene scene, SessionInput input, Queue<SessionInput> pending)
    {
        var (state, moves) = session(scene.Session, input, scene.Now);
        var (s, broken) = (scene with { Session = state }, (string?)null);
        foreach (var move in moves)
        {
            (s, var found) = Do(s, move, pending);
            broken ??= found;
        }
        return (s.Session is SessionState.Idle ? s with { IsAsked = false } : s, broken);
    }

    (LineScene, string?) Do(LineScene s, SessionMove move, Queue<SessionInput> pending)
    {
        switch (move)
        {
            case SessionMove.Post e:
                return Told(s, e.Input);
            case SessionMove.Read e:
                return Read(s, e, pending);
            case SessionMove.Reply e:
                return (s with { Replies = s.Replies.Add(e) }, null);
            case SessionMove.Forget e:
                Settle(s, pending, new MessageEnd.PassedOver(e.As));
                return (s with { Said = [] }, null);
            case SessionMove.Say e:
                var broken = e.Purpose.IsResult && !s.IsAsked
                    ? $"line: {e.Purpose.GetType().Name} for a stranger"
                    : null;
                if (!s.IsUp)
                {
                    pending.Enqueue(new SessionInput.Settled(e.Purpose, new MessageEnd.LineDown()));
                    return (s, broken);
                }
                return (s with { Said = s.Said.Add(e.Purpose) }, broken);
            case SessionMove.Serve { What: var e }:
                return (s with
                {
                    Agreed = e.Registration ?? s.Agreed,
                    Ordered = e.Registration is null ? s.Ordered : [],
                    Said = [.. s.Said, .. e.Messages.Select(_ => new Purpose.Local())],
                }, null);
            default:
                return (s, null);
        }
    }

    public static void Settle(LineScene s, Queue<SessionInput> pending, MessageEnd how)
    {
        foreach (var purpose in s.Said)
        {
            pending.Enqueue(new SessionInput.Settled(purpose, how));
        }
    }

    (LineScene, string?) Read(LineScene s, SessionMove.Read read, Queue<SessionInput> pending)
    {
        var reception = new Reception(Settings, Seal);
        reception.Agree(s.Agreed);
        var heard = reception.Hear(read.Apdu, s.Session, isFull: false, s.Now);
        // Whoever registers anew has forgotten what was before.
        var asked = heard.Command is EcrCommand.Instruct or EcrCommand.Again ||
            (s.IsAsked && heard is not { Row.When: Permitted.Anew, Command: not EcrCommand.Refused });
        return Step(s with { IsAsked = asked }, heard, pending);
    }

    /// <summary>Every offer is answered, every end told; a late acknowledgement comes on top.</summary>
    static (LineScene, string?) Told(LineScene s, LoopInput input)
    {
        var next = s with { Inbox = s.Inbox.Add(input) };
        return input switch
        {
            DeskInput.Answered e => (next with { Offers = s.Offers.Remove(e.Payment) }, null),
            DeskInput.Closed e when s.Ends.Contains(e.Payment) => (next with { Ends = s.Ends.Remove(e.Payment) }, null),
            DeskInput.Closed e => (next, $"line: {e.Payment} is closed twice"),
            Arrival.Instructed { IsNew: true, Amount.Minor: var minor } => (
                next with { Ordered = s.Ordered.Add(minor) },
                s.Ordered.Contains(minor) ? "M1: the order under one number reaches the desk twice" : null),
            _ => (next, null),
        };
    }
}
