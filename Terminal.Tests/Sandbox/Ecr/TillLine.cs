using System.Collections.Concurrent;
using System.Diagnostics;
using Terminal.Ecr.Blocks;
using Terminal.Ecr.Messages;
using Terminal.Payments;

namespace Sandbox.Ecr;

/// <summary>
/// The till's end of a line, in real time: blocks with ACK, three sends, and a cable one can pull. Over TCP the APDUs
/// are bare.
/// </summary>
sealed class TillLine : IDisposable
{
    const int Sends = 3;
    static readonly TimeSpan T1 = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan T2 = TimeSpan.FromSeconds(5);

    readonly BlockingCollection<Received> received = new(256);
    readonly Queue<Apdu> early = [];
    readonly ISerialLine line;
    readonly bool isTcp;
    CancellationTokenSource broken = new();

    public TillLine(ISerialLine line, bool isTcp = false)
    {
        (this.line, this.isTcp) = (line, isTcp);
        new Thread(Listen) { IsBackground = true, Name = "till" }.Start();
    }

    /// <summary>Nothing passes in either direction while it is pulled.</summary>
    public bool CablePulled { get; set; }

    /// <summary>Sees every block: true for ours, and its APDU.</summary>
    public Action<bool, byte[]>? Watch { get; set; }

    /// <summary>Sees every byte of the terminal as it comes, on the line's own thread.</summary>
    public Action<byte>? Heard { get; set; }

    /// <summary>Sends one APDU until the terminal acknowledges its block.</summary>
    /// <returns>False: three sends, no ACK.</returns>
    public bool Send(Apdu apdu)
    {
        var bytes = apdu.ToBytes();
        if (isTcp)
        {
            Watch?.Invoke(true, bytes);
            return line.Write(bytes);
        }
        for (var send = 0; send < Sends; send++)
        {
            Write(Frame.Encode(bytes));
            Watch?.Invoke(true, bytes);
            var since = Stopwatch.GetTimestamp();
            while (Take(T2 - Stopwatch.GetElapsedTime(since)) is { } answer)
            {
                switch (answer)
                {
                    case Received.Ack:
                        return true;
                    case Received.Block block when Accept(block) is { } apdu2:
                        early.Enqueue(apdu2);
                        break;
                }
                if (answer is Received.Nak)
                {
                    break;
                }
            }
        }
        return false;
    }

    /// <summary>The next APDU, its block acknowledged; null when none came in time.</summary>
    public Apdu? Receive(TimeSpan limit)
    {
        if (early.TryDequeue(out var waiting))
        {
            return waiting;
        }
        var since = Stopwatch.GetTimestamp();
        while (Take(limit - Stopwatch.GetElapsedTime(since)) is { } next)
        {
            if (next is Received.Block block && Accept(block) is { } apdu)
            {
                return apdu;
            }
            if (next is Received.Broken)
            {
                Write([Frame.Nak]);
            }
        }
        return null;
    }

    /// <summary>The till sees that the terminal is gone: whoever waits for it stops waiting.</summary>
    public void Break() => broken.Cancel();

    /// <summary>After <see cref="Break"/>, with nobody waiting: a new beginning.</summary>
    public void Mend()
    {
        early.Clear();
        while (received.TryTake(out _))
        {
        }
        broken = new();
    }

    /// <summary>Whoever waits for something of this line stops waiting; the queue is still theirs.</summary>
    public void Dispose() => line.Dispose();

    Apdu? Accept(Received.Block block)
    {
        if (CablePulled)
        {
            return null;
        }
        Watch?.Invoke(false, block.Apdu);
        if (!isTcp)
        {
            Write([Frame.Ack]);
        }
        return Apdu.Read(block.Apdu);
    }

    void Write(byte[] bytes)
    {
        if (!CablePulled)
        {
            line.Write(bytes);
        }
    }

    Received? Take(TimeSpan limit)
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
        var decoder = new FrameDecoder(T1);
        var link = new TcpLink(new());
        var buffer = new byte[512];
        while (line.Read(buffer) is > 0 and var count)
        {
            var now = new Moment(Stopwatch.GetElapsedTime(0).Ticks);
            decoder.TimePassed(now);
            var bytes = CablePulled ? [] : buffer.AsSpan(0, count);
            foreach (var b in bytes)
            {
                Heard?.Invoke(b);
            }
            if (isTcp)
            {
                link.Feed(bytes, now);
                while (link.TryTake(out var happened))
                {
                    Keep(happened is LinkEvent.Arrived e ? new Received.Block(e.Apdu) : null);
                }
                continue;
            }
            foreach (var b in bytes)
            {
                Keep(decoder.Push(b, now));
            }
        }
        if (isTcp)
        {
            // Nothing comes any more; nobody needs to wait for it.
            received.CompleteAdding();
        }
    }

    void Keep(Received? next)
    {
        if (next is not null && !received.IsAddingCompleted)
        {
            received.TryAdd(next);
        }
    }
}
