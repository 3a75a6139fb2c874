using Sandbox.Conform;

namespace Terminal.Tests.Conform;

/// <summary>
/// The block layer of a scripted terminal or register: right unless it is told to be wrong.
/// </summary>
sealed class BlockEnd(Peer peer)
{
    static readonly TimeSpan AckGap = TimeSpan.FromMilliseconds(30);

    readonly Queue<Telegram> waiting = [];
    byte[]? taken;

    public TimeSpan T2 { get; init; } = TimeSpan.FromSeconds(5);

    public bool NaksBroken { get; init; } = true;

    public bool RepeatsOnNak { get; init; } = true;

    public bool RepeatsOnSilence { get; init; } = true;

    public bool KnowsRepeats { get; init; } = true;

    /// <summary>What it makes of what came.</summary>
    public Func<Heard, Heard> Ear { get; init; } = heard => heard;

    public bool IsHungUp { get; private set; }

    /// <summary>The next message, acknowledged; null when none came in time.</summary>
    public Telegram? Take(TimeSpan limit)
    {
        while (waiting.Count == 0)
        {
            var heard = Listen(limit);
            if (heard.Sound is Sound.Silence or Sound.HungUp)
            {
                IsHungUp |= heard.Sound == Sound.HungUp;
                return null;
            }
            Hear(heard);
        }
        return waiting.Dequeue();
    }

    /// <summary>The answer to what was said; commands that come before it are kept for later.</summary>
    public Telegram? TakeAnswer(TimeSpan limit)
    {
        List<Telegram> kept = [];
        Telegram? next;
        while ((next = Take(limit)) is { IsAnswer: false })
        {
            kept.Add(next);
        }
        kept.ForEach(waiting.Enqueue);
        return next;
    }

    /// <summary>False: not acknowledged, however often it was sent.</summary>
    public bool Say(Telegram telegram)
    {
        while (!peer.IsTcp && Listen(AckGap) is { Sound: not (Sound.Silence or Sound.HungUp) } early)
        {
            Hear(early);
        }
        if (peer.IsTcp)
        {
            peer.Say(telegram);
            return true;
        }
        for (var send = 0; send < (RepeatsOnNak ? 3 : 1); send++)
        {
            peer.Say(telegram);
            Heard heard;
            while ((heard = Listen(T2)).Sound is Sound.Block or Sound.Noise or Sound.Broken)
            {
                Hear(heard);
            }
            if (heard.Sound == Sound.Ack)
            {
                taken = null;
                return true;
            }
            if (heard.Sound == Sound.Silence && !RepeatsOnSilence)
            {
                return false;
            }
        }
        return false;
    }

    Heard Listen(TimeSpan limit) => Ear(peer.Listen(limit));

    void Hear(Heard heard)
    {
        if (heard.Sound == Sound.Broken && NaksBroken)
        {
            peer.Write(Octets.Nak);
        }
        if (heard.Telegram is { } telegram)
        {
            peer.Acknowledge();
            if (!KnowsRepeats || taken is null || !taken.AsSpan().SequenceEqual(heard.Apdu))
            {
                waiting.Enqueue(telegram);
            }
            taken = heard.Apdu;
        }
    }
}
