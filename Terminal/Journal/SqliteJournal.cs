using System.Security.Cryptography;

namespace Terminal.Journal;

/// <summary>
/// The journal in one SQLite file, through the raw API: one connection with a lock around it, one flush per append.
/// </summary>
public sealed class SqliteJournal : IJournal
{
    const int SchemaVersion = 1;

    // A payment's head lies in the row of its first entry: that page is written anyway, or was just before, and pages
    // written are what wears the card. STRICT tables need a newer SQLite than the bundled one, hence the type checks.
    const string Schema = """
        CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL CHECK (typeof(value) = 'text')) WITHOUT ROWID;
        CREATE TABLE entry (
            sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
            payment_id TEXT NOT NULL CHECK (typeof(payment_id) = 'text' AND length(payment_id) <= 64),
            kind TEXT NOT NULL CHECK (typeof(kind) = 'text' AND length(kind) BETWEEN 1 AND 64),
            unix_ms INTEGER NOT NULL CHECK (typeof(unix_ms) = 'integer'),
            body BLOB NOT NULL CHECK (typeof(body) = 'blob' AND length(body) BETWEEN 1 AND 4096),
            hash BLOB NOT NULL CHECK (typeof(hash) = 'blob' AND length(hash) = 32),
            head_receipt INTEGER CHECK (typeof(head_receipt) IN ('null', 'integer')),
            head_fingerprint TEXT CHECK (head_fingerprint IS NULL OR length(head_fingerprint) <= 64),
            head_open INTEGER CHECK (head_open IN (0, 1)),
            head_last INTEGER CHECK (head_last >= sequence));
        CREATE INDEX entry_fingerprint ON entry (head_fingerprint) WHERE head_fingerprint IS NOT NULL;
        CREATE INDEX entry_open ON entry (head_open) WHERE head_open = 1;
        CREATE INDEX entry_receipt ON entry (head_receipt) WHERE head_receipt IS NOT NULL;
        """;

    const string EntryColumns = "sequence, payment_id, kind, unix_ms, body, hash";
    const string SelectHead =
        "SELECT payment_id, head_receipt, head_fingerprint, head_open, sequence, head_last FROM entry";

    // The checkout appends while the sync to the head office reads.
    readonly Lock gate = new();
    readonly SqliteFile file;
    readonly SqliteQuery begin, commit, insertEntry, beginHead, moveHead, openHead;
    readonly SqliteQuery entries, paymentEntries, heads, openHeads, headOf, headByFingerprint, newestHead;
    readonly SqliteQuery headsByReceipt, keepCursor;

    /// <summary>Opens the journal.</summary>
    /// <param name="create">Make one where there is no file, or an empty one.</param>
    /// <exception cref="JournalFailedException">In use, not ours, damaged or not writable.</exception>
    public SqliteJournal(string path, bool create = true)
    {
        file = new(path, create);
        try
        {
            Create(path);
            begin = file.Prepare("BEGIN IMMEDIATE");
            commit = file.Prepare("COMMIT");
            insertEntry = file.Prepare($"INSERT INTO entry ({EntryColumns}) VALUES (?, ?, ?, ?, ?, ?)");
            beginHead = file.Prepare("""
                UPDATE entry SET head_receipt = ?, head_fingerprint = ?, head_open = ?, head_last = ?
                WHERE sequence = ? AND payment_id = ? AND head_open IS NULL
                """);
            // Two statements: naming an indexed column writes its index, even where nothing changes.
            moveHead = file.Prepare("""
                UPDATE entry SET head_last = ? WHERE sequence = ? AND payment_id = ? AND head_open IS NOT NULL
                """);
            openHead = file.Prepare("UPDATE entry SET head_open = ?1 WHERE sequence = ?2 AND head_open <> ?1");
            entries = file.Prepare($"SELECT {EntryColumns} FROM entry WHERE sequence >= ? ORDER BY sequence LIMIT ?");
            paymentEntries = file.Prepare($"""
                SELECT {EntryColumns} FROM entry WHERE sequence BETWEEN ? AND ? AND payment_id = ? ORDER BY sequence
                """);
            heads = file.Prepare(
                $"{SelectHead} WHERE head_open IS NOT NULL AND sequence >= ? ORDER BY sequence LIMIT ?");
            openHeads = file.Prepare($"{SelectHead} WHERE head_open = 1 ORDER BY sequence");
            headOf = file.Prepare(
                $"{SelectHead} WHERE payment_id = ? AND head_open IS NOT NULL ORDER BY sequence DESC LIMIT 1");
            headByFingerprint = file.Prepare(
                $"{SelectHead} WHERE head_fingerprint = ? ORDER BY sequence DESC LIMIT 1");
            headsByReceipt = file.Prepare(
                $"{SelectHead} WHERE head_receipt = ? ORDER BY sequence DESC LIMIT 2");
            newestHead = file.Prepare($"{SelectHead} WHERE head_open IS NOT NULL ORDER BY sequence DESC LIMIT 1");
            keepCursor = file.Prepare("INSERT OR REPLACE INTO meta VALUES ('acknowledged', ?)");

            Epoch = file.Prepare("SELECT value FROM meta WHERE name = 'epoch'").First(row => row.Text(0, 16))
                ?? throw file.Broken("it has no epoch");
            Last = file.Prepare($"SELECT {EntryColumns} FROM entry ORDER BY sequence DESC LIMIT 1").First(ReadEntry);
            Acknowledged = ReadCursor();
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public string Epoch { get; }

    public Entry? Last
    {
        get => Volatile.Read(ref field);
        private set => Volatile.Write(ref field, value);
    }

    public long Acknowledged
    {
        get => Volatile.Read(ref field);
        private set => Volatile.Write(ref field, value);
    }

    public void Append(IReadOnlyList<Entry> entries, IReadOnlyList<Head> heads)
    {
        lock (gate)
        {
            Write(entries, heads);
        }
    }

    public void Acknowledge(long upto)
    {
        lock (gate)
        {
            if (upto > Acknowledged)
            {
                keepCursor.With(upto.ToString()).Run();
                Acknowledged = upto;
            }
        }
    }

    public IReadOnlyList<Entry> Read(long from, int limit) => One(() => entries.With(from).With(limit).Rows(ReadEntry));

    public IReadOnlyList<Entry> ReadPayment(Head head) => One(() =>
        paymentEntries.With(head.FirstSequence).With(head.LastSequence).With(head.PaymentId).Rows(ReadEntry));

    public IReadOnlyList<Head> ReadHeads(long from, int limit) =>
        One(() => heads.With(from).With(limit).Rows(ReadHead));

    public IReadOnlyList<Head> OpenHeads() => One(() => openHeads.Rows(ReadHead));

    public Head? Find(string paymentId) => One(() => headOf.With(paymentId).First(ReadHead));

    public Head? FindByFingerprint(string fingerprint) =>
        One(() => headByFingerprint.With(fingerprint).First(ReadHead));

    public IReadOnlyList<Head> FindByReceipt(int receipt) => One(() => headsByReceipt.With(receipt).Rows(ReadHead));

    public Head? NewestHead() => One(() => newestHead.First(ReadHead));

    public void Dispose()
    {
        lock (gate)
        {
            file.Dispose();
        }
    }

    T One<T>(Func<T> read)
    {
        lock (gate)
        {
            return read();
        }
    }

    void Write(IReadOnlyList<Entry> entries, IReadOnlyList<Head> heads)
    {
        file.ThrowIfBroken();
        var before = Last?.Sequence ?? 0;
        begin.Run();
        foreach (var entry in entries)
        {
            if (entry.Sequence != ++before)
            {
                throw file.Broken($"entry {entry.Sequence} was to follow entry {before - 1}");
            }
            insertEntry.With(entry.Sequence).With(entry.PaymentId).With(entry.Kind).With(entry.UnixMilliseconds)
                .With(entry.Body).With(entry.Hash).Run();
        }
        foreach (var head in heads)
        {
            Put(head, isNew: head.FirstSequence >= entries[0].Sequence);
        }
        commit.Run();
        Last = entries[^1];
    }

    long ReadCursor()
    {
        var kept = file.Prepare("SELECT value FROM meta WHERE name = 'acknowledged'").First(row => row.Text(0, 20));
        var text = kept ?? "0";
        return long.TryParse(text, out var upto) && upto >= 0 && upto <= (Last?.Sequence ?? 0)
            ? upto
            : throw file.Broken($"it says that entry {text} was acknowledged");
    }

    void Put(Head head, bool isNew)
    {
        if (isNew)
        {
            beginHead.With(head.Receipt).With(head.Fingerprint).With(head.Open ? 1 : 0);
        }
        (isNew ? beginHead : moveHead).With(head.LastSequence).With(head.FirstSequence).With(head.PaymentId).Run();
        if (file.Changed != 1)
        {
            throw file.Broken($"entry {head.FirstSequence} does not begin payment {head.PaymentId}");
        }
        openHead.With(head.Open ? 1 : 0).With(head.FirstSequence).Run();
    }

    static Entry ReadEntry(SqliteQuery row) => new(
        row.Long(0), row.Text(1, Entry.MaxName), row.Text(2, Entry.MaxName), row.Long(3),
        row.Bytes(4, Entry.MaxBody).ToArray(), row.Bytes(5, Chain.HashLength).ToArray());

    static Head ReadHead(SqliteQuery row) => new(
        row.Text(0, Entry.MaxName), row.Int(1), row.Text(2, Entry.MaxName), row.Long(3) != 0,
        row.Long(4), row.Long(5));

    /// <summary>Tables and epoch in one transaction; a power cut before its end leaves a file without them.</summary>
    void Create(string path)
    {
        switch (file.Version())
        {
            case SchemaVersion: return;
            case not 0: throw file.Broken("another version of this terminal wrote it", "install that version");
        }
        var epoch = RandomNumberGenerator.GetHexString(16, lowercase: true);
        file.Run($"""
            BEGIN IMMEDIATE;
            {Schema}
            INSERT INTO meta VALUES ('epoch', '{epoch}');
            PRAGMA user_version = {SchemaVersion};
            COMMIT;
            """);
        DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
