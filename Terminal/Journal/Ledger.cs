using Terminal.Journal.Upkeep;
using Terminal.Payments;
using Terminal.Payments.Orders;
using Terminal.Payments.Periods;

namespace Terminal.Journal;

/// <summary>
/// The journal of payments over any store: writes facts, chains their hashes, keeps open payments in memory, and is the
/// only maker of <see cref="Durable"/>. After a failure of the store it stays failed. Its memory stays readable, so
/// that a durable payment can still be cancelled (M4).
/// </summary>
sealed class Ledger
{
    const int MaxReceipt = 9999;
    const int MaxTrace = 999_999;

    /// <summary>How far back a mirrored receipt number is looked for.</summary>
    public const int MostMirrored = 100;

    readonly IJournal journal;

    // The open payments and the newest one, to which new facts usually belong.
    readonly Dictionary<PaymentId, OrderAccount> held = [];
    PaymentId? newest;
    long sequence;
    byte[] hash;
    JournalFailedException? failure;

    /// <summary>Null: read when somebody asks.</summary>
    Period? period;

    /// <summary>Checks the end of the journal and every open payment before anything relies on them.</summary>
    /// <exception cref="JournalFailedException">The journal cannot be read, or is not as it was written.</exception>
    public Ledger(IJournal journal)
    {
        this.journal = journal;
        if (new Audit(journal).Recent() is [var finding, ..])
        {
            throw new JournalFailedException($"the journal is damaged: {finding}") { IsDamage = true };
        }
        sequence = journal.Last?.Sequence ?? journal.Anchor.Sequence;
        hash = journal.Last?.Hash ?? journal.Anchor.Hash;
        foreach (var head in journal.OpenHeads())
        {
            held.Add(new(head.PaymentId), Load(head));
        }
        if (journal.NewestHeads(1) is [var last])
        {
            newest = new(last.PaymentId);
            held.TryAdd(newest.Value, Load(last));
        }
        if (Newest() is null or { Order: EndOfDay })
        {
            // Nothing began in this period, so there is next to nothing to read, and from here on it is counted.
            period = KeptPeriod.Read(this, journal.LastTotals);
        }
        journal.Totals = () => KeptPeriod.Encode(period ??= KeptPeriod.Read(this, journal.LastTotals));
    }

    public string Epoch => journal.Epoch;

    /// <summary>The newest durable entry; 0 in a new journal.</summary>
    public long LastSequence => sequence;

    /// <summary>Payments still being worked on, oldest first, in the order in which recovery takes them up.</summary>
    public IReadOnlyList<Transaction> Open() =>
        [.. held.Values.Where(a => a.IsOpen).OrderBy(a => a.FirstEntry).Select(a => a.Transaction)];

    /// <summary>The payment that began last.</summary>
    public Transaction? Newest() => newest is { } id ? held[id].Transaction : null;

    /// <summary>The newest payment with this code, unless it was dropped (M7 asks for 24 h).</summary>
    public Transaction? FindByCode(string fingerprint) =>
        Ask(() => journal.FindByFingerprint(fingerprint, journal.Remembered)) is { } head
            ? Get(head).Transaction
            : null;

    /// <summary>The newest return of a payment, if any.</summary>
    public Transaction? FindReturnOf(PaymentId payment) =>
        Get(payment) is { FirstEntry: var from } &&
        Ask(() => journal.FindByFingerprint(payment.Value, from)) is { } head ? Get(head).Transaction : null;

    /// <summary>
    /// Every instruction with this receipt number that began at this entry or later, newest first; there may be
    /// several, because numbers wrap.
    /// </summary>
    public IReadOnlyList<Transaction> FindByReceipt(int receipt, long from) =>
        [.. Ask(() => journal.FindByReceipt(receipt, from)).Select(head => Get(head).Transaction)];

    /// <summary>Every instruction by its receipt number, the newest first, until a number is missing.</summary>
    public IEnumerable<Transaction> NewestFirst()
    {
        int? number = null;
        foreach (var head in Ask(() => journal.NewestHeads(MostMirrored)))
        {
            if (number is not null && head.Receipt != number)
            {
                yield break;
            }
            yield return Get(head).Transaction;
            number = Mirror.Previous(head.Receipt);
        }
    }

    /// <summary>The first entry of the open business period, after the newest end-of-day.</summary>
    public long PeriodStart => Ask(() =>
        journal.FindByFingerprint(Head.EndOfDay, journal.Remembered)?.FirstSequence + 1 ?? 1);

    /// <summary>
    /// The books of the open business period, counted as entries are written. After a start in the middle of the period
    /// they are counted once from its entries, in about 30 ms for 1,000 payments.
    /// </summary>
    /// <param name="mirrored">The sale that the ECR tells of, open or not.</param>
    public Accounts Accounts(PaymentId? mirrored = null)
    {
        period = (period ?? KeptPeriod.Read(this, journal.LastTotals)).Acknowledge(Stored);
        return new(period, held.Where(h => h.Value.IsOpen).ToDictionary(), sequence, Stored)
        {
            Mirrored = mirrored is { } id ? Get(id) : null,
        };
    }

    /// <summary>A payment as it was before this entry; null if the fact begins it.</summary>
    internal OrderAccount? Before(PaymentId id, Fact fact, long sequence) => IsBeginning(fact) ? null :
        Ask(() => journal.Find(id.Value) is { } head
            ? FactCodec.Replay([.. journal.ReadPayment(head).Where(e => e.Sequence < sequence)])
            : null);

    /// <summary>The last entry that the head office acknowledged; the journal stores this only now and then.</summary>
    public Func<long> HeadOffice { get; set; } = () => 0;

    /// <summary>The head office has the journal up to this entry.</summary>
    public long Stored => Math.Max(journal.Acknowledged, HeadOffice());

    public Transaction? Find(PaymentId id) => Get(id)?.Transaction;

    public Transaction Find(Head head) => Get(head).Transaction;

    /// <summary>Proof of the newest durable entry of a payment; null if it has none.</summary>
    public Durable? ProofOf(PaymentId id) =>
        held.TryGetValue(id, out var account) ? new Proof(account.LastEntry) :
        failure is null && Ask(() => journal.Find(id.Value)) is { } head ? new Proof(head.LastSequence) :
        null;

    /// <summary>The numbers of the next payment; the same ones until a payment took them.</summary>
    public (int Receipt, int Trace) NextNumbers() =>
        Newest() is { Order: var last } ? ((last.Receipt % MaxReceipt) + 1, (last.Trace % MaxTrace) + 1) : (1, 1);

    /// <summary>Entries as they were written, to be sent on.</summary>
    public IReadOnlyList<Entry> Read(long from, int limit) => Ask(() => journal.Read(from, limit));

    /// <summary>Writes the records of one step, all or none; returns when they are on disk.</summary>
    /// <exception cref="JournalFailedException">The outcome is unknown; later commits are not tried.</exception>
    public Durable Commit(IReadOnlyList<Effect.Record> records, Stamp at)
    {
        ArgumentOutOfRangeException.ThrowIfZero(records.Count);
        var touched = new Dictionary<PaymentId, OrderAccount>(records.Count);
        var entries = new Entry[records.Count];
        var previous = hash;
        var steps = new (OrderAccount? Before, OrderAccount After)[records.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            var (id, fact) = records[i];
            entries[i] = Seal(previous, new(sequence + 1 + i, id, fact, at));
            previous = entries[i].Hash;
            var before = touched.GetValueOrDefault(id) ?? Before(id, fact);
            touched[id] = OrderAccount.After(before, fact, entries[i].Sequence)
                ?? throw new ArgumentException($"{fact.GetType().Name}, but never requested", nameof(records));
            steps[i] = (before, touched[id]);
        }
        var heads = new Head[touched.Count];
        var next = 0;
        foreach (var account in touched.Values)
        {
            heads[next++] = Head.Of(account);
        }
        Ask(() =>
        {
            journal.Append(entries, heads);
            return true;
        });
        for (var i = 0; i < steps.Length; i++)
        {
            Count(steps[i], records[i].Fact);
        }
        period = period?.Acknowledge(Stored);
        Remember(touched);
        sequence = entries[^1].Sequence;
        hash = previous;
        return new Proof(sequence);
    }

    Entry Seal(byte[] previous, Draft draft)
    {
        var (kind, body) = FactCodec.Encode(draft.Fact);
        var entry = new Entry(
            draft.Sequence, draft.Payment.Value, kind, draft.At.UnixMilliseconds, body, new byte[Chain.HashLength]);
        Chain.Hash(previous, journal.Epoch, entry, entry.Hash);
        return entry;
    }

    void Count((OrderAccount? Before, OrderAccount After) step, Fact fact)
    {
        if (fact is Fact.PeriodClosed)
        {
            period = new(step.After.LastEntry + 1);
        }
        else
        {
            period = period?.Take(step.Before, step.After, fact, step.After.IsOfBooked(fact, Get));
        }
    }

    /// <summary>
    /// Keeps the payments that changed, then drops closed ones except the newest, which 06 20 asks for.
    /// </summary>
    void Remember(Dictionary<PaymentId, OrderAccount> touched)
    {
        var earlier = newest;
        foreach (var (id, account) in touched)
        {
            held[id] = account;
            if (newest is not { } last || account.FirstEntry > held[last].FirstEntry)
            {
                newest = id;
            }
        }
        foreach (var id in touched.Keys)
        {
            Forget(id);
        }
        if (earlier is { } before)
        {
            Forget(before);
        }
    }

    void Forget(PaymentId id)
    {
        if (id != newest && held.TryGetValue(id, out var account) && !account.IsOpen)
        {
            held.Remove(id);
        }
    }

    /// <summary>A new instruction has no past: its id is random, so it is not looked up.</summary>
    OrderAccount? Before(PaymentId id, Fact fact) => IsBeginning(fact) && !held.ContainsKey(id) ? null : Get(id);

    static bool IsBeginning(Fact fact) =>
        fact is Fact.Ordered or Fact.Requested or Fact.ReturnRequested or Fact.PeriodClosed;

    internal OrderAccount? Get(PaymentId id) =>
        held.TryGetValue(id, out var account) ? account :
        Ask(() => journal.Find(id.Value)) is { } head ? Get(head) :
        null;

    OrderAccount Get(Head head) =>
        held.TryGetValue(new(head.PaymentId), out var account) ? account : Ask(() => Load(head));

    OrderAccount Load(Head head) => FactCodec.Replay(journal.ReadPayment(head))
        ?? throw new JournalFailedException($"entry {head.FirstSequence} does not request {head.PaymentId}");

    T Ask<T>(Func<T> work)
    {
        if (failure is not null)
        {
            throw new JournalFailedException($"the journal failed before: {failure.Message}", failure);
        }
        try
        {
            return work();
        }
        catch (Exception e)
        {
            failure = e as JournalFailedException ?? new("the journal failed", e);
            throw failure;
        }
    }

    readonly record struct Draft(long Sequence, PaymentId Payment, Fact Fact, Stamp At);

    sealed class Proof(long sequence) : Durable(sequence);
}
