using System.Diagnostics.CodeAnalysis;
using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>The block layer: one block at a time, sent again until the ECR acknowledges it.</summary>
public sealed class Link(EcrTimers timers)
{
    readonly FrameDecoder decoder = new(timers.ByteGap);
    readonly Queue<LinkEvent> events = [];
    Outgoing? outgoing;
    Moment gapUntil;
    byte[]? taken;

    public bool IsBusy => outgoing is not null;

    /// <summary>The first byte of the block in hand has left.</summary>
    public bool HasStarted => outgoing is { Sends: > 0 };

    public Moment WakeAt => Moment.Earliest(decoder.WakeAt, outgoing switch
    {
        null => Moment.Never,
        { IsSent: true } => outgoing.At,
        _ when decoder.InBlock => outgoing.Latest,
        _ => Moment.Earliest(outgoing.At, outgoing.Latest),
    });

    public bool TryTake([MaybeNullWhen(false)] out LinkEvent happened) => events.TryDequeue(out happened);

    /// <summary>When a block would leave at once; never while the ECR sends or a block is in hand.</summary>
    public Moment QuietAt => IsBusy || decoder.InBlock ? Moment.Never : gapUntil;

    /// <param name="by">The first byte leaves by then, whatever the line is doing.</param>
    public void Send(byte[] apdu, Moment by, Moment now)
    {
        outgoing = new(Frame.Encode(apdu), by)
        {
            At = Moment.Latest(now, gapUntil),
            Latest = Moment.Earliest(by, now + timers.BlockAnswer),
        };
        SendIfDue(now);
    }

    /// <summary>Forgets the block in hand: it was answered, or something else matters more.</summary>
    public void Abandon() => outgoing = null;

    /// <summary>The block in hand is not sent again.</summary>
    public void SendNoMore()
    {
        if (outgoing is not null)
        {
            outgoing.MaxSends = Math.Max(outgoing.Sends, 1);
        }
    }

    public void Feed(ReadOnlySpan<byte> bytes, Moment now)
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

    public void TimePassed(Moment now)
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
                events.Enqueue(new LinkEvent.Write([Frame.Nak]));
                Hold(now + timers.ByteGap);
                break;
            case Received.Ack when outgoing is { IsSent: true }:
                (outgoing, taken) = (null, null);
                events.Enqueue(new LinkEvent.Delivered());
                break;
            case Received.Nak when outgoing is { IsSent: true }:
                Retry(now + timers.ByteGap, now);
                break;
        }
    }

    /// <summary>A block comes twice when our ACK was lost: then it is acknowledged and not acted upon again.</summary>
    void TakeBlock(byte[] apdu, Moment now)
    {
        events.Enqueue(new LinkEvent.Write([Frame.Ack]));
        Hold(now + timers.AckGap);
        if (taken is null || !apdu.AsSpan().SequenceEqual(taken))
        {
            taken = apdu;
            events.Enqueue(new LinkEvent.Arrived(apdu));
        }
    }

    /// <summary>Nothing but ACK and NAK leaves before then.</summary>
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
            // Whatever the ECR sends next is new, even if it looks the same: it never heard from us.
            (outgoing, taken) = (null, null);
            events.Enqueue(new LinkEvent.Lost());
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
            events.Enqueue(new LinkEvent.Write(outgoing.Block));
        }
    }

    /// <summary>The block in hand: to be sent at <c>At</c>, or sent and waiting for its ACK until <c>At</c>.</summary>
    sealed class Outgoing(byte[] block, Moment by)
    {
        public byte[] Block => block;
        public int Sends { get; set; }
        public int MaxSends { get; set; } = int.MaxValue;
        public bool IsSent { get; set; }
        public Moment At { get; set; }
        /// <summary>Sent by then even into noise.</summary>
        public Moment Latest { get; set; } = by;
    }
}
