using Terminal.Device;
using Terminal.Payments;

namespace Terminal.Ecr.Blocks;

/// <summary>
/// Bare APDUs, told apart by their length. TCP repeats and orders: what is written counts as delivered, and an ECR that
/// does not answer it is found out by T3. Half a message of which no more comes ends the connection: nothing could be
/// told apart on it any more.
/// </summary>
sealed class TcpLink(EcrTimers timers) : Link
{
    readonly byte[] apdu = Pinned.Of(Frame.MaxApdu);
    Moment restBy = Moment.Never;

    /// <summary>Bytes of the APDU that is coming in, those beyond <see cref="Frame.MaxApdu"/> included.</summary>
    int count;

    public override bool Acknowledges => false;

    public override bool IsBusy => false;

    public override bool HasStarted => false;

    public override Moment WakeAt => restBy;

    public override Moment QuietAt => default;

    int Length => Begun switch
    {
        [_, _, 0xFF, var low, var high, ..] => 5 + (low | high << 8),
        [_, _, not 0xFF and var length, ..] => 3 + length,
        _ => int.MaxValue,
    };

    ReadOnlySpan<byte> Begun => apdu.AsSpan(0, Math.Min(count, apdu.Length));

    public override void Send(byte[] apdu, Moment by, Moment now)
    {
        Happen(new LinkEvent.Write(apdu));
        Happen(new LinkEvent.Delivered());
    }

    public override void Abandon()
    {
    }

    public override void SendNoMore()
    {
    }

    public override void Feed(ReadOnlySpan<byte> bytes, Moment now)
    {
        foreach (var b in bytes)
        {
            // One that is too long arrives cut off, and so as a protocol error.
            if (count < apdu.Length)
            {
                apdu[count] = b;
            }
            count++;
            if (count >= Length)
            {
                Happen(new LinkEvent.Arrived(Pinned.Copy(Begun)));
                Pinned.Wipe(apdu);
                count = 0;
            }
        }
        restBy = count > 0 ? now + timers.Answer : Moment.Never;
    }

    public override void TimePassed(Moment now)
    {
        if (now >= restBy)
        {
            restBy = Moment.Never;
            Happen(new LinkEvent.Stalled());
        }
    }
}
