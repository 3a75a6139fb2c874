using Terminal.Payments;

namespace Terminal.Backend;

/// <summary>
/// Which entries go out when. Pure: told what happened and the time, it answers what to do next. Entries leave in order
/// and none is ever dropped: only an acknowledgement of the head office, proved by the hash of our own entry, moves
/// past them. What the broker says controls the pace alone.
/// </summary>
sealed class Outbox(SyncPolicy policy, string epoch, long acknowledged)
{
    // In the order of sending; at most the window.
    readonly List<Sending> sending = [];

    // What the head office asked for again; at most Ack.MostRanges.
    readonly List<EntryRange> needed = [];

    bool connected;
    int window;
    int tokens;
    long next = acknowledged + 1;
    long highest = acknowledged;
    int rewinds;
    int pauses;
    Moment pausedUntil;
    Moment progressAt;
    Moment needAgainAt;
    Sending? timed;
    TimeSpan roundTrip;

    /// <summary>The head office has committed everything up to here.</summary>
    public long Acknowledged { get; private set; } = acknowledged;

    /// <summary>What holds the entries up while connected.</summary>
    public Trouble Trouble { get; private set; }

    /// <summary>The longest that an acknowledgement may take before we doubt it.</summary>
    TimeSpan Patience => TimeSpan.FromTicks(Math.Max(policy.Rewind.Ticks, 4 * roundTrip.Ticks));

    Moment RewindAt => sending.Count == 0 && next - 1 > Acknowledged
        ? progressAt + Longer(Patience, rewinds)
        : Moment.Never;

    /// <param name="receiveMaximum">Of the broker.</param>
    public void Connected(int receiveMaximum, Moment now)
    {
        Disconnected();
        connected = true;
        window = Math.Clamp(receiveMaximum, 1, policy.Window);
        pausedUntil = needAgainAt = progressAt = now;
        pauses = rewinds = 0;
        Trouble = Trouble.None;
    }

    /// <summary>Whatever was not acknowledged counts as not sent.</summary>
    public void Disconnected()
    {
        connected = false;
        sending.Clear();
        Rewind();
    }

    /// <param name="newest">Newest entry of the journal.</param>
    public OutboxStep Next(long newest, Moment now)
    {
        if (!connected)
        {
            return new OutboxStep.Wait(Moment.Never);
        }
        var answerBy = sending is [var oldest, ..] ? oldest.At + policy.PublishLimit : Moment.Never;
        if (now >= answerBy)
        {
            return new OutboxStep.Drop(Trouble.Unreachable);
        }
        if (now < pausedUntil)
        {
            return new OutboxStep.Wait(Moment.Earliest(pausedUntil, answerBy));
        }
        if (now >= RewindAt)
        {
            Trouble = Trouble == Trouble.None ? Trouble.Silent : Trouble;
            progressAt = now;
            rewinds++;
            Rewind();
        }
        return Due(newest) ?? (OutboxStep)new OutboxStep.Wait(Moment.Earliest(RewindAt, answerBy));
    }

    /// <summary>These left for the broker, as <see cref="Next"/> asked. The token comes back with its answer.</summary>
    public int Sent(long from, long to, Moment now)
    {
        var batch = new Sending(++tokens, to, now);
        sending.Add(batch);
        if (from < next)
        {
            Serve(to);
            return batch.Token;
        }
        if (next - 1 == Acknowledged)
        {
            progressAt = now;
        }
        if (from > highest)
        {
            // A repeated one would not tell which of the two was acknowledged.
            timed ??= batch;
            highest = to;
        }
        next = to + 1;
        return batch.Token;
    }

    /// <summary>The broker's answer to a message.</summary>
    public void Published(int token, int code, Moment now)
    {
        var index = sending.FindIndex(s => s.Token == token);
        if (index < 0)
        {
            return;
        }
        sending.RemoveAt(index);
        var trouble = ReasonCode.OfMessage(code);
        if (trouble == Trouble.None)
        {
            pauses = 0;
            Trouble = Trouble is Trouble.Silent or Trouble.ForeignJournal ? Trouble : Trouble.None;
            return;
        }
        Trouble = trouble;
        if (code >= ReasonCode.Refused)
        {
            Rewind();
        }
        if (now >= pausedUntil)
        {
            pausedUntil = now + (trouble is Trouble.Denied or Trouble.PacketLimit
                ? policy.FaultRetry
                : Longer(policy.FirstRetry, pauses++));
        }
    }

    /// <summary>An acknowledgement arrived. True if it moved <see cref="Acknowledged"/>.</summary>
    /// <param name="ours">Hash of our entry with its number; empty if we have none.</param>
    public bool Heard(Ack ack, ReadOnlySpan<byte> ours, Moment now)
    {
        if (ack.Epoch != epoch)
        {
            return false;
        }
        if (!ours.SequenceEqual(ack.Hash))
        {
            Trouble = Trouble.ForeignJournal;
            return false;
        }
        Trouble = Trouble == Trouble.ForeignJournal ? Trouble.None : Trouble;
        var moved = ack.Upto > Acknowledged;
        if (moved)
        {
            Move(ack.Upto, now);
        }
        Need(ack.Need, now);
        return moved;
    }

    OutboxStep.Publish? Due(long newest)
    {
        if (sending.Count >= window)
        {
            return null;
        }
        if (needed is [var range, ..])
        {
            return new(range.From, (int)Math.Min(policy.BatchEntries, range.To - range.From + 1));
        }
        var room = policy.UnacknowledgedEntries - (next - 1 - Acknowledged);
        var most = Math.Min(Math.Min(policy.BatchEntries, room), newest - next + 1);
        return most > 0 ? new(next, (int)most) : null;
    }

    void Move(long upto, Moment now)
    {
        if (timed is { } batch && upto >= batch.To)
        {
            var sample = now - batch.At;
            roundTrip = roundTrip == TimeSpan.Zero ? sample : ((7 * roundTrip) + sample) / 8;
            timed = null;
        }
        Acknowledged = upto;
        next = Math.Max(next, upto + 1);
        highest = Math.Max(highest, upto);
        progressAt = pausedUntil = now;
        pauses = rewinds = 0;
        Trouble = Trouble.None;
    }

    /// <summary>Asked for again while the answer to an earlier request may be under way: not twice.</summary>
    void Need(IReadOnlyList<EntryRange> ranges, Moment now)
    {
        if (ranges.Count == 0 || now < needAgainAt)
        {
            return;
        }
        needed.Clear();
        needed.AddRange(ranges.Select(r => r with { To = Math.Min(r.To, next - 1) }).Where(r => r.From <= r.To));
        needAgainAt = now + Patience;
    }

    /// <summary>A part of the first needed range has left.</summary>
    void Serve(long to)
    {
        var rest = needed[0] with { From = to + 1 };
        needed.RemoveAt(0);
        if (rest.From <= rest.To)
        {
            needed.Insert(0, rest);
        }
    }

    void Rewind()
    {
        next = Acknowledged + 1;
        needed.Clear();
        timed = null;
    }

    TimeSpan Longer(TimeSpan first, int times)
    {
        var slowest = Math.Max(first.Ticks, policy.SlowestRetry.Ticks);
        return TimeSpan.FromTicks(Math.Min(slowest, first.Ticks << Math.Min(times, 10)));
    }

    readonly record struct Sending(int Token, long To, Moment At);
}
