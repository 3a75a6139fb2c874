using System.Collections.Concurrent;
using System.Security.Cryptography;
using Terminal.Journal;
using Terminal.Payments;

namespace Terminal.Backend;

/// <summary>
/// Brings the journal to the head office (M8) on a thread of its own, so the checkout never waits for it. There is one
/// connection at a time and one reader of all its events. A journal that cannot be read ends the sync with a <see
/// cref="JournalFailedException"/>.
/// </summary>
/// <param name="open">Makes the next connection, which reports its events to the given receiver.</param>
sealed class JournalSync(
    SyncIdentity identity, IJournal journal, Func<Action<BackendEvent>, IBackend> open, Clock clock)
{
    // Limit of the messages that one step sends before it looks at the inbox again.
    const int MostBatches = 64;

    // Further received messages are dropped, because acknowledgements are cumulative. The window bounds all other
    // events.
    const int MostWaiting = 256;

    // The token of all messages that are not batches; the outbox counts from 1.
    const int NoBatch = 0;

    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    readonly SyncPolicy policy = identity.Policy;
    readonly Topics topics = new(identity.TerminalId);
    readonly Reconnect reconnect = new(identity.Policy);
    readonly Outbox outbox = new(
        identity.Policy, journal.Epoch, Math.Min(journal.Acknowledged, journal.Last?.Sequence ?? 0));
    readonly ConcurrentQueue<(int Connection, BackendEvent Event)> inbox = [];

    volatile TaskCompletionSource wake = new();
    IBackend? link;
    int connection;
    Birth birth = new("", identity.Boot, identity.Software);
    BackendEvent.Opened limits = new(0, 0);
    Headline told;
    bool ready;
    Moment readyBy;
    Moment openAt;
    Moment keepCursorAt;
    long acknowledged = journal.Acknowledged;
    Trouble trouble;
    string detail = "";
    volatile SyncStatus status = new(
        false, Math.Max(0, (journal.Last?.Sequence ?? 0) - journal.Acknowledged), Trouble.None, "");

    /// <summary>The newest state; may be read on any thread.</summary>
    public SyncStatus Status => status;

    /// <summary>The newest entry that the head office has acknowledged; may be read on any thread.</summary>
    public long Acknowledged => Interlocked.Read(ref acknowledged);

    /// <summary>Called on the sync's thread whenever <see cref="Status"/> changes.</summary>
    public Action<SyncStatus> Report { get; init; } = _ => { };

    /// <summary>
    /// Called at each step on the sync's thread; the retained status shows its result. Set before the sync runs.
    /// </summary>
    public Func<Headline> Headline { get; set; } = () => default;

    /// <summary>Fills a span with random bytes, for the names of connections and the pauses between them.</summary>
    public Action<Span<byte>> Random { get; init; } = RandomNumberGenerator.Fill;

    /// <summary>Entries were appended. May be called on any thread; never waits.</summary>
    public void Nudge() => wake.TrySetResult();

    /// <summary>Runs until stopped; then saves the cursor and ends the connection.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                // Set before the step, so that an event during the step ends the wait. We never continue on a driver's
                // thread.
                wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
                var wait = TimeSpan.FromTicks(Math.Clamp((Step() - clock.Now).Ticks, 0, LongestWait.Ticks));
                await wake.Task.WaitAsync(wait, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            link?.Dispose();
        }
        journal.Acknowledge(outbox.Acknowledged);
    }

    /// <summary>
    /// Handles what has happened and does what is due; waits only for the journal. Returns when to step again.
    /// </summary>
    public Moment Step()
    {
        var now = clock.Now;
        while (inbox.TryDequeue(out var arrival))
        {
            if (arrival.Connection == connection && link is not null)
            {
                Take(arrival.Event, now);
            }
        }
        if (link is null && now >= openAt)
        {
            Open(now);
        }
        if (link is not null && !ready && now >= readyBy)
        {
            End(Trouble.Unreachable, "no answer to the connection");
        }
        if (ready && Headline() != told)
        {
            PublishStatus();
        }
        var newest = journal.Last?.Sequence ?? 0;
        var next = ready ? Drain(newest, now) : link is null ? openAt : readyBy;
        var keep = KeepCursor(now);
        Interlocked.Exchange(ref acknowledged, outbox.Acknowledged);
        Tell(new(ready, newest - outbox.Acknowledged, ready ? outbox.Trouble : trouble, detail));
        return Moment.Earliest(next, keep);
    }

    void Open(Moment now)
    {
        var number = ++connection;
        birth = birth with { Connection = Convert.ToHexStringLower(Draw()) };
        readyBy = now + policy.OpenLimit;
        link = open(happened => Put(number, happened));
        link.Open(new(topics.Status, birth.Offline()));
    }

    /// <summary>Called on the connections' threads: queues the event and returns.</summary>
    void Put(int number, BackendEvent happened)
    {
        if (happened is BackendEvent.Received && inbox.Count >= MostWaiting)
        {
            return;
        }
        inbox.Enqueue((number, happened));
        Nudge();
    }

    void Take(BackendEvent happened, Moment now)
    {
        switch (happened)
        {
            case BackendEvent.Opened o:
                limits = o;
                link!.Subscribe(topics.Ack);
                break;
            case BackendEvent.Subscribed { Code: < ReasonCode.Refused }:
                Ready(now);
                break;
            case BackendEvent.Subscribed { Code: var code }:
                End(ReasonCode.OfMessage(code), $"may not read {topics.Ack}: 0x{code:X2}");
                break;
            case BackendEvent.Published { Token: NoBatch, Code: var code }:
                if (code >= ReasonCode.Refused)
                {
                    End(ReasonCode.OfMessage(code), $"may not write {topics.Hello} or {topics.Status}: 0x{code:X2}");
                }
                break;
            case BackendEvent.Published p:
                outbox.Published(p.Token, p.Code, now);
                break;
            case BackendEvent.Received { Topic: var topic, Payload: var payload } when topic == topics.Ack:
                Hear(payload, now);
                break;
            case BackendEvent.Ended e:
                End(ReasonCode.OfConnection(e.Code), e.Why);
                break;
            default:
                break;
        }
    }

    /// <summary>Subscribes first, so that we hear the acknowledgement that answers the hello.</summary>
    void Ready(Moment now)
    {
        ready = true;
        detail = "";
        reconnect.Opened(now);
        outbox.Connected(limits.ReceiveMaximum, now);
        var hello = new Hello(journal.Epoch, journal.Last?.Sequence ?? 0, outbox.Acknowledged);
        PublishStatus();
        link!.Publish(NoBatch, new(topics.Hello, hello.Write(birth)));
    }

    void PublishStatus()
    {
        told = Headline();
        link!.Publish(NoBatch, new(topics.Status, birth.Online(told), Retain: true));
    }

    void Hear(byte[] payload, Moment now)
    {
        if (Ack.Parse(payload) is { } ack)
        {
            outbox.Heard(ack, HashOf(ack.Upto), now);
        }
    }

    /// <summary>The hash of this entry; empty if there is no such entry.</summary>
    ReadOnlySpan<byte> HashOf(long sequence) =>
        journal.Anchor is var anchor && sequence == anchor.Sequence ? anchor.Hash :
        journal.Read(sequence, 1) is [var entry] && entry.Sequence == sequence ? entry.Hash :
        [];

    Moment Drain(long newest, Moment now)
    {
        for (var i = 0; i < MostBatches; i++)
        {
            switch (outbox.Next(newest, now))
            {
                case OutboxStep.Publish(var from, var most) when Send(from, most, now):
                    break;
                case OutboxStep.Publish(var from, _):
                    End(Trouble.PacketLimit, $"entry {from} does not fit into {limits.MaximumPacket} bytes");
                    return openAt;
                case OutboxStep.Drop(var why):
                    End(why, "no answer to a message");
                    return openAt;
                case OutboxStep.Wait(var until):
                    return until;
                default:
                    break;
            }
        }
        return now;
    }

    /// <summary>False if a message has no room for even one entry.</summary>
    bool Send(long from, int most, Moment now)
    {
        var entries = journal.Read(from, most);
        var room = Math.Min(policy.BatchBytes, limits.MaximumPacket - policy.PacketReserve);
        if (Batch.Fit(entries, room) is not (> 0 and var fit))
        {
            return false;
        }
        var batch = entries.Take(fit).ToArray();
        var previous = HashOf(batch[0].Sequence - 1).ToArray();
        var token = outbox.Sent(from, batch[^1].Sequence, now);
        link!.Publish(token, new(topics.Journal, Batch.Write(identity.TerminalId, journal.Epoch, batch, previous)));
        return true;
    }

    void End(Trouble why, string text)
    {
        link!.Dispose();
        link = null;
        ready = false;
        outbox.Disconnected();
        detail = text;
        (trouble, openAt) = reconnect.Ended(why, BitConverter.ToUInt32(Draw()) / (uint.MaxValue + 1.0), clock.Now);
    }

    byte[] Draw()
    {
        var bytes = new byte[8];
        Random(bytes);
        return bytes;
    }

    /// <summary>Saves the cursor rarely, because every save is a write to the card.</summary>
    Moment KeepCursor(Moment now)
    {
        if (outbox.Acknowledged <= journal.Acknowledged)
        {
            return Moment.Never;
        }
        if (now >= keepCursorAt)
        {
            journal.Acknowledge(outbox.Acknowledged);
            keepCursorAt = now + policy.KeepCursor;
            return Moment.Never;
        }
        return keepCursorAt;
    }

    void Tell(SyncStatus current)
    {
        if (current != status)
        {
            status = current;
            Report(current);
        }
    }
}
