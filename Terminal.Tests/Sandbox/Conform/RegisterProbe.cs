namespace Sandbox.Conform;

/// <summary>A terminal that does as it is told, for a cash register under test. It moves no money.</summary>
sealed class RegisterProbe(Peer peer, Patience patience, Trace trace)
{
    long cents = 1234;

    /// <summary>Of the sale of this case.</summary>
    public int Receipt { get; private set; }

    public Peer Peer => peer;

    public Patience Patience => patience;

    /// <summary>A clean start with a receipt number of its own.</summary>
    public void Prepare(int receipt)
    {
        trace.Restart();
        Receipt = receipt;
        Drain();
    }

    /// <summary>Acknowledges whatever still comes.</summary>
    public void Drain()
    {
        while (peer.Listen(patience.Quiet / 3) is { Sound: not (Sound.Silence or Sound.HungUp) } rest)
        {
            if (rest.Sound == Sound.Block)
            {
                peer.Write(Octets.Ack);
            }
        }
    }

    /// <summary>The order, its block acknowledged and answered with yes.</summary>
    public void Accept()
    {
        Arrive(0x0601);
        peer.Write(Octets.Ack);
        Say(Telegram.Yes);
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
        throw new Finding($"{command >> 8:X2} {command & 0xFF:X2} of the register", "silence");
    }

    /// <summary>04 0F of this sale.</summary>
    /// <param name="time">BCD, HHMMSS.</param>
    public Telegram Status(byte result, string time = "123456")
    {
        var text = result == 0 ? "F0F0F4 50616964" : "F0F0F8 4E6F742070616964";
        return Telegram.Of(0x040F, $"27 {result:X2} 04 {cents:D12} 0B {Receipt:D6} 0C {time} 0D 1121 " +
            $"19 60 29 00000001 87 {Receipt:D4} 8A 61 3C {text}");
    }

    /// <summary>Sends a message; the register must acknowledge its block.</summary>
    public void Say(Telegram telegram)
    {
        peer.Say(telegram);
        MustHear(Sound.Ack, "06 (ACK) within T2");
    }

    /// <summary>Sends a message; the register must acknowledge it and answer yes within T3.</summary>
    public void Tell(Telegram telegram)
    {
        Say(telegram);
        TakeYes();
    }

    public void TakeYes()
    {
        var answer = MustHear(Sound.Block, "80 00 00 within T3");
        Checks.Must(answer.Telegram is { IsPositive: true }, "80 00 00", answer);
        peer.Write(Octets.Ack);
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
        peer.Write(Octets.Ack);
        Say(Telegram.Yes);
        End(result);
    }

    public Heard MustHear(Sound sound, string expected)
    {
        var heard = peer.Listen(sound == Sound.Block ? patience.Answer : patience.Ack);
        Checks.Must(heard.Sound == sound, expected, heard);
        return heard;
    }

    /// <summary>What a register sends before it orders.</summary>
    void Serve(Telegram telegram)
    {
        peer.Write(Octets.Ack);
        if (telegram.IsAnswer)
        {
            return;
        }
        Say(telegram.Command is 0x0600 or 0x0602 or 0x0501 ? Telegram.Yes : Telegram.No(0x83));
        switch (telegram.Command)
        {
            case 0x0600: Tell(Telegram.Of(0x060F, "19 00 29 00000001 49 0978")); break;
            case 0x0501: Tell(Telegram.Of(0x060F, "00")); break;
        }
    }
}
