using Terminal.Device;
using Terminal.Payments;

namespace Terminal.Ecr.Blocks;

/// <summary>The block layer: one block at a time, sent again until the ECR acknowledges it.</summary>
sealed class SerialLink(EcrTimers timers) : Link
{
    readonly FrameDecoder decoder = new(timers.ByteGap);
    Outgoing? outgoing;
    Moment gapUntil;
    /// <summary>The likeness of the newest block taken, by which a repetition is recognised.</summary>
    byte[]? taken;

    public override bool Acknowledges => true;

    public override bool IsBusy => outgoing is not null;

    public override bool HasStarted => outgoing is { Sends: > 0 };

    public override Moment WakeAt => Moment.Earliest(decoder.WakeAt, outgoing switch
    {
        null => Moment.Never,
        { IsSent: true } => outgoing.At,
        _ when decoder.InBlock => outgoing.Latest,
        _ => Moment.Earliest(outgoing.At, outgoing.Latest),
    });

    public override Moment QuietAt => IsBusy || decoder.InBlock ? Moment.Never : gapUntil;

    public override void Send(byte[] apdu, Moment by, Moment now)
    {
        outgoing = new(Frame.Encode(apdu), by)
        {
            At = Moment.Latest(now, gapUntil),
            Latest = Moment.Earliest(by, now + timers.BlockAnswer),
        };
        SendIfDue(now);
    }

    public override void Abandon() => outgoing = null;

    public override void SendNoMore()
    {
        if (outgoing is not null)
        {
            outgoing.MaxSends = Math.Max(outgoing.Sends, 1);
        }
    }

    public override void Feed(ReadOnlySpan<byte> bytes, Moment now)
    {
        foreach (var b in bytes)
        {
            Take(decoder.Push(b, now), now);
            if (outgoing is { IsSent: false, Sends: > 0 })
            {
                outgoing.At = Moment.Earliest(now + timers.ByteGap, outgoing.Latest);
            }
        }
        SendIfDue(now);
    }

    public override void TimePassed(Moment now)
    {
        Take(decoder.TimePassed(now), now);
        if (outgoing is { IsSent: true } && now >= outgoing.At)
        {
            Retry(now, now);
        }
        SendIfDue(now);
    }

    void Take(Received? received, Moment now)
    {
        switch (received)
        {
            case Received.Block e:
                TakeBlock(e.Apdu, now);
                break;
            case Received.Broken:
                Happen(new LinkEvent.Write([Frame.Nak]));
                Hold(now + timers.ByteGap);
                break;
            // The ACK also counts after a NAK, before the block has left again: the ECR has the block.
            case Received.Ack when outgoing is { Sends: > 0 }:
                (outgoing, taken) = (null, null);
                Happen(new LinkEvent.Delivered());
                break;
            case Received.Nak when outgoing is { IsSent: true }:
                Retry(now + timers.ByteGap, now);
                break;
        }
    }

    /// <summary>
    /// The ECR sends a block again if our ACK was lost: we acknowledge it again and do not act on it again.
    /// </summary>
    void TakeBlock(byte[] apdu, Moment now)
    {
        Happen(new LinkEvent.Write([Frame.Ack]));
        Hold(now + timers.AckGap);
        var likeness = Pinned.LikenessOf(apdu);
        if (taken is null || !likeness.AsSpan().SequenceEqual(taken))
        {
            taken = likeness;
            Happen(new LinkEvent.Arrived(apdu));
            return;
        }
        Pinned.Wipe(apdu);
    }

    /// <summary>Until then only ACK and NAK leave.</summary>
    void Hold(Moment until)
    {
        gapUntil = until;
        if (outgoing is { IsSent: false })
        {
            outgoing.At = Moment.Latest(outgoing.At, until);
        }
    }

    void Retry(Moment at, Moment now)
    {
        if (outgoing!.Sends >= Math.Min(outgoing.MaxSends, timers.MaxSends))
        {
            // The ECR did not hear us, so its next block is new even if it looks the same.
            (outgoing, taken) = (null, null);
            Happen(new LinkEvent.Lost());
            return;
        }
        outgoing.IsSent = false;
        outgoing.At = at;
        outgoing.Latest = now + timers.BlockAnswer;
    }

    void SendIfDue(Moment now)
    {
        if (outgoing is { IsSent: false } && (now >= outgoing.Latest || (now >= outgoing.At && !decoder.InBlock)))
        {
            outgoing.IsSent = true;
            outgoing.Sends++;
            outgoing.At = now + timers.BlockAnswer;
            Happen(new LinkEvent.Write(outgoing.Block));
        }
    }

    /// <summary>
    /// The block in hand: due to leave at <c>At</c>, or sent and waiting for its ACK until <c>At</c>.
    /// </summary>
    sealed class Outgoing(byte[] block, Moment by)
    {
        public byte[] Block => block;
        public int Sends { get; set; }
        public int MaxSends { get; set; } = int.MaxValue;
        public bool IsSent { get; set; }
        public Moment At { get; set; }
        /// <summary>Sent by then, even while the line is noisy.</summary>
        public Moment Latest { get; set; } = by;
    }
}
