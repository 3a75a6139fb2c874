using Sandbox.Ecr;

namespace Sandbox.Conform;

/// <summary>A terminal that does as it is told, for a cash register under test. It moves no money.</summary>
sealed class RegisterProbe(Peer peer, TestPatience patience, Trace trace)
{
    /// <summary>How often a block is sent in all: again after a NAK and after T2.</summary>
    const int Sends = 3;

    /// <summary>How many messages a register may send after a failed case before the next one begins.</summary>
    const int MostLeftovers = 50;

    long cents = 1234;

    /// <summary>The register waits for the end of a command that this terminal accepted.</summary>
    bool isOpen;

    Telegram? told;

    /// <summary>Receipt number of this case's sale.</summary>
    public int Receipt { get; private set; }

    public Peer Peer => peer;

    public TestPatience Patience => patience;

    /// <summary>Begins a case with its own receipt number. What the register says from now on belongs to it.</summary>
    public void Prepare(int receipt)
    {
        trace.Restart();
        Receipt = receipt;
    }

    /// <summary>
    /// Cleans up after a case that broke off or left the register to act by itself. It ends what the register still
    /// waits for and refuses what it still tries, until the register is silent. Otherwise the next case would be judged
    /// by leftovers of this one.
    /// </summary>
    public void Settle()
    {
        for (var turn = 0; turn < MostLeftovers; turn++)
        {
            try
            {
                if (!SettleOne())
                {
                    return;
                }
            }
            catch (Deviation)
            {
                // What came instead of an ACK or an answer gets a turn, too.
            }
        }
    }

    /// <summary>Acknowledges what still comes after a message was sent twice.</summary>
    public void Drain()
    {
        while (peer.Listen(patience.Answer) is { Sound: not (Sound.Silence or Sound.HungUp) } rest)
        {
            if (rest.Sound == Sound.Block)
            {
                peer.Acknowledge();
            }
        }
    }

    /// <summary>Waits for the order, acknowledges its block and answers yes.</summary>
    public void Accept()
    {
        Arrive(0x0601);
        peer.Acknowledge();
        Begin();
    }

    /// <summary>Answers a command with 80 00 00: from now on the register waits for its end.</summary>
    public void Begin()
    {
        Say(Telegram.Yes);
        isOpen = true;
    }

    /// <summary>Waits for this command, whose block is not acknowledged yet. Commands before it are served.</summary>
    public Heard Arrive(int command)
    {
        while (peer.Listen(patience.Person) is { Sound: not (Sound.Silence or Sound.HungUp) } heard)
        {
            if (heard.Telegram is not { } telegram)
            {
                continue;
            }
            if (telegram.Command == command)
            {
                cents = StatusFields.Read(telegram.Data)?.Cents ?? cents;
                return heard;
            }
            Checks.Must(telegram.Command != 0x0601, $"{command >> 8:X2} {command & 0xFF:X2}", "another order");
            Serve(telegram);
        }
        throw new Deviation($"{command >> 8:X2} {command & 0xFF:X2} of the register", "silence");
    }

    /// <summary>Makes the 04 0F of this sale.</summary>
    /// <param name="time">BCD, HHMMSS.</param>
    public Telegram Status(byte result, string time = "123456")
    {
        var text = result == 0 ? "F0F0F4 50616964" : "F0F0F8 4E6F742070616964";
        return Telegram.Of(0x040F, $"27 {result:X2} 04 {cents:D12} 0B {Receipt:D6} 0C {time} 0D 1121 " +
            $"19 60 29 00000001 87 {Receipt:D4} 8A 61 3C {text}");
    }

    /// <summary>Sends a message, again after a NAK or T2; the register must acknowledge its block.</summary>
    public void Say(Telegram telegram)
    {
        for (var send = 1; ; send++)
        {
            peer.Say(telegram);
            if (peer.IsTcp)
            {
                return;
            }
            var heard = peer.Listen(patience.Ack);
            if (heard.Sound == Sound.Ack)
            {
                return;
            }
            Checks.Must(heard.Sound is Sound.Nak or Sound.Silence && send < Sends,
                "06 (ACK) within T2, for one of three sends", heard);
        }
    }

    /// <summary>Sends a message; the register must acknowledge it and answer yes within T3.</summary>
    public void Tell(Telegram telegram)
    {
        Say(telegram);
        TakeYes();
        isOpen &= telegram.Command is not (0x060F or 0x061E);
        told = telegram.Command == 0x040F ? telegram : told;
    }

    public void TakeYes()
    {
        var answer = MustHear(Sound.Block, "80 00 00 within T3");
        Checks.Must(answer.Telegram is { IsPositive: true }, "80 00 00", answer);
        peer.Acknowledge();
    }

    /// <summary>The end of a sale: 04 0F, then 06 0F or 06 1E.</summary>
    public void End(byte result)
    {
        Tell(Status(result));
        Tell(result == 0 ? Telegram.Of(0x060F) : Telegram.Of(0x061E, $"{result:X2}"));
    }

    /// <summary>
    /// The register must ask with 06 20 what became of the sale, and not order again; this result is the answer.
    /// </summary>
    public void MustBeAsked(byte result)
    {
        Arrive(0x0620);
        peer.Acknowledge();
        Begin();
        End(result);
    }

    public Heard MustHear(Sound sound, string expected)
    {
        var heard = peer.Listen(sound == Sound.Block ? patience.Answer : patience.Ack);
        Checks.Must(heard.Sound == sound, expected, heard);
        return heard;
    }

    /// <summary>
    /// Settles one thing; false if the register is silent and waits for nothing that this terminal knows of.
    /// </summary>
    bool SettleOne()
    {
        if (peer.TakeUnacknowledged() is { } waiting)
        {
            Refuse(waiting);
        }
        else if (isOpen)
        {
            isOpen = false;
            Say(Telegram.Of(0x061E, "6C"));
        }
        else
        {
            var heard = peer.Listen(patience.AfterBreak);
            if (heard.Sound is Sound.Silence or Sound.HungUp)
            {
                return false;
            }
            Refuse(heard);
        }
        return true;
    }

    /// <summary>Serves the commands that a register sends before it orders.</summary>
    void Serve(Telegram telegram)
    {
        peer.Acknowledge();
        if (telegram.IsAnswer)
        {
            return;
        }
        Say(telegram.Command is 0x0600 or 0x0602 or 0x0501 or 0x0620 ? Telegram.Yes : Telegram.No(0x83));
        switch (telegram.Command)
        {
            case 0x0600: Tell(Telegram.Of(0x060F, "19 00 29 00000001 49 0978")); break;
            case 0x0501: Tell(Telegram.Of(0x060F, "00")); break;
            case 0x0620: Repeat(); break;
        }
    }

    /// <summary>Answers a till that asks when it starts: the last result, or that there was none.</summary>
    void Repeat()
    {
        var last = told ?? Telegram.Of(0x040F, "27 6C 29 00000001 3C F0F0F7 4E6F2073616C65");
        Tell(last);
        Tell(StatusFields.Read(last.Data)!.Result == 0 ? Telegram.Of(0x060F) : Telegram.Of(0x061E, "6C"));
    }

    /// <summary>Refuses what belongs to a case that is over: an order as busy, a question with "not paid".</summary>
    void Refuse(Heard heard)
    {
        isOpen &= heard.Telegram is not { IsAnswer: false };
        switch (heard.Telegram?.Command)
        {
            case null:
                break;
            case 0x0601:
                peer.Acknowledge();
                Say(Telegram.No(0xA0));
                break;
            case 0x0620:
                peer.Acknowledge();
                Begin();
                End(0x6C);
                break;
            default:
                Serve(heard.Telegram);
                break;
        }
    }
}
