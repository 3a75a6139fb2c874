using Sandbox.Ecr;

namespace Sandbox.Conform;

/// <summary>
/// One end of the line that does nothing by itself: it says what it is told to and returns what it hears. It serves as
/// till and as terminal.
/// </summary>
sealed class Peer(Wire wire, bool isTcp, Trace trace) : IDisposable
{
    /// <summary>Longer than T1, so that a busy machine is not taken for a broken block.</summary>
    static readonly TimeSpan InsideBlock = TimeSpan.FromSeconds(1);

    readonly LineReader reader = new(wire, isTcp, InsideBlock);
    readonly Queue<Heard> meanwhile = [];
    Heard? unacknowledged;
    TimeSpan acknowledged = TimeSpan.FromDays(-1);

    public bool IsTcp => isTcp;

    /// <summary>The time on the clock of the line, for differences.</summary>
    public TimeSpan Now => wire.Now;

    /// <summary>Silence between an ACK and the next block of the same side, which some tills need.</summary>
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

    /// <summary>Says that the block just heard arrived in one piece; over TCP that is not needed.</summary>
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

    /// <summary>
    /// The newest block, if it was not acknowledged: its sender may wait for that. Returned only once.
    /// </summary>
    public Heard? TakeUnacknowledged()
    {
        var block = unacknowledged;
        unacknowledged = null;
        return block;
    }

    public Heard Listen(TimeSpan limit) => meanwhile.TryDequeue(out var heard) ? heard : Hear(limit);

    Heard Hear(TimeSpan limit)
    {
        var heard = reader.Hear(limit);
        if (heard.Raw.Length > 0)
        {
            trace.Came(heard);
        }
        unacknowledged = heard.Sound == Sound.Block ? heard : unacknowledged;
        return heard;
    }

    public void Dispose() => wire.Dispose();
}
