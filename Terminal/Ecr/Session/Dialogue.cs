using System.Diagnostics.CodeAnalysis;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Payments.Answers;

namespace Terminal.Ecr.Session;

/// <summary>Commands and answers over a <see cref="Link"/>: replies first, then our own commands one by one.</summary>
/// <param name="connect">Makes the link over a line that has just come up.</param>
/// <param name="stamp">Makes the last change to our message before it leaves for the first time.</param>
sealed class Dialogue(EcrTimers timers, Func<Link> connect, Func<Apdu, Apdu> stamp)
{
    readonly Queue<DialogueEvent> events = [];
    readonly Replies replies = new();
    readonly Waiting waiting = new();
    Link? link;
    Turn? turn;
    /// <summary>The last message that was given up; the ECR may still answer it.</summary>
    Message? unanswered;

    public bool IsFull => waiting.IsFull;

    /// <summary>There is room for one more reply.</summary>
    public bool HasRoom => replies.HasRoom;

    /// <summary>When an intermediate status could leave at once; never while anything else waits to be sent.</summary>
    public Moment QuietAt =>
        link is null || turn is not null || !waiting.IsEmpty || !replies.IsEmpty ? Moment.Never : link.QuietAt;

    public Moment WakeAt => link is null ? Moment.Never
        : Moment.Earliest(Moment.Earliest(link.WakeAt, turn?.By ?? Moment.Never), waiting.ForceAt);

    public bool TryTake([MaybeNullWhen(false)] out DialogueEvent happened) => events.TryDequeue(out happened);

    public void Open() => link = connect();

    /// <summary>The line is gone, so everything in hand ends.</summary>
    public void Hangup()
    {
        EndAll(new MessageEnd.LineDown(), turn?.Message);
        (link, turn, unanswered) = (null, null, null);
        replies.Clear();
    }

    /// <summary>The ECR begins something new and will no longer answer our earlier messages.</summary>
    public void Forget(EcrAnswer passedAs)
    {
        var passed = new MessageEnd.PassedOver(passedAs);
        if (turn is not null)
        {
            Settle(passed);
        }
        EndAll(passed);
        unanswered = null;
    }

    void EndAll(MessageEnd how, Message? first = null)
    {
        foreach (var message in waiting.TakeAll().Prepend(first).OfType<Message>())
        {
            Tell(new SessionInput.Settled(message.Purpose, how));
        }
    }

    /// <summary>Answers one command, exactly once. Without <see cref="HasRoom"/> the reply is dropped.</summary>
    /// <param name="then">Passed back once the reply has left.</param>
    public void Reply(Apdu reply, LoopInput? then, Moment now)
    {
        replies.Pay(reply, then);
        Pump(now);
    }

    /// <summary>Queues a message, the most urgent first. A result ends messages that may be dropped.</summary>
    public void Ask(Message message, Moment now)
    {
        if (link is null)
        {
            Tell(new SessionInput.Settled(message.Purpose, new MessageEnd.LineDown()));
            return;
        }
        if (message.Purpose.IsResult)
        {
            waiting.Drop<Purpose.Local>();
            if (turn is { Message.Purpose: Purpose.Progress })
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
        if (now >= turn?.By)
        {
            Settle(turn is Turn.Doubting { Answer: var answer } ? new MessageEnd.Answered(answer)
                : link!.Acknowledges ? new MessageEnd.Silent() : new MessageEnd.Unheard());
        }
        if (now >= waiting.ForceAt)
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
        if (now < waiting.ForceAt && replies.TryNext(out var reply))
        {
            idle.Send(reply.ToBytes(), Moment.Never, now);
            return true;
        }
        if (replies.Owed > 0 || turn is not null || waiting.IsEmpty)
        {
            return false;
        }
        turn = new Turn.Sending(waiting.Take());
        idle.Send(stamp(turn.Message.Apdu).ToBytes(), turn.Message.By, now);
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
                case LinkEvent.Lost when replies.IsSending: replies.End(); break;
                case LinkEvent.Lost: Settle(new MessageEnd.Unheard()); break;
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
        if (replies.TryStart(out var then))
        {
            Tell(new SessionInput.Replied(then));
        }
    }

    void Delivered(Moment now)
    {
        if (replies.IsSending)
        {
            TellReplied();
            replies.End();
        }
        else if (turn is { Message: var message })
        {
            turn = new Turn.Awaiting(message, now + message.Answer);
            if (link!.Acknowledges)
            {
                Tell(new SessionInput.Delivered(message.Purpose));
            }
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
            replies.Owe();
            if (apdu.Command is not (Command.Abort or Command.Status))
            {
                Interrupt();
            }
            Tell(SessionInput.Commanded.Of(apdu));
        }
        else if (turn is null)
        {
            replies.Add(Apdu.Refuse(ResultCode.ProtocolError));
        }
    }

    /// <summary>The ECR begins something new, or tries to; <see cref="Forget"/> follows if it is allowed.</summary>
    void Interrupt()
    {
        switch (turn)
        {
            // Whichever message the answer belonged to, the last command is over.
            case Turn.Doubting { Message.Purpose.IsEnd: true }: Settle(new MessageEnd.Silent()); break;
            case Turn.Awaiting awaiting: turn = awaiting with { IsInterrupted = true }; break;
        }
        if (unanswered is not { Purpose: Purpose.Progress })
        {
            unanswered = null; // Only behind 04 FF comes what a late answer must not settle.
        }
    }

    /// <summary>The ECR is the master: until its command has a reply, our unacknowledged message waits.</summary>
    void MakeWay()
    {
        if (replies.IsSending && link!.HasStarted)
        {
            replies.End();
            link.Abandon();
        }
        else if (!replies.IsSending && turn is Turn.Sending
        { Message: { Purpose: not Purpose.Progress, Collisions: < 3 } message })
        {
            waiting.AddFirst(message with { Collisions = message.Collisions + 1 });
            turn = null;
            link!.Abandon();
        }
        else if (!replies.IsSending && turn is Turn.Sending)
        {
            Settle(new MessageEnd.Silent());
        }
    }

    void TakeAnswer(Apdu answer, Moment now)
    {
        switch (turn)
        {
            case Turn.Doubting doubting:
                if (unanswered is not null)
                {
                    Tell(new SessionInput.Late(unanswered.Purpose, doubting.Answer));
                }
                Settle(new MessageEnd.Answered(answer));
                break;
            // The answer may have been held up behind a command. An answer that may be an older one approves nothing.
            case null or Turn.Sending or Turn.Awaiting { IsInterrupted: true } when unanswered is not null:
                Tell(new SessionInput.Late(unanswered.Purpose, answer));
                unanswered = null;
                break;
            case Turn.Awaiting awaiting when unanswered is not null:
                // The answer may belong to this message or to the one before. Only a second answer can tell.
                turn = new Turn.Doubting(
                    awaiting.Message, Moment.Earliest(awaiting.By, now + timers.Doubt), answer);
                break;
            case Turn.Awaiting:
            case Turn.Sending when link!.HasStarted:
                Settle(new MessageEnd.Answered(answer));
                break;
        }
    }

    /// <summary>Ends whatever occupies the line.</summary>
    void GiveUp()
    {
        if (turn is not null)
        {
            Settle(new MessageEnd.Silent());
        }
        replies.End();
        link!.Abandon();
    }

    void Settle(MessageEnd how)
    {
        var message = turn!.Message;
        // The message has left, or part of it: an answer may still come.
        var hasLeft = turn is not Turn.Sending || !link!.IsBusy || link.HasStarted;
        if (turn is Turn.Sending)
        {
            link!.Abandon();
        }
        (unanswered, turn) = (how is not MessageEnd.Answered && hasLeft ? message : null, null);
        if (message.Purpose is Purpose.Print && how is not MessageEnd.Answered { Answer.IsPositive: true })
        {
            waiting.Drop<Purpose.Print>();
        }
        Tell(new SessionInput.Settled(message.Purpose, how));
    }

    void Tell(SessionInput input) => events.Enqueue(new DialogueEvent.Happened(input));
}
