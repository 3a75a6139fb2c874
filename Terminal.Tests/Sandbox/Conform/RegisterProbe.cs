using Sandbox.Ecr;

namespace Sandbox.Conform;

/// <summary>A terminal that does as it is told, for a cash register under test. It moves no money.</summary>
sealed class RegisterProbe(Peer peer, TestPatience patience, Trace trace)
{
    /// <summary>A block is sent three times in all, after a NAK and after T2.</summary>
    const int Sends = 3;

    /// <summary>What one register may say after a failed case before the next case begins all the same.</summary>
    const int MostLeftovers = 50;

    long cents = 1234;

    /// <summary>The register waits for the end of a command that this terminal accepted.</summary>
    bool isOpen;

    Telegram? told;

    /// <summary>Of the sale of this case.</summary>
    public int Receipt { get; private set; }

    public Peer Peer => peer;

    public TestPatience Patience => patience;

    /// <summary>A new case with a receipt number of its own. What the register says already belongs to it.</summary>
    public void Prepare(int receipt)
    {
        trace.Restart();
        Receipt = receipt;
    }

    /// <summary>
    /// After a case that broke off or left the register to act by itself: ends what it still waits for and refuses what
    /// it still tries, until it is silent. Without this its next case would be judged by what is left of this one.
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
                // What came in the place of an ACK or of an answer has its own turn.
            }
        }
    }

    /// <summary>Acknowledges what still comes of a message that was sent twice.</summary>
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

    /// <summary>The order, its block acknowledged and answered with yes.</summary>
    public void Accept()
    {
        Arrive(0x0601);
        peer.Acknowledge();
        Begin();
    }

    /// <summary>80 00 00 to a command: from here on the register waits for its end.</summary>
    public void Begin()
    {
        Say(Telegram.Yes);
        isOpen = true;
    }

    /// <summary>Waits for this command; its block is not acknowledged yet. What comes before it is served.</summary>
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

    /// <summary>04 0F of this sale.</summary>
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

    /// <summary>The register must ask with 06 20 what became of it, and not order again; this is the answer.</summary>
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

    /// <summary>False: the register is silent, and waits for nothing that this terminal knows of.</summary>
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

    /// <summary>What a register sends before it orders.</summary>
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

    /// <summary>As a till asks when it starts: what was told last, or that there was nothing.</summary>
    void Repeat()
    {
        var last = told ?? Telegram.Of(0x040F, "27 6C 29 00000001 3C F0F0F7 4E6F2073616C65");
        Tell(last);
        Tell(StatusFields.Read(last.Data)!.Result == 0 ? Telegram.Of(0x060F) : Telegram.Of(0x061E, "6C"));
    }

    /// <summary>Of a case that is over: an order is refused as busy, a question answered with "not paid".</summary>
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
