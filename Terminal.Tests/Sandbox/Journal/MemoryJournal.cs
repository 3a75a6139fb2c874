using Terminal.Journal;

namespace Sandbox.Journal;

/// <summary>
/// A journal without a disk: what was appended is durable, and a crash loses only the process. Faults are injected by
/// <see cref="FailNext"/>; as with every store, one failure ends it.
/// </summary>
sealed class MemoryJournal : IJournal
{
    readonly MemoryContent content;
    volatile bool dead;

    /// <param name="epoch">16 hex digits, like a real one.</param>
    public MemoryJournal(string epoch = "00000000000000e1") => content = new(epoch);

    MemoryJournal(MemoryContent content) => this.content = content;

    /// <summary>What the next append does instead of its work.</summary>
    public JournalFault FailNext { get; set; }

    /// <summary>How often it was let to look after itself.</summary>
    public int Tended { get; private set; }

    /// <summary>So often there is more to do.</summary>
    public int ToTend { get; set; }

    /// <summary>How often something was made durable.</summary>
    public int Commits => content.Commits;

    public string Epoch => content.Epoch;

    public Anchor Anchor
    {
        get
        {
            lock (content)
            {
                return content.Anchor;
            }
        }
    }

    public Entry? Last
    {
        get
        {
            lock (content)
            {
                return content.Entries is [.., var last] ? last : null;
            }
        }
    }

    public long Acknowledged
    {
        get
        {
            lock (content)
            {
                return content.Acknowledged;
            }
        }
    }

    /// <summary>The process is gone: this handle answers no more, the next process has the returned one.</summary>
    public MemoryJournal Crash()
    {
        dead = true;
        return new(content);
    }

    public void Append(IReadOnlyList<Entry> entries, IReadOnlyList<Head> heads)
    {
        Check();
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Sequence != content.End + 1 + i)
            {
                throw Fail($"entry {entries[i].Sequence} does not follow entry {content.End + i}");
            }
        }
        foreach (var head in heads)
        {
            if (FirstOf(head, entries).PaymentId != head.PaymentId)
            {
                throw Fail($"entry {head.FirstSequence} does not begin payment {head.PaymentId}");
            }
        }
        var fault = FailNext;
        if (fault == JournalFault.BeforeWriting)
        {
            throw Fail("injected: nothing was written");
        }
        lock (content)
        {
            content.Add(entries, heads);
        }
        if (fault == JournalFault.AfterWriting)
        {
            throw Fail("injected: everything was written");
        }
    }

    public IReadOnlyList<Entry> Read(long from, int limit)
    {
        Check();
        lock (content)
        {
            var start = (int)Math.Clamp(from - 1 - content.Anchor.Sequence, 0, content.Entries.Count);
            return content.Entries.GetRange(start, Math.Min(limit, content.Entries.Count - start));
        }
    }

    public IReadOnlyList<Entry> ReadPayment(Head head)
    {
        Check();
        return content.Payments.TryGetValue(head.PaymentId, out var payment)
            ? [.. payment.Entries.Where(e => e.Sequence >= head.FirstSequence && e.Sequence <= head.LastSequence)]
            : [];
    }

    public IReadOnlyList<Head> ReadHeads(long from, long upto)
    {
        Check();
        return [.. content.Order.Select(p => p.Head!).Where(h => h.LastSequence >= from && h.LastSequence <= upto)];
    }

    public IReadOnlyList<Head> OpenHeads()
    {
        Check();
        return [.. content.Open.Values];
    }

    public Head? Find(string paymentId)
    {
        Check();
        return content.Payments.GetValueOrDefault(paymentId)?.Head;
    }

    public Head? FindByFingerprint(string fingerprint, long from)
    {
        Check();
        return content.Fingerprints.GetValueOrDefault(fingerprint)?.Head;
    }

    public IReadOnlyList<Head> FindByReceipt(int receipt, long from)
    {
        Check();
        return content.Receipts.TryGetValue(receipt, out var payments)
            ? [.. payments.Select(p => p.Head!).Where(h => h.FirstSequence >= from).Reverse()]
            : [];
    }

    public IReadOnlyList<Head> NewestHeads(int limit)
    {
        Check();
        return [.. content.Order.TakeLast(limit).Reverse().Select(p => p.Head!)];
    }

    /// <summary>The end of the oldest payments between which none was under way.</summary>
    public Anchor? NextCut
    {
        get
        {
            Check();
            lock (content)
            {
                long reach = 0;
                foreach (var head in content.Order.Select(p => p.Head!))
                {
                    if (reach > 0 && head.FirstSequence > reach)
                    {
                        break;
                    }
                    reach = Math.Max(reach, head.Open ? long.MaxValue : head.LastSequence);
                }
                return reach is 0 or long.MaxValue || reach >= content.End
                    ? null
                    : new(reach, content.Entries[(int)(reach - content.Anchor.Sequence - 1)].Hash);
            }
        }
    }

    public void Acknowledge(long upto)
    {
        Check();
        lock (content)
        {
            content.Acknowledged = Math.Max(content.Acknowledged, upto);
        }
    }

    public void Drop(Anchor upto)
    {
        Check();
        lock (content)
        {
            if (upto.Sequence > content.Acknowledged)
            {
                throw Fail($"entry {upto.Sequence} was to be dropped, but is not acknowledged");
            }
            content.Drop(upto);
        }
    }

    public bool Tend()
    {
        Check();
        return Tended++ < ToTend;
    }

    public void Dispose() => dead = true;

    Entry FirstOf(Head head, IReadOnlyList<Entry> entries) => head.FirstSequence > content.End
        ? entries[(int)(head.FirstSequence - content.End - 1)]
        : content.Entries[(int)(head.FirstSequence - content.Anchor.Sequence - 1)];

    void Check()
    {
        if (dead)
        {
            throw new JournalFailedException("this journal failed, crashed or was closed before");
        }
    }

    JournalFailedException Fail(string why)
    {
        dead = true;
        return new(why);
    }
}
