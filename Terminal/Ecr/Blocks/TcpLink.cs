using Terminal.Device;
using Terminal.Payments;

namespace Terminal.Ecr.Blocks;

/// <summary>
/// Bare APDUs, separated by their lengths. TCP repeats and orders, so what is written counts as delivered, and T3 finds
/// out an ECR that does not answer. If the rest of a message does not come, the connection ends: nothing that followed
/// could be separated any more.
/// </summary>
sealed class TcpLink(EcrTimers timers) : Link
{
    readonly byte[] apdu = Pinned.Of(Frame.MaxApdu);
    Moment restBy = Moment.Never;

    /// <summary>Bytes of the incoming APDU, including those beyond <see cref="Frame.MaxApdu"/>.</summary>
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
            // An APDU that is too long arrives cut off, and is then answered as a protocol error.
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
