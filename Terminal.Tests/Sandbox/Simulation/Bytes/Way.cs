using Terminal.Ecr.Blocks;
using Terminal.Payments;

namespace Sandbox.Simulation.Bytes;

/// <summary>
/// One direction of the line between till and terminal, at 9600 baud or over TCP. A serial line loses, spoils, repeats
/// and adds bytes; both kinds break after any byte.
/// </summary>
sealed class Way(World world, bool isTcp, Action<byte[]> deliver)
{
    const int Remembered = 32;

    static readonly TimeSpan ByteTime = TimeSpan.FromMilliseconds(1.15);

    readonly Queue<byte[]> sent = [];
    readonly FrameDecoder sender = new(TimeSpan.FromMilliseconds(200));
    readonly FrameDecoder receiver = new(TimeSpan.FromMilliseconds(200));
    long freeAt;

    /// <summary>Nothing comes through any more.</summary>
    public bool IsCut { get; set; }

    /// <summary>Nothing comes through before this, and nobody is told.</summary>
    public long MutedUntil { get; set; }

    Moment Now => new(world.Now);

    public void Send(byte[] bytes)
    {
        world.Digest.Add(world.Now, bytes);
        if (IsCut)
        {
            return;
        }
        if (isTcp)
        {
            Carry(bytes, cut: world.Troubles(Fault.LineCut));
            return;
        }
        Remember(bytes);
        bytes = world.Troubles(Fault.WriteLost) ? [] : world.Troubles(Fault.ByteSpoiled) ? Spoil(bytes) : bytes;
        if (bytes.Length > 0)
        {
            Carry(bytes, cut: world.Troubles(Fault.LineCut));
        }
    }

    void Carry(byte[] bytes, bool cut)
    {
        var until = cut ? world.Dice.Below(bytes.Length) : bytes.Length;
        var when = Math.Max(freeAt, world.Now);
        for (var from = 0; from < until;)
        {
            var splits = world.Dice.Chance(0.05);
            var piece = bytes[from..(splits ? from + 1 + world.Dice.Below(until - from) : until)];
            from += piece.Length;
            when += isTcp ? 1000 : piece.Length * ByteTime.Ticks;
            when += splits ? world.Dice.Seconds(0, 0.1).Ticks : 0;
            At(when, () => Arrive(piece));
        }
        freeAt = when;
        if (cut)
        {
            At(when, world.Till.LoseLine);
        }
    }

    void At(long when, Action action) => world.Agenda.After(new(when - world.Now), () =>
    {
        if (!IsCut)
        {
            action();
        }
    });

    void Arrive(byte[] piece)
    {
        if (world.Now >= MutedUntil && (isTcp || IsHonest(piece)))
        {
            deliver(piece);
        }
    }

    byte[] Spoil(byte[] bytes)
    {
        var at = world.Dice.Below(bytes.Length);
        byte other = (byte)(world.Dice.Next() >> 56);
        return world.Dice.Below(4) switch
        {
            0 => [.. bytes[..at], (byte)(bytes[at] ^ (other | 1)), .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], .. bytes[(at + 1)..]],
            2 => [.. bytes[..(at + 1)], bytes[at], .. bytes[(at + 1)..]],
            _ => [other, .. bytes],
        };
    }

    void Remember(byte[] bytes)
    {
        foreach (var b in bytes)
        {
            if (sender.Push(b, Now) is Received.Block block)
            {
                sent.Enqueue(block.Apdu);
            }
        }
        if (sent.Count > Remembered)
        {
            sent.Dequeue();
        }
    }

    /// <summary>
    /// One damage of 65,536 leaves a CRC that fits, and no terminal can tell: such luck is left out of this world.
    /// </summary>
    bool IsHonest(byte[] piece)
    {
        receiver.TimePassed(Now);
        foreach (var b in piece)
        {
            if (receiver.Push(b, Now) is Received.Block block && !sent.Any(s => s.AsSpan().SequenceEqual(block.Apdu)))
            {
                return false;
            }
        }
        return true;
    }
}
