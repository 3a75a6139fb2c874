using System.Collections.Concurrent;
using System.Diagnostics;
using Terminal.Device;

namespace Sandbox.Ecr;

/// <summary>
/// The till's end of a line, in real time: blocks with ACK, three sends, and a cable that can be pulled. Over TCP,
/// messages are bare. Two threads may use it: one waits for the end of a command that the other aborts.
/// </summary>
sealed class TillLine : IDisposable
{
    const int Sends = 3;
    static readonly TimeSpan T1 = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan T2 = TimeSpan.FromSeconds(5);

    readonly BlockingCollection<Heard> received = new(256);
    readonly Queue<Telegram> early = [];
    readonly LineWire wire;
    readonly bool isTcp;
    CancellationTokenSource broken = new();

    public TillLine(ISerialLine line, bool isTcp = false)
    {
        wire = new(line, Passes);
        this.isTcp = isTcp;
        new Thread(Listen) { IsBackground = true, Name = "till" }.Start();
    }

    /// <summary>While the cable is pulled, nothing passes in either direction.</summary>
    public bool CablePulled { get; set; }

    /// <summary>Sees every message; the flag is true for ours.</summary>
    public Action<bool, byte[]>? Watch { get; set; }

    /// <summary>Sees every byte of the terminal as it comes, on the line's own thread.</summary>
    public Action<byte>? Heard { get; set; }

    /// <summary>Sends one message until the terminal acknowledges its block.</summary>
    /// <returns>False if three sends got no ACK.</returns>
    public bool Send(Telegram telegram)
    {
        var bytes = telegram.ToBytes();
        if (isTcp)
        {
            Watch?.Invoke(true, bytes);
            return wire.Write(bytes);
        }
        for (var send = 0; send < Sends; send++)
        {
            Write(Octets.Block(bytes));
            Watch?.Invoke(true, bytes);
            var since = Stopwatch.GetTimestamp();
            while (Take(T2 - Stopwatch.GetElapsedTime(since)) is { Sound: not Sound.Nak } heard)
            {
                if (heard.Sound == Sound.Ack)
                {
                    return true;
                }
                if (Accept(heard) is { } message)
                {
                    early.Enqueue(message);
                }
            }
        }
        return false;
    }

    /// <summary>The next message, whose block is acknowledged; null if none came in time.</summary>
    public Telegram? Receive(TimeSpan limit)
    {
        if (early.TryDequeue(out var waiting))
        {
            return waiting;
        }
        var since = Stopwatch.GetTimestamp();
        while (Take(limit - Stopwatch.GetElapsedTime(since)) is { } heard)
        {
            if (Accept(heard) is { } message)
            {
                return message;
            }
            if (heard.Sound == Sound.Broken)
            {
                Write(Octets.Nak);
            }
        }
        return null;
    }

    /// <summary>The till sees that the terminal is gone: all waiting on this line stops.</summary>
    public void Break() => broken.Cancel();

    /// <summary>Begins anew after <see cref="Break"/>, when nobody waits.</summary>
    public void Mend()
    {
        early.Clear();
        while (received.TryTake(out _))
        {
        }
        broken = new();
    }

    /// <summary>All waiting on this line stops; messages already in the queue can still be taken.</summary>
    public void Dispose() => wire.Dispose();

    bool Passes(byte b)
    {
        if (!CablePulled)
        {
            Heard?.Invoke(b);
        }
        return !CablePulled;
    }

    Telegram? Accept(Heard heard)
    {
        if (CablePulled || heard.Telegram is not { } message)
        {
            return null;
        }
        Watch?.Invoke(false, heard.Apdu);
        if (!isTcp)
        {
            Write(Octets.Ack);
        }
        return message;
    }

    void Write(params ReadOnlySpan<byte> bytes)
    {
        if (!CablePulled)
        {
            wire.Write(bytes);
        }
    }

    Heard? Take(TimeSpan limit)
    {
        try
        {
            var milliseconds = (int)Math.Ceiling(limit.TotalMilliseconds);
            return limit > TimeSpan.Zero && received.TryTake(out var next, milliseconds, broken.Token) ? next : null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    void Listen()
    {
        var reader = new LineReader(wire, isTcp, T1);
        while (reader.Hear(Timeout.InfiniteTimeSpan) is { Sound: not Sound.HungUp } heard)
        {
            received.TryAdd(heard);
        }
        if (isTcp)
        {
            // Nothing comes any more, so waiting ends at once.
            received.CompleteAdding();
        }
    }
}
