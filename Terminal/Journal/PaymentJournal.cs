using Terminal.Journal.Books;
using Terminal.Journal.Log;
using Terminal.Journal.Upkeep;

namespace Terminal.Journal;

/// <summary>
/// The journal on disk: the log, which decides what it holds, and the present state in memory. Payments are answered
/// from memory. Older payments are looked for in the books, or in the log while there are no books.
/// </summary>
sealed class PaymentJournal : IJournal
{
    /// <summary>The most commits between two renewals of the bound.</summary>
    const int RenewAfter = 256;

    /// <summary>A segment that is this full is ended while nobody waits.</summary>
    const double FullEnough = 0.75;

    readonly Lock gate = new();
    readonly JournalMemory memory;
    readonly JournalLog log;
    readonly FileStream? ownership;
    readonly bool isReadOnly;
    JournalFailedException? failure;
    Task working = Task.CompletedTask;
    int unbound;

    /// <summary>Opens the journal in a folder.</summary>
    /// <param name="isReadOnly">Opens the journal only for reading, also while another process has it open.</param>
    /// <exception cref="JournalFailedException">
    /// The journal is in use, damaged, of another version or not writable.
    /// </exception>
    public PaymentJournal(string folder, bool isReadOnly = false)
        : this(new FolderDisk(folder, isReadOnly), isReadOnly ? null : JournalLock.Take(folder), isReadOnly)
    {
    }

    internal PaymentJournal(IDisk disk, FileStream? ownership = null, bool isReadOnly = false)
    {
        this.ownership = ownership;
        this.isReadOnly = isReadOnly;
        try
        {
            var start = isReadOnly ? LogStart.Look(disk) : new LogStart(disk);
            Epoch = start.Epoch;
            log = new(disk, start, isReadOnly);
            memory = new(log, start);
            Last = log.Read(Math.Max(1, log.Last), 1) is [var last] ? last.Entry : null;
            if (!isReadOnly)
            {
                log.CleanUp(start);
                log.Flush();
                log.Renew();
            }
        }
        catch (Exception e)
        {
            log?.Dispose();
            ownership?.Dispose();
            throw JournalFailedException.Of(e);
        }
    }

    public string Epoch { get; }

    /// <summary>Answers for payments no longer in memory; null: the log does, which takes long.</summary>
    internal Bookkeeper? Books
    {
        get => memory.Books;
        set => memory.Books = value;
    }

    /// <summary>The log as the <see cref="Bookkeeper"/> reads it.</summary>
    internal LogView View => new(Epoch, () => Anchor, () => Last?.Sequence ?? Anchor.Sequence, log.Read);

    public Entry? Last
    {
        get => Volatile.Read(ref field);
        private set => Volatile.Write(ref field, value);
    }

    public Anchor Anchor => log.Bound.Begins;

    public Anchor Recent => log.Follows;

    public long Acknowledged => log.Acknowledged;

    public long Remembered => Do(() => memory.Remembered);

    public Func<byte[]>? Totals { get; set; }

    public (long Sequence, byte[] Bytes)? LastTotals => memory.LastTotals;

    /// <summary>Check value of the key that seals codes; null until a key is used.</summary>
    public byte[]? CodeKey => log.Bound.CodeKey;

    /// <summary>Makes a journal without entries in an empty folder.</summary>
    public static void Create(string folder, Origin? origin = null) => Create(new FolderDisk(folder), origin);

    internal static void Create(IDisk disk, Origin? origin = null, int room = LogFiles.Room)
    {
        origin ??= Origin.Fresh();
        try
        {
            LogFiles.Create(disk, origin, new(new(), origin.Anchor.Hash, []), room);
        }
        catch (Exception e)
        {
            throw JournalFailedException.Of(e);
        }
    }

    /// <summary>From now on this key seals codes; durable on return.</summary>
    public void Bind(byte[] codeKey) => Do(() =>
    {
        log.Renew(codeKey);
        return true;
    });

    public void Append(IReadOnlyList<Entry> entries, IReadOnlyList<Head> heads) => Do(() =>
    {
        var before = log.Last;
        foreach (var entry in entries)
        {
            if (entry.Sequence != ++before)
            {
                throw new JournalFailedException($"entry {entry.Sequence} was to follow entry {before - 1}");
            }
        }
        var records = LogRecord.Of(entries, heads, memory.Find);
        if (!log.HasRoomFor(records))
        {
            log.Rotate(memory.State(Totals?.Invoke() ?? []));
            unbound = 0;
        }
        log.Append(records);
        foreach (var record in records)
        {
            memory.Take(record);
        }
        Last = entries[^1];
        if (++unbound >= RenewAfter)
        {
            log.Renew();
            unbound = 0;
        }
        Books?.Appended();
        return true;
    });

    public IReadOnlyList<Entry> Read(long from, int limit)
    {
        ThrowIfFailed();
        return [.. Ask(() => log.Read(from, limit)).Select(r => r.Entry)];
    }

    public IReadOnlyList<Entry> ReadPayment(Head head) => Do(() => memory.Entries(head));

    public IReadOnlyList<Head> ReadHeads(long from, long upto) => Do<IReadOnlyList<Head>>(() =>
    {
        var heads = new Dictionary<string, Head>();
        foreach (var head in LogWalk.Heads(log, from, upto))
        {
            heads[head.PaymentId] = head;
        }
        return [.. heads.Values];
    });

    public IReadOnlyList<Head> OpenHeads() => Do<IReadOnlyList<Head>>(() => [.. memory.Open]);

    public IReadOnlyList<Head> NewestHeads(int limit) => Do<IReadOnlyList<Head>>(() =>
        [.. memory.NewestFirst.Take(limit)]);

    public Head? Find(string paymentId) => Do(() => memory.Find(paymentId));

    public Head? FindByFingerprint(string fingerprint, long from) =>
        Do(() => memory.FindByFingerprint(fingerprint, from));

    public IReadOnlyList<Head> FindByReceipt(int receipt, long from) => Do(() => memory.FindByReceipt(receipt, from));

    public void Acknowledge(long upto) => Do(() => log.Acknowledged = Math.Max(log.Acknowledged, upto));

    public Anchor? NextCut => Do(() => log.Oldest is { } file && file.Last < memory.OldestNeeded
        ? new Anchor(file.Last, log.Read(file.Last, 1)[0].Entry.Hash)
        : null);

    public void Drop(Anchor upto) => Do(() =>
    {
        var dropped = upto.Sequence;
        if (log.Oldest?.Last != dropped || dropped > log.Acknowledged || dropped >= memory.OldestNeeded)
        {
            throw new JournalFailedException($"entries up to {dropped} were to be dropped, but may not be");
        }
        log.DropOldest();
        return true;
    });

    /// <summary>Copies the journal as it is now into an empty folder, in steps.</summary>
    internal IEnumerable<Copied> Backup(IDisk copy) => log.Copy(copy);

    public bool Tend()
    {
        if (!working.IsCompleted)
        {
            return true;
        }
        return Do(() =>
        {
            working.GetAwaiter().GetResult();
            if (log.IsUnsealed)
            {
                working = Task.Run(log.Seal);
                return true;
            }
            if (log.Used > FullEnough)
            {
                log.Rotate(memory.State(Totals?.Invoke() ?? []));
                unbound = 0;
                return true;
            }
            if (unbound > 0 || log.Acknowledged != log.Bound.Acknowledged)
            {
                log.Renew();
                unbound = 0;
            }
            Books?.Idle();
            return false;
        });
    }

    public void Dispose()
    {
        lock (gate)
        {
            ((IAsyncResult)working).AsyncWaitHandle.WaitOne();
            if (failure is null && !isReadOnly)
            {
                failure = new("the journal is closed");
                try
                {
                    log.Renew();
                }
                catch (IOException)
                {
                    // The previous bound still holds.
                }
            }
            log.Dispose();
            ownership?.Dispose();
        }
    }

    T Do<T>(Func<T> work)
    {
        lock (gate)
        {
            ThrowIfFailed();
            return Ask(work);
        }
    }

    T Ask<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e)
        {
            throw failure = JournalFailedException.Of(e);
        }
    }

    void ThrowIfFailed()
    {
        if (failure is not null)
        {
            throw new JournalFailedException($"the journal failed before: {failure.Message}", failure);
        }
    }
}
