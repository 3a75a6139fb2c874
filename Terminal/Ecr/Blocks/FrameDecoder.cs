using Terminal.Device;
using Terminal.Payments;

namespace Terminal.Ecr.Blocks;

/// <summary>Finds blocks, ACK and NAK in a byte stream, however it is split, and skips noise between blocks.</summary>
/// <param name="gap">T1: the longest pause inside a block.</param>
sealed class FrameDecoder(TimeSpan gap)
{
    readonly byte[] apdu = Pinned.Of(Frame.MaxApdu);
    int count;
    Place place = Place.Hunting;
    Moment lastByte;
    byte crcLow;

    /// <summary>When <see cref="TimePassed"/> may end a block.</summary>
    public Moment WakeAt => InBlock ? lastByte + gap : Moment.Never;

    /// <summary>The ECR is in the middle of a block.</summary>
    public bool InBlock => place is not (Place.Hunting or Place.HuntingDle);

    public Received? Push(byte b, Moment now)
    {
        lastByte = now;
        (place, var received) = Next(b);
        return received;
    }

    /// <summary>Ends a block whose bytes stopped coming.</summary>
    public Received? TimePassed(Moment now)
    {
        if (!InBlock || now < WakeAt)
        {
            return null;
        }
        place = Place.Hunting;
        Forget();
        return new Received.Broken();
    }

    (Place, Received?) Next(byte b) => (place, b) switch
    {
        (Place.Hunting, Frame.Ack) => (Place.Hunting, new Received.Ack()),
        (Place.Hunting, Frame.Nak) => (Place.Hunting, new Received.Nak()),
        (Place.Hunting, Frame.Dle) or (Place.HuntingDle, Frame.Dle) => (Place.HuntingDle, null),
        (Place.HuntingDle, Frame.Ack) => (Place.Hunting, new Received.Ack()),
        (Place.HuntingDle, Frame.Nak) => (Place.Hunting, new Received.Nak()),
        // Also in the middle of a block: data never holds a single DLE, so the ECR has started a new block.
        (Place.HuntingDle or Place.DataDle or Place.SkippingDle, Frame.Stx) => Begin(),
        (Place.Hunting or Place.HuntingDle, _) => (Place.Hunting, null),

        (Place.Data, Frame.Dle) => (Place.DataDle, null),
        (Place.Data, _) or (Place.DataDle, Frame.Dle) => Keep(b),
        (Place.DataDle, Frame.Etx) => (Place.CrcLow, null),
        (Place.CrcLow, _) => KeepCrcLow(b),
        (Place.CrcHigh, _) => (Place.Hunting, Check(b)),

        // An ACK within the rest of a spoiled block means nothing: skip until the line is quiet.
        (Place.Skipping, Frame.Dle) or (Place.SkippingDle, Frame.Dle) => (Place.SkippingDle, null),
        _ => (Place.Skipping, null),
    };

    (Place, Received?) Begin()
    {
        Forget();
        return (Place.Data, null);
    }

    (Place, Received?) Keep(byte b)
    {
        if (count == Frame.MaxApdu)
        {
            Forget();
            return (Place.Skipping, null);
        }
        apdu[count++] = b;
        return (Place.Data, null);
    }

    (Place, Received?) KeepCrcLow(byte b)
    {
        crcLow = b;
        return (Place.CrcHigh, null);
    }

    Received Check(byte crcHigh)
    {
        var block = apdu.AsSpan(0, count);
        Received received = Crc16.OfBlock(block) == (crcLow | crcHigh << 8)
            ? new Received.Block(Pinned.Copy(block))
            : new Received.Broken();
        Forget();
        return received;
    }

    /// <summary>Wipes the bytes of the block, which may hold a payment code.</summary>
    void Forget()
    {
        Pinned.Wipe(apdu.AsSpan(0, count));
        count = 0;
    }

    enum Place
    {
        Hunting,
        HuntingDle,
        Data,
        DataDle,
        CrcLow,
        CrcHigh,
        Skipping,
        SkippingDle,
    }
}
