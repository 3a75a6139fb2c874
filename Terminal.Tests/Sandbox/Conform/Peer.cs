namespace Sandbox.Conform;

/// <summary>
/// One end of the line that does nothing by itself: it says what it is told to and tells what it hears. Serves as till
/// and as terminal.
/// </summary>
sealed class Peer(Wire wire, bool isTcp, Trace trace) : IDisposable
{
    /// <summary>Longer than T1, so that a busy machine is not taken for a broken block.</summary>
    static readonly TimeSpan InsideBlock = TimeSpan.FromSeconds(1);

    readonly Queue<Heard> meanwhile = [];
    Heard? unacknowledged;
    TimeSpan acknowledged = TimeSpan.FromDays(-1);

    public bool IsTcp => isTcp;

    /// <summary>On the clock of the line, for differences.</summary>
    public TimeSpan Now => wire.Now;

    /// <summary>Silence between an ACK and the next block of the same side: some tills need it.</summary>
    public TimeSpan PauseAfterAck { get; init; }

    public void Say(Telegram telegram)
    {
        while (acknowledged + PauseAfterAck - Now is { Ticks: > 0 } left)
        {
            if (Hear(left) is { Sound: not Sound.Silence } heard)
            {
                meanwhile.Enqueue(heard);
                if (heard.Sound == Sound.HungUp)
                {
                    break;
                }
            }
        }
        Write(isTcp ? telegram.ToBytes() : Octets.Block(telegram.ToBytes()));
    }

    /// <summary>The block just heard arrived in one piece; over TCP nothing needs to be said.</summary>
    public void Acknowledge()
    {
        unacknowledged = null;
        if (!isTcp)
        {
            Write(Octets.Ack);
            acknowledged = Now;
        }
    }

    public void Write(params ReadOnlySpan<byte> raw)
    {
        trace.Sent(raw);
        wire.Write(raw);
    }

    /// <summary>The newest block, if nobody acknowledged it: whoever sent it may wait for that. Told once.</summary>
    public Heard? TakeUnacknowledged()
    {
        var block = unacknowledged;
        unacknowledged = null;
        return block;
    }

    public Heard Listen(TimeSpan limit) => meanwhile.TryDequeue(out var heard) ? heard : Hear(limit);

    Heard Hear(TimeSpan limit)
    {
        if (wire.Read(limit) is not { } first)
        {
            return new(wire.IsHungUp ? Sound.HungUp : Sound.Silence, [], [], default);
        }
        List<byte> raw = [first.Value];
        var (sound, apdu) = isTcp ? ReadApdu(raw) : first.Value switch
        {
            Octets.Ack => (Sound.Ack, []),
            Octets.Nak => (Sound.Nak, []),
            Octets.Dle when Next(raw) == Octets.Stx => ReadBlock(raw),
            _ => (Sound.Noise, []),
        };
        var heard = new Heard(sound, [.. raw], [.. apdu], first.At);
        trace.Came(heard);
        unacknowledged = sound == Sound.Block ? heard : unacknowledged;
        return heard;
    }

    public void Dispose() => wire.Dispose();

    (Sound, List<byte>) ReadBlock(List<byte> raw)
    {
        List<byte> apdu = [];
        while (Next(raw) is { } b)
        {
            if (b == Octets.Dle)
            {
                switch (Next(raw))
                {
                    case Octets.Dle: break;
                    case Octets.Etx: return (IsRight(apdu, Next(raw), Next(raw)) ? Sound.Block : Sound.Broken, apdu);
                    default: return (Sound.Broken, apdu);
                }
            }
            apdu.Add(b);
        }
        return (Sound.Broken, apdu);
    }

    (Sound, List<byte>) ReadApdu(List<byte> raw)
    {
        var left = -1;
        while (left != 0)
        {
            if (Next(raw) is null)
            {
                return (Sound.Broken, raw);
            }
            left = raw switch
            {
                [_, _, 0xFF, var low, var high, ..] => 5 + (low | high << 8) - raw.Count,
                [_, _, not 0xFF and var length, ..] => 3 + length - raw.Count,
                _ => -1,
            };
        }
        return (Sound.Block, raw);
    }

    byte? Next(List<byte> raw)
    {
        if (wire.Read(InsideBlock) is not { Value: var b })
        {
            return null;
        }
        raw.Add(b);
        return b;
    }

    static bool IsRight(List<byte> apdu, byte? low, byte? high) =>
        low is { } l && high is { } h && Octets.Crc(apdu.ToArray()) == (l | h << 8);
}
