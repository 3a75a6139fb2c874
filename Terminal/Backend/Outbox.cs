using Terminal.Payments;

namespace Terminal.Backend;

/// <summary>
/// Decides which entries are sent when. Pure: it gets events and the time, and answers what to do next. Entries are
/// sent in order and none is ever skipped: only an acknowledgement of the head office, proved by the hash of our own
/// entry, moves past them. The broker's answers only change the pace.
/// </summary>
sealed class Outbox(SyncPolicy policy, string epoch, long acknowledged)
{
    // In the order of sending; never more than the window.
    readonly List<Sending> sending = [];

    // What the head office asked for again; never more than Ack.MostRanges.
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

    /// <summary>The head office has committed all entries up to this one.</summary>
    public long Acknowledged { get; private set; } = acknowledged;

    /// <summary>What holds the entries back while connected.</summary>
    public Trouble Trouble { get; private set; }

    /// <summary>How long an acknowledgement may take before entries are sent again.</summary>
    TimeSpan Patience => TimeSpan.FromTicks(Math.Max(policy.Rewind.Ticks, 4 * roundTrip.Ticks));

    Moment RewindAt => sending.Count == 0 && next - 1 > Acknowledged
        ? progressAt + Longer(Patience, rewinds)
        : Moment.Never;

    /// <param name="receiveMaximum">The broker's limit.</param>
    public void Connected(int receiveMaximum, Moment now)
    {
        Disconnected();
        connected = true;
        window = Math.Clamp(receiveMaximum, 1, policy.Window);
        pausedUntil = needAgainAt = progressAt = now;
        pauses = rewinds = 0;
        Trouble = Trouble.None;
    }

    /// <summary>Everything not acknowledged counts as not sent.</summary>
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

    /// <summary>
    /// These entries were sent, as <see cref="Next"/> asked. The token comes back with the broker's answer.
    /// </summary>
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
            // Only entries sent for the first time are timed: with a repeat, the acknowledgement could belong to
            // either.
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

    /// <summary>Takes an acknowledgement. True if it moved <see cref="Acknowledged"/>.</summary>
    /// <param name="ours">Hash of our entry with the acknowledged number; empty if we have none.</param>
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

    /// <summary>
    /// Takes a request of the head office, unless the answer to an earlier request may still be under way.
    /// </summary>
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

    /// <summary>Entries of the first needed range were sent up to this one.</summary>
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
