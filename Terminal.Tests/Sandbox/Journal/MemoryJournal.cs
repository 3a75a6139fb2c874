using Terminal.Journal;

namespace Sandbox.Journal;

/// <summary>
/// A journal without a disk: what was appended is durable, and a crash loses only the process. Faults are injected by
/// <see cref="FailNext"/>; as with every store, one failure ends it.
/// </summary>
public sealed class MemoryJournal : IJournal
{
    readonly Content content;
    volatile bool dead;

    /// <param name="epoch">16 hex digits, like a real one.</param>
    public MemoryJournal(string epoch = "00000000000000e1") => content = new(epoch);

    MemoryJournal(Content content) => this.content = content;

    /// <summary>What the next append does instead of its work.</summary>
    public JournalFault FailNext { get; set; }

    /// <summary>What a checkpoint leaves in the log that is not there.</summary>
    public long InLog { get; set; }

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

    public IReadOnlyList<Head> ReadHeads(long from, int limit)
    {
        Check();
        return [.. content.Order.Select(p => p.Head!).Where(h => h.FirstSequence >= from).Take(limit)];
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

    public Head? FindByFingerprint(string fingerprint)
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

    public Head? NewestHead()
    {
        Check();
        return content.Order is [.., var newest] ? newest.Head : null;
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

    public long Checkpoint(long least)
    {
        Check();
        return InLog;
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

    sealed class Payment
    {
        public List<Entry> Entries { get; } = new(4);
        public Head? Head { get; set; }
    }

    /// <summary>What lies on the disk that is not there.</summary>
    sealed class Content(string epoch)
    {
        public string Epoch { get; } = epoch;
        public int Commits { get; private set; }
        public long Acknowledged { get; set; }
        public Anchor Anchor { get; private set; } = Anchor.Start;
        public long End => Anchor.Sequence + Entries.Count;
        public List<Entry> Entries { get; } = [];
        public List<Payment> Order { get; } = [];
        public Dictionary<string, Payment> Payments { get; } = [];
        public Dictionary<string, Payment> Fingerprints { get; } = [];
        public Dictionary<int, List<Payment>> Receipts { get; } = [];
        public SortedDictionary<long, Head> Open { get; } = [];

        public void Add(IReadOnlyList<Entry> entries, IReadOnlyList<Head> heads)
        {
            Commits++;
            foreach (var entry in entries)
            {
                Entries.Add(entry);
                if (entry.PaymentId.Length > 0)
                {
                    Of(entry.PaymentId).Entries.Add(entry);
                }
            }
            foreach (var head in heads)
            {
                Put(head);
            }
        }

        public void Drop(Anchor upto)
        {
            Entries.RemoveRange(0, (int)(upto.Sequence - Anchor.Sequence));
            foreach (var payment in Order.TakeWhile(p => p.Head!.FirstSequence <= upto.Sequence))
            {
                Payments.Remove(payment.Head!.PaymentId);
                Receipts[payment.Head.Receipt].Remove(payment);
                if (Fingerprints.GetValueOrDefault(payment.Head.Fingerprint) == payment)
                {
                    Fingerprints.Remove(payment.Head.Fingerprint);
                }
            }
            Order.RemoveAll(p => p.Head!.FirstSequence <= upto.Sequence);
            Anchor = upto;
        }

        void Put(Head head)
        {
            var payment = Of(head.PaymentId);
            if (payment.Head is null)
            {
                Order.Add(payment);
                Fingerprints[head.Fingerprint] = payment;
                if (!Receipts.TryGetValue(head.Receipt, out var numbered))
                {
                    Receipts.Add(head.Receipt, numbered = []);
                }
                numbered.Add(payment);
            }
            payment.Head = head;
            if (head.Open)
            {
                Open[head.FirstSequence] = head;
            }
            else
            {
                Open.Remove(head.FirstSequence);
            }
        }

        Payment Of(string id)
        {
            if (!Payments.TryGetValue(id, out var payment))
            {
                Payments.Add(id, payment = new());
            }
            return payment;
        }
    }
}
