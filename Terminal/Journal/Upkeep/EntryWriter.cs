using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Periods;

namespace Terminal.Journal.Upkeep;

/// <summary>Chains entries into a journal that is being made; <see cref="Ledger"/> is for one that is in use.</summary>
sealed class EntryWriter(IJournal journal, Stamp at)
{
    // The most entries in one transaction.
    const int MostPending = 200;

    readonly List<Entry> pending = [];
    readonly Dictionary<string, Head> heads = [];
    readonly Dictionary<string, OrderAccount> payments = [];
    long sequence = journal.Last?.Sequence ?? journal.Anchor.Sequence;
    byte[] hash = journal.Last?.Hash ?? journal.Anchor.Hash;

    /// <summary>Writes an entry about the terminal itself.</summary>
    public void Note((string Kind, byte[] Body) note) =>
        Write(new(0, "", note.Kind, at.UnixMilliseconds, note.Body, []));

    /// <summary>Writes an old entry as it was, except for its number and hash.</summary>
    public void Repeat(Entry entry) => Write(entry);

    /// <summary>Nobody can tell how this payment ended: a person decides.</summary>
    public void Doubt(string payment)
    {
        var (kind, body) = FactCodec.Encode(new Fact.NeedsAttention(
            new(NotPaidReason.Restarted, "journal damaged"), "the journal was damaged while this payment was open"));
        Write(new(0, payment, kind, at.UnixMilliseconds, body, []));
    }

    /// <summary>Makes durable what is still in memory.</summary>
    public void Flush()
    {
        if (pending.Count > 0)
        {
            journal.Append([.. pending], [.. heads.Values]);
            pending.Clear();
            heads.Clear();
        }
    }

    void Write(Entry entry)
    {
        var next = entry with { Sequence = ++sequence, Hash = new byte[Chain.HashLength] };
        Chain.Hash(hash, journal.Epoch, next, next.Hash);
        hash = next.Hash;
        pending.Add(next);
        if (next.PaymentId.Length > 0)
        {
            var before = payments.GetValueOrDefault(next.PaymentId);
            var account = OrderAccount.After(before, FactCodec.Decode(next), next.Sequence)
                ?? throw new JournalFailedException($"payment {next.PaymentId} was never requested");
            payments[next.PaymentId] = account;
            heads[next.PaymentId] = Head.Of(account);
        }
        if (pending.Count == MostPending)
        {
            Flush();
        }
    }
}
