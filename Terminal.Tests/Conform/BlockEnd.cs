using Sandbox.Conform;
using Sandbox.Ecr;

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

    /// <summary>Anything else in the place of an ACK, and the message is given up.</summary>
    public bool TakesOnlyAck { get; init; }

    public bool IgnoresNak { get; init; }

    /// <summary>What came until an end of a block is one block to it, and then a broken one.</summary>
    public bool TakesTogetherForOne { get; init; }

    /// <summary>A block that is not right is the end of what it waits for.</summary>
    public bool EndsAtBrokenBlock { get; init; }

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
            if (EndsAtBrokenBlock && heard.Sound is (Sound.Broken or Sound.Noise))
            {
                return null;
            }
        }
        return waiting.Dequeue();
    }

    /// <summary>Throws away, unacknowledged, what came and what comes for so long.</summary>
    public void Reopen(TimeSpan after)
    {
        taken = null;
        waiting.Clear();
        var until = peer.Now + after;
        while (until - peer.Now is { Ticks: > 0 } left && peer.Listen(left).Sound != Sound.HungUp)
        {
        }
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
            while ((heard = Listen(T2)).Sound is not (Sound.Ack or Sound.Silence or Sound.HungUp) && !TakesOnlyAck &&
                (heard.Sound != Sound.Nak || IgnoresNak))
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

    Heard Listen(TimeSpan limit)
    {
        var heard = Ear(peer.Listen(limit));
        while (TakesTogetherForOne && !peer.IsTcp && heard.Sound is (Sound.Block or Sound.Noise or Sound.Broken))
        {
            var isWhole = heard.Raw is [.., Octets.Dle, Octets.Etx, _, _];
            var more = peer.Listen(isWhole ? TimeSpan.Zero : limit);
            if (more.Raw.Length == 0)
            {
                return isWhole ? heard : more;
            }
            heard = new(Sound.Broken, [.. heard.Raw, .. more.Raw], [], heard.Began);
        }
        return heard;
    }

    void Hear(Heard heard)
    {
        if ((heard.Sound == Sound.Broken && NaksBroken) || (heard.Sound == Sound.Noise && EndsAtBrokenBlock))
        {
            peer.Write(Octets.Nak);
        }
        if (heard.Telegram is { } telegram)
        {
            peer.Acknowledge();
            if (!KnowsRepeats || peer.IsTcp || taken is null || !taken.AsSpan().SequenceEqual(heard.Apdu))
            {
                waiting.Enqueue(telegram);
            }
            taken = heard.Apdu;
        }
    }
}
