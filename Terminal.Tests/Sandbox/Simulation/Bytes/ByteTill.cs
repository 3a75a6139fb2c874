using System.Net;
using Sandbox.Simulation.Model;
using Sandbox.Simulation.Peers;
using Terminal.Checkout;
using Terminal.Ecr;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Messages;
using Terminal.Payments;

namespace Sandbox.Simulation.Bytes;

/// <summary>A till that speaks ZVT, over a serial line or TCP, with a line that can fail at every byte.</summary>
sealed partial class ByteTill : TillEnd
{
    /// <summary>How long the terminal may wait for an answer that does not come, repeats included.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    readonly Queue<(Apdu Apdu, Asked? Asked)> toSend = [];
    readonly Queue<Asked> asked = [];
    readonly bool registers;
    readonly TillNumbers numbers;
    Seat? seat;
    Link? link;
    Way? toTerminal, toTill;
    (Apdu Apdu, Asked? Asked) sending;
    PaymentPage? told;
    int refusal = -1;
    int commands, answers;
    bool registering, probing;
    long? startedAgain;
    long openUntil, deafUntil, wakeAt;

    public ByteTill(World world) : base(world)
    {
        var isTcp = world.Dice.Chance(0.3);
        registers = world.Dice.Chance(0.6) || world.Agreement.Numbers;
        numbers = new(world);
        Settings = new() { Tcp = isTcp ? new(IPAddress.Loopback, 20007) : null, AmountLimit = int.MaxValue };
    }

    enum Asked
    {
        Register,
        Order,
        Repeat,
        Totals,
        Abort,
        Probe,
    }

    public EcrSettings Settings { get; }

    protected override void Register()
    {
        World.Books.StartedAt = -1;
        if (registers)
        {
            (startedAgain, told) = (World.Now, null);
            numbers.Restart();
            Give(World.Agreement.Numbers ? TillWords.RegisterNumbered : TillWords.Register, Asked.Register);
            registering = true;
        }
    }

    public override bool HasCalls => World.Now < openUntil;

    bool IsTcp => Settings.Tcp is not null;

    public override IEcr Connect() => seat = new(World, this);

    public override void Order(OrderPage page, bool stale)
    {
        if (page.Errand != Errand.Sale)
        {
            Give(TillWords.Errand(page, World.Agreement.ToldBy(page)), Asked.Order);
            return;
        }
        var code = page.OwnScanner ? null : page.Code;
        Give(
            TillWords.Pay(page.Minor, code, asText: World.Dice.Chance(0.3), World.Agreement.ToldBy(page)),
            Asked.Order, numbers.Of(page));
    }

    public override void Repeat() => Give(TillWords.Repeat, Asked.Repeat);

    public override void AskTotals() => Give(TillWords.Totals, Asked.Totals);

    /// <summary>Only what has been answered with 80 00 00: a refusal would be taken for that of the order.</summary>
    public override void Abort()
    {
        if (asked.Count == 0 && toSend.Count == 0)
        {
            Say(TillWords.Abort, Asked.Abort);
        }
    }

    public override void Probe(OrderPage other) => Say(
        TillWords.Pay(other.Minor, other.Code, asText: false, World.Agreement.ToldBy(other)),
        Asked.Probe, numbers.Of(other));

    /// <summary>A whole dialogue of its own; the fast depth has it.</summary>
    public override void Reuse(OrderPage before)
    {
    }

    public void Shown(Effect.Progress progress) => Clerk.Shown(progress);

    /// <summary>The terminal wrote these.</summary>
    public void Receive(byte[] bytes) => toTill?.Send(bytes);

    /// <summary>An answer belongs to its command: after the next one it is not said any more.</summary>
    /// <param name="number">Of the message that it answers.</param>
    void Answer(Apdu answer, int to, int? number)
    {
        if (to == commands)
        {
            openUntil = 0;
            answers++;
            Say(answer, null, number);
        }
    }

    protected override void Opened(int boot)
    {
        // T2 of the till is a little shorter, or both ends would repeat in each other's way for ever.
        link = IsTcp ? new TcpLink(Settings.Timers) : new SerialLink(new() { BlockAnswer = TimeSpan.FromSeconds(4.5) });
        toTerminal = new(World, IsTcp, World.Plant.Line(World, Settings, seat!.Feed));
        toTill = new(World, IsTcp, Hear);
        seat.LineUp();
        if (World.Agreement.Numbers && numbers.GoesOn(boot))
        {
            return;
        }
        numbers.Restart();
        if (registers)
        {
            registering = true;
            Say(World.Agreement.Numbers ? TillWords.RegisterNumbered : TillWords.Register, Asked.Register);
        }
    }

    protected override void Closed()
    {
        link = null;
        numbers.Pause();
        toTerminal?.IsCut = toTill!.IsCut = true;
        toSend.Clear();
        asked.Clear();
        (told, refusal, openUntil, deafUntil, wakeAt, startedAgain) = (null, -1, 0, 0, 0, null);
        seat?.LineDown();
    }

    void Give(Apdu command, Asked what, int? number = null)
    {
        commands++;
        (told, refusal, registering, probing) = (null, -1, false, false);
        asked.Clear();
        toSend.Clear();
        link?.Abandon(); // What was not taken so far is not said any more.
        Say(command, what, number);
        if (World.Troubles(Fault.CablePulled))
        {
            toTerminal!.MutedUntil = toTill!.MutedUntil = World.Now + World.Dice.Seconds(1, 40).Ticks;
        }
        // To an order that waits for its code, a till that is deaf for seconds looks like one that is gone.
        else if (!IsTcp && World.Hits(
            Fault.CommandTwice, what == Asked.Order && Clerk.Current is { OwnScanner: true } page ? page : null))
        {
            // ACK and answer are missed: the same block goes out again, and that alone must change nothing.
            deafUntil = World.Now + World.Dice.Seconds(3.5, 4.4).Ticks;
        }
    }

    void Say(Apdu apdu, Asked? what, int? number = null)
    {
        if (link is not null)
        {
            apdu = what is null ? numbers.Answer(apdu, number) : numbers.Command(apdu, number);
            World.Trace?.Till(World.Now, $"says {TillWords.Name(apdu)}");
            toSend.Enqueue((apdu, what));
            Pump();
        }
    }

    void Hear(byte[] bytes)
    {
        if (World.Now >= deafUntil)
        {
            link?.Feed(bytes, new(World.Now));
            Pump();
        }
    }

    void Pump()
    {
        if (link is null)
        {
            return;
        }
        Listen();
        while (link is { IsBusy: false } idle && toSend.TryDequeue(out sending))
        {
            if (sending.Asked is { } what)
            {
                asked.Enqueue(what);
            }
            idle.Send(sending.Apdu.ToBytes(), Moment.Never, new(World.Now));
            Listen();
        }
        Wake();
    }

    void Listen()
    {
        while (link is not null && link.TryTake(out var happened))
        {
            switch (happened)
            {
                case LinkEvent.Write e: toTerminal!.Send(e.Bytes); break;
                case LinkEvent.Arrived e when Apdu.Read(e.Apdu) is { } apdu: Take(apdu); break;
            }
        }
    }

    void Wake()
    {
        if (link is { WakeAt: var at } mine && at != Moment.Never && (at.Ticks < wakeAt || wakeAt <= World.Now))
        {
            wakeAt = Math.Max(at.Ticks, World.Now);
            // The link outlives a till that starts again.
            World.Agenda.After(new(wakeAt - World.Now), () =>
            {
                if (link == mine)
                {
                    wakeAt = 0;
                    link.TimePassed(new(World.Now));
                    Pump();
                }
            });
        }
    }

    void Take(Apdu apdu)
    {
        numbers.Hear(apdu);
        if (link!.IsBusy && (sending.Asked is null || (apdu.IsAnswer && link.HasStarted)))
        {
            link.Abandon(); // Who goes on has heard: one block at a time, so nothing old is sent again.
        }
        switch (apdu.Command)
        {
            case Command.StatusInformation: TakeStatus(apdu); break;
            case Command.Completion: TakeEnd(TillClerk.Completed); break;
            case Command.Termination: TakeEnd(TillClerk.Terminated); break;
            case var _ when apdu.IsAnswer: TakeAnswer(apdu); break;
            default: Answer(Apdu.Accept, commands, numbers.Heard); break;
        }
    }

    void TakeAnswer(Apdu answer)
    {
        switch (asked.TryDequeue(out var what) ? what : (Asked?)null)
        {
            case Asked.Order or Asked.Repeat or Asked.Totals when !answer.IsPositive:
                Clerk.Refused(TillWords.Reason(answer.Command & 0xFF));
                break;
            case Asked.Probe when answer.IsPositive:
                // The terminal was free again: what is answered from here on belongs to this order.
                commands++;
                told = null;
                probing = true;
                break;
        }
    }
}
