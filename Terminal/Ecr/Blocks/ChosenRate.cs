using Terminal.Device;
using Terminal.Payments;

namespace Terminal.Ecr.Blocks;

/// <summary>
/// Watches a line whose rate the ECR changed (08 40) and says when to go back to the first rate. An ECR that restarted
/// speaks at the first rate again, and a serial port notices neither a restart nor a failed change.
/// </summary>
sealed class ChosenRate(EcrTimers timers, Moment since)
{
    /// <summary>
    /// A block is sent three times. Three unreadable bursts mean that the ECR speaks at another rate.
    /// </summary>
    const int MostBursts = 3;

    readonly FrameDecoder decoder = new(timers.ByteGap);
    Moment lastByte = since;
    Moment provenBy = since + timers.NewRate;
    int bursts;
    bool isCounted;

    /// <summary>When <see cref="IsLost"/> may have become true.</summary>
    public Moment WakeAt => Moment.Earliest(provenBy, bursts >= MostBursts ? lastByte + timers.ByteGap : Moment.Never);

    public bool IsLost(Moment now) => now >= WakeAt;

    public void Feed(ReadOnlySpan<byte> bytes, Moment now)
    {
        var pause = now - lastByte;
        isCounted &= pause < timers.ByteGap;
        if (pause >= timers.NewRate)
        {
            bursts = 0;
        }
        lastByte = now;
        _ = decoder.TimePassed(now);
        foreach (var b in bytes)
        {
            var received = decoder.Push(b, now);
            if (received is Received.Block block)
            {
                Pinned.Wipe(block.Apdu);
                (bursts, isCounted, provenBy) = (0, true, Moment.Never);
            }
            // Only a good block proves the rate: an ECR may acknowledge without ever answering.
            else if (received is not (Received.Ack or Received.Nak) && !isCounted)
            {
                (bursts, isCounted) = (bursts + 1, true);
            }
        }
    }
}
