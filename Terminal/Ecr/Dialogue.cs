using System.Diagnostics.CodeAnalysis;
using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>Commands and answers over a <see cref="Link"/>: replies first, own commands one by one.</summary>
/// <param name="connect">The link over a line that has just come up.</param>
public sealed class Dialogue(EcrTimers timers, Func<Link> connect)
{
    /// <summary>An ECR that sends without listening for our replies gets no more of them than this.</summary>
    const int MaxReplies = 8;

    /// <summary>Before <see cref="Message.By"/>, so that the write itself is not late.</summary>
    static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(100);

    readonly Queue<DialogueEvent> events = [];
    readonly Queue<(Apdu Apdu, DeskInput? Then)> replies = [];
    readonly Waiting waiting = new();
    Link? link;
    (Apdu Apdu, DeskInput? Then)? replying;
    Message? current;
    bool isDelivered;
    Moment answerBy = Moment.Never;
    /// <summary>The last message given up; the ECR may still answer it.</summary>
    Message? unanswered;
    Apdu? doubtful;
    /// <summary>Commands of the ECR that have no reply yet; nothing of ours goes before it.</summary>
    int unreplied;

    /// <summary>Has the last word on a message of ours before it leaves for the first time.</summary>
    public Func<Apdu, Apdu> Stamp { get; init; } = apdu => apdu;

    public bool IsFull => waiting.IsFull;

    /// <summary>When an intermediate status could leave at once; never while there is anything else to say.</summary>
    public Moment QuietAt =>
        link is null || current is not null || !waiting.IsEmpty || replies.Count > 0 ? Moment.Never : link.QuietAt;

    public Moment WakeAt =>
        link is null ? Moment.Never : Moment.Earliest(Moment.Earliest(link.WakeAt, answerBy), ForceAt);

    /// <summary>When whatever blocks the line must make way for a message that may not be late.</summary>
    Moment ForceAt => waiting.By is var by && by != Moment.Never ? by - Margin : Moment.Never;

    public bool TryTake([MaybeNullWhen(false)] out DialogueEvent happened) => events.TryDequeue(out happened);

    public bool IsPending(Predicate<Purpose> match) =>
        (current is not null && match(current.Purpose)) || waiting.Has(match);

    public void Open() => link = connect();

    /// <summary>The line is gone: everything in hand ends.</summary>
    public void Hangup()
    {
        Message?[] open = [current, .. waiting.TakeAll()];
        (link, replying, current, unanswered, doubtful, answerBy) = (null, null, null, null, null, Moment.Never);
        unreplied = 0;
        replies.Clear();
        foreach (var message in open.OfType<Message>())
        {
            events.Enqueue(new DialogueEvent.Settled(message, null, LineDown: true));
        }
    }

    /// <summary>The ECR begins something new: what it has not answered by now, it never will.</summary>
    public void Forget()
    {
        if (current is not null)
        {
            Settle(null);
        }
        foreach (var message in waiting.TakeAll())
        {
            events.Enqueue(new DialogueEvent.Settled(message, null, LineDown: false));
        }
        unanswered = null;
    }

    /// <summary>Answers a command, each exactly once. False: the ECR sends without listening; no reply.</summary>
    /// <param name="then">Told back once the reply has left.</param>
    public bool Reply(Apdu reply, DeskInput? then, Moment now)
    {
        unreplied = Math.Max(unreplied - 1, 0);
        var hasRoom = replies.Count < MaxReplies;
        if (hasRoom)
        {
            replies.Enqueue((reply, then));
        }
        Pump(now);
        return hasRoom;
    }

    /// <summary>Waits its turn, the most urgent first; an outcome ends what may be dropped.</summary>
    public void Ask(Message message, Moment now)
    {
        if (link is null)
        {
            events.Enqueue(new DialogueEvent.Settled(message, null, LineDown: true));
            return;
        }
        if (message.Purpose is Purpose.Offer or Purpose.Report or Purpose.Refusal)
        {
            waiting.Drop<Purpose.Local>();
            if (current is { Purpose: Purpose.Progress })
            {
                link.SendNoMore();
            }
        }
        waiting.Add(message);
        Pump(now);
    }

    public void Feed(ReadOnlySpan<byte> bytes, Moment now)
    {
        link?.Feed(bytes, now);
        Pump(now);
    }

    public void TimePassed(Moment now)
    {
        link?.TimePassed(now);
        if (now >= answerBy)
        {
            Settle(doubtful, isUnheard: doubtful is null && !link!.Acknowledges);
        }
        if (now >= ForceAt)
        {
            GiveUp();
        }
        Pump(now);
    }

    void Pump(Moment now)
    {
        do
        {
            Listen(now);
        }
        while (link is { IsBusy: false } idle && SendNext(idle, now));
    }

    bool SendNext(Link idle, Moment now)
    {
        if (now < ForceAt && replies.TryDequeue(out var reply))
        {
            replying = reply;
            idle.Send(reply.Apdu.ToBytes(), Moment.Never, now);
            return true;
        }
        if (unreplied > 0 || current is not null || waiting.IsEmpty)
        {
            return false;
        }
        (current, isDelivered) = (waiting.Take(), false);
        idle.Send(Stamp(current.Apdu).ToBytes(), current.By, now);
        return true;
    }

    void Listen(Moment now)
    {
        while (link is not null && link.TryTake(out var happened))
        {
            switch (happened)
            {
                case LinkEvent.Write e: events.Enqueue(new DialogueEvent.Write(e.Bytes)); break;
                case LinkEvent.Arrived e: Take(Apdu.Take(e.Apdu), now); break;
                case LinkEvent.Delivered: Delivered(now); break;
                case LinkEvent.Lost when replying is not null: replying = null; break;
                case LinkEvent.Lost: Settle(null, isUnheard: true); break;
                case LinkEvent.Stalled: events.Enqueue(new DialogueEvent.Stalled()); break;
            }
        }
        if (link is { HasStarted: true })
        {
            TellReplied();
        }
    }

    void TellReplied()
    {
        if (replying is { Then: { } then })
        {
            events.Enqueue(new DialogueEvent.Replied(then));
            replying = replying.Value with { Then = null };
        }
    }

    void Delivered(Moment now)
    {
        if (replying is not null)
        {
            TellReplied();
            replying = null;
        }
        else if (current is not null)
        {
            (isDelivered, answerBy) = (true, now + current.Answer);
            events.Enqueue(new DialogueEvent.Delivered(current, link!.Acknowledges));
        }
    }

    void Take(Apdu? apdu, Moment now)
    {
        if (apdu is { IsAnswer: true })
        {
            TakeAnswer(apdu, now);
        }
        else if (apdu is not null)
        {
            MakeWay();
            unreplied++;
            if (apdu.Command is not (Command.Abort or Command.Status))
            {
                if (doubtful is not null && current is { Purpose: Purpose.Close or Purpose.Complete })
                {
                    // Whichever message it answered: the ECR begins something new, so the last command is over.
                    Settle(null);
                }
                unanswered = null;
            }
            events.Enqueue(new DialogueEvent.Commanded(apdu));
        }
        else if (current is null && replies.Count < MaxReplies)
        {
            replies.Enqueue((Apdu.Refuse(ResultCode.ProtocolError), null));
        }
    }

    /// <summary>The ECR is the master: what it has not acknowledged waits until its command has a reply.</summary>
    void MakeWay()
    {
        if (replying is not null && link!.HasStarted)
        {
            replying = null;
            link.Abandon();
        }
        else if (replying is null && current is { Purpose: not Purpose.Progress, Collisions: < 3 } && !isDelivered)
        {
            waiting.AddFirst(current with { Collisions = current.Collisions + 1 });
            current = null;
            link!.Abandon();
        }
        else if (replying is null && current is not null && !isDelivered)
        {
            Settle(null);
        }
    }

    void TakeAnswer(Apdu answer, Moment now)
    {
        if (unanswered is not null && (current is null || !isDelivered || doubtful is not null))
        {
            events.Enqueue(new DialogueEvent.Late(unanswered, doubtful ?? answer));
            unanswered = null;
            if (doubtful is not null)
            {
                Settle(answer);
            }
        }
        else if (unanswered is not null)
        {
            // Ours, or the answer to the message before? Only a second answer can tell.
            doubtful = answer;
            answerBy = Moment.Earliest(answerBy, now + timers.Doubt);
        }
        else if (current is not null && (isDelivered || link!.HasStarted))
        {
            Settle(answer);
        }
    }

    /// <summary>Ends whatever holds the line.</summary>
    void GiveUp()
    {
        if (current is not null)
        {
            Settle(null);
        }
        replying = null;
        link!.Abandon();
    }

    void Settle(Apdu? answer, bool isUnheard = false)
    {
        var message = current!;
        // Sent in vain, or on its way: an answer may still come.
        var hasLeft = isDelivered || !link!.IsBusy || link.HasStarted;
        if (!isDelivered)
        {
            link!.Abandon();
        }
        unanswered = answer is null && hasLeft ? message : null;
        (current, doubtful, answerBy) = (null, null, Moment.Never);
        if (message.Purpose is Purpose.Print && answer is not { IsPositive: true })
        {
            waiting.Drop<Purpose.Print>();
        }
        events.Enqueue(new DialogueEvent.Settled(message, answer, LineDown: false) { IsUnheard = isUnheard });
    }
}
