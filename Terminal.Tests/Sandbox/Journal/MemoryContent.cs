using Terminal.Journal;

namespace Sandbox.Journal;

/// <summary>One payment of it.</summary>
sealed class MemoryPayment
{
    public List<Entry> Entries { get; } = new(4);
    public Head? Head { get; set; }
}

/// <summary>What lies on the disk that is not there.</summary>
sealed class MemoryContent(string epoch)
{
    public string Epoch { get; } = epoch;
    public int Commits { get; private set; }
    public long Acknowledged { get; set; }
    public Anchor Anchor { get; private set; } = Anchor.Start;
    public long End => Anchor.Sequence + Entries.Count;
    public List<Entry> Entries { get; } = [];
    public List<MemoryPayment> Order { get; } = [];
    public Dictionary<string, MemoryPayment> Payments { get; } = [];
    public Dictionary<string, MemoryPayment> Fingerprints { get; } = [];
    public Dictionary<int, List<MemoryPayment>> Receipts { get; } = [];
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
            if (!Receipts.TryGetValue(head.Receipt, out var numbered))
            {
                Receipts.Add(head.Receipt, numbered = []);
            }
            numbered.Add(payment);
        }
        if (payment.Head?.Fingerprint != head.Fingerprint)
        {
            Fingerprints[head.Fingerprint] = payment;
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

    MemoryPayment Of(string id)
    {
        if (!Payments.TryGetValue(id, out var payment))
        {
            Payments.Add(id, payment = new());
        }
        return payment;
    }
}
