using Sandbox.Ecr;

namespace Sandbox.Conform;

/// <summary>
/// A till that does as it is told, byte for byte: it sends commands, reacts to each message as the case wants, and
/// keeps its books.
/// </summary>
sealed class Probe(Surroundings around, Trace trace) : IDisposable
{
    /// <summary>Pause between two attempts at a busy terminal.</summary>
    static readonly TimeSpan Again = TimeSpan.FromMilliseconds(300);

    readonly Queue<Telegram> early = [];
    Talk current = new(Telegram.Yes);
    Peer? peer;

    public Surroundings Around => around;

    public TestPatience Patience => around.Patience;

    public Book Book { get; private set; } = new();

    public Peer Peer => peer ??= Connect();

    /// <summary>Whether the terminal says anything at all to 05 01 or 06 00, each sent once.</summary>
    public bool IsAnswered()
    {
        foreach (var question in (Telegram[])[Telegram.Of(0x0501), Telegram.Of(0x0600, "000000 00")])
        {
            Peer.Say(Keyed(question));
            if (Peer.Listen(Patience.Answer) is { Sound: not (Sound.Silence or Sound.HungUp) })
            {
                Drain(Patience.Quiet);
                return true;
            }
        }
        return false;
    }

    /// <summary>A clean start for the next case: terminal idle and registered for nothing, book empty.</summary>
    /// <param name="afterFailure">The terminal may have much to say that the failed case did not wait for.</param>
    public void Prepare(bool afterFailure)
    {
        trace.Restart();
        Book = new();
        early.Clear();
        Drain(afterFailure ? Patience.AfterBreak : Patience.Quiet / 3);
        var until = Peer.Now + Patience.Result;
        // Configuration 00: nothing to print, which would take seconds over a serial line.
        while (Run(Telegram.Of(0x0600, "000000 00")) is { First.IsPositive: false } && Peer.Now < until)
        {
            Ask(0x06B0);
            Drain(Again);
        }
        trace.Restart();
    }

    public void Note(string what) => trace.Note(what);

    public void Dispose() => peer?.Dispose();

    /// <summary>Over TCP only: the till hangs up; its next use connects anew.</summary>
    public void HangUp()
    {
        trace.Note("the till hangs up");
        peer?.Dispose();
        peer = null;
        early.Clear();
    }

    /// <summary>Over TCP only: the till hangs up and stays away this long.</summary>
    public void HangUp(TimeSpan away)
    {
        HangUp();
        trace.Note($"and stays away for {away.TotalSeconds:0} s");
        Task.Delay(away).Wait();
    }

    /// <summary>Power off and on, in the middle of the terminal's work.</summary>
    public void Restart()
    {
        trace.Note("the terminal's power is cut, and comes back");
        around.Restart!();
        if (around.IsTcp)
        {
            HangUp();
        }
    }

    /// <summary>Puts the terminal's password into a command that begins with one.</summary>
    public Telegram Keyed(Telegram telegram) =>
        telegram is { Command: 0x0501 or 0x0600 or 0x0610 or 0x0620 or 0x0630 or 0x0631 or 0x0650 or 0x0693 } &&
        telegram.Data is [0, 0, 0, .. var rest]
            ? telegram with { Data = [.. Octets.Parse(around.Password), .. rest] }
            : telegram;

    /// <summary>Sends one message and waits until the terminal has acknowledged its block.</summary>
    public void Send(Telegram telegram)
    {
        Peer.Say(Keyed(telegram));
        AwaitAck();
    }

    /// <summary>Sends a command and returns the answer.</summary>
    public Telegram Ask(int command, string hex = "")
    {
        Send(Telegram.Of(command, hex));
        return TakeAnswer();
    }

    /// <summary>The answer to the command; messages that crossed it are answered with yes.</summary>
    public Telegram TakeAnswer()
    {
        while (true)
        {
            var message = Take(Patience.Answer);
            if (message.IsAnswer)
            {
                return message;
            }
            current.Add(message);
            Handle(message, Reaction.Yes);
        }
    }

    /// <summary>The next message, whose block is acknowledged.</summary>
    public Telegram Take(TimeSpan limit)
    {
        var (message, isAcknowledged) = Next(limit) ?? throw new Deviation("a message", "silence");
        if (!isAcknowledged)
        {
            Acknowledge();
        }
        return message;
    }

    /// <summary>A whole command: up to 06 0F, 06 1E, or the end of the till's patience.</summary>
    public Talk Run(Telegram command, Func<Telegram, Reaction>? react = null) =>
        Start(command).First.IsPositive ? Follow(react) : current;

    /// <summary>A command up to its first answer.</summary>
    public Talk Start(Telegram command)
    {
        Send(command);
        return Begun();
    }

    /// <summary>The first answer to a command that was sent byte by byte.</summary>
    public Talk Begun() => current = new(TakeAnswer());

    /// <summary>The rest of a command that was answered with yes.</summary>
    public Talk Follow(Func<Telegram, Reaction>? react = null)
    {
        var isBroken = false;
        while (current.End is null &&
            Next(isBroken ? Patience.AfterBreak : Patience.Result) is var (message, isAcknowledged))
        {
            if (message.IsAnswer)
            {
                throw new Deviation("a command of the terminal", $"{message}, an answer to nothing");
            }
            current.Add(message);
            var reaction = react?.Invoke(message) ?? Reaction.Yes;
            isBroken |= reaction is not (Reaction.Accept or Reaction.Refuse or Reaction.Part);
            if (reaction is Reaction.Leave)
            {
                return current;
            }
            if (!isAcknowledged && reaction is not (Reaction.Nak or Reaction.Deaf))
            {
                Acknowledge();
            }
            Handle(message, reaction);
        }
        return current;
    }

    /// <summary>06 20 with "send the result", again and again while the terminal is busy.</summary>
    /// <param name="between">The reaction to messages that come unasked between two attempts; yes if left out.</param>
    public Talk Repeat(Func<Telegram, Reaction>? react = null, Func<Telegram, Reaction>? between = null)
    {
        var until = Peer.Now + Patience.Result;
        while (true)
        {
            var talk = Run(Telegram.Of(0x0620, "000000 03 03"), react);
            if (talk.First.Command != 0x84A0 || Peer.Now > until)
            {
                return talk;
            }
            Drain(Again, between);
        }
    }

    /// <summary>Answers everything, with yes unless told otherwise, until nothing has come for this long.</summary>
    public void Drain(TimeSpan quiet, Func<Telegram, Reaction>? react = null)
    {
        while (Peer.Listen(quiet) is { Sound: not Sound.Silence } heard)
        {
            if (heard.Sound == Sound.HungUp)
            {
                HangUp();
            }
            else if (heard.Sound == Sound.Block)
            {
                Acknowledge();
                if (heard.Telegram is { IsAnswer: false } message)
                {
                    current.Add(message);
                    Handle(message, react?.Invoke(message) ?? Reaction.Yes);
                }
            }
        }
    }

    public void AwaitAck()
    {
        while (!around.IsTcp)
        {
            switch (Peer.Listen(Patience.Ack))
            {
                case { Sound: Sound.Ack }:
                    return;
                case { Telegram: { } crossed }:
                    Acknowledge();
                    early.Enqueue(crossed);
                    break;
                case var other:
                    throw new Deviation("06 (ACK) for the block just sent", other.ToString());
            }
        }
    }

    void Acknowledge() => Peer.Acknowledge();

    (Telegram, bool IsAcknowledged)? Next(TimeSpan limit)
    {
        if (early.TryDequeue(out var waiting))
        {
            return (waiting, true);
        }
        return Peer.Listen(limit) switch
        {
            { Sound: Sound.Silence or Sound.HungUp } => null,
            { Telegram: { } message } => (message, false),
            var other => throw new Deviation("a block that can be read", other.ToString()),
        };
    }

    void Handle(Telegram message, Reaction reaction)
    {
        if (reaction is Reaction.Nak)
        {
            Peer.Write(Octets.Nak);
        }
        else if (reaction is not Reaction.Deaf)
        {
            Enter(message, reaction);
        }
        switch (reaction)
        {
            case Reaction.Accept: Send(Telegram.Yes); break;
            case Reaction.Refuse e: Send(Telegram.No(e.Code)); break;
            case Reaction.Part e: Send(Telegram.Of(0x849D, e.Data)); break;
        }
        if (reaction is Reaction.Accept or Reaction.Refuse && message.Command is (0x060F or 0x061E))
        {
            current.Close(message);
        }
    }

    void Enter(Telegram message, Reaction reaction)
    {
        switch (message.Command)
        {
            case 0x040F when reaction is Reaction.Accept or Reaction.LoseAnswer:
                Book.Acknowledged(current.Status);
                break;
            case 0x060F: Book.Completed(current.Status); break;
            case 0x061E: Book.Terminated(current.Status); break;
        }
    }

    Peer Connect()
    {
        var (wire, problem) = around.Reach();
        return wire is null
            ? throw new Deviation("a connection to the terminal", problem)
            : new Peer(wire, around.IsTcp, trace);
    }
}
