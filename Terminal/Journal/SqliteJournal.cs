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
        CREATE INDEX entry_payment ON entry (payment_id) WHERE head_fingerprint IS NOT NULL;
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
    readonly SqliteQuery headsByReceipt, keepMeta, dropEntries;

    /// <summary>Opens the journal.</summary>
    /// <param name="create">Make one where there is no file, or an empty one.</param>
    /// <param name="origin">Of a journal that is made; a fresh one if left out.</param>
    /// <exception cref="JournalFailedException">In use, not ours, damaged or not writable.</exception>
    public SqliteJournal(string path, bool create = true, Origin? origin = null)
    {
        if (create && !SqliteFile.HoldsAnything(path))
        {
            Create(path, origin ?? Origin.Fresh());
        }
        file = new(path, create: false);
        try
        {
            if (file.Version() != SchemaVersion)
            {
                throw file.Broken("another version of this terminal wrote it", "install that version");
            }
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
                $"{SelectHead} WHERE payment_id = ? AND head_fingerprint IS NOT NULL ORDER BY sequence DESC LIMIT 1");
            headByFingerprint = file.Prepare(
                $"{SelectHead} WHERE head_fingerprint = ? ORDER BY sequence DESC LIMIT 1");
            headsByReceipt = file.Prepare(
                $"{SelectHead} WHERE head_receipt = ? AND sequence >= ? ORDER BY sequence DESC");
            newestHead = file.Prepare($"{SelectHead} WHERE head_open IS NOT NULL ORDER BY sequence DESC LIMIT 1");
            keepMeta = file.Prepare("INSERT OR REPLACE INTO meta VALUES (?, ?)");
            dropEntries = file.Prepare("DELETE FROM entry WHERE sequence <= ?");

            Epoch = Meta("epoch") ?? throw file.Broken("it has no epoch");
            Anchor = Anchor.Parse(Meta("anchor") ?? "") ?? throw file.Broken("its anchor is damaged");
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

    public Anchor Anchor
    {
        get => Volatile.Read(ref field);
        private set => Volatile.Write(ref field, value);
    }

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
                keepMeta.With("acknowledged").With(upto.ToString()).Run();
                Acknowledged = upto;
            }
        }
    }

    public void Drop(Anchor upto)
    {
        lock (gate)
        {
            file.ThrowIfBroken();
            if (upto.Sequence > Acknowledged)
            {
                throw file.Broken($"entry {upto.Sequence} was to be dropped, but is not acknowledged");
            }
            begin.Run();
            dropEntries.With(upto.Sequence).Run();
            keepMeta.With("anchor").With(upto.ToString()).Run();
            commit.Run();
            Anchor = upto;
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

    public IReadOnlyList<Head> FindByReceipt(int receipt, long from) =>
        One(() => headsByReceipt.With(receipt).With(from).Rows(ReadHead));

    public long Checkpoint(long least) => One(() => file.Checkpoint(least));

    public IReadOnlyList<string> Inspect() =>
        One(() => file.Prepare("PRAGMA integrity_check").Rows(row => row.Text(0, int.MaxValue))) switch
        {
            ["ok"] => [],
            var found => found,
        };

    public IEnumerable<Copied>? Backup(string path) => SqliteCopy.Slices(file, path, gate);

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
        var before = Last?.Sequence ?? Anchor.Sequence;
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
        var text = Meta("acknowledged") ?? Anchor.Sequence.ToString();
        return long.TryParse(text, out var upto)
            && upto >= Anchor.Sequence && upto <= (Last?.Sequence ?? Anchor.Sequence)
            ? upto
            : throw file.Broken($"it says that entry {text} was acknowledged");
    }

    string? Meta(string name) =>
        file.Prepare("SELECT value FROM meta WHERE name = ?").With(name).First(row => row.Text(0, 100));

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

    /// <summary>Made aside and renamed when it is whole: a power cut leaves a journal or none, never half.</summary>
    static void Create(string path, Origin origin)
    {
        var aside = path + ".new";
        try
        {
            foreach (var leftover in (string[])[aside, aside + "-wal", aside + "-journal"])
            {
                File.Delete(leftover);
            }
            using (var file = new SqliteFile(aside, create: true))
            {
                file.Run($"""
                    BEGIN IMMEDIATE;
                    {Schema}
                    INSERT INTO meta VALUES ('epoch', '{origin.Epoch}'), ('anchor', '{origin.Anchor}');
                    PRAGMA user_version = {SchemaVersion};
                    COMMIT;
                    """);
                file.Run("PRAGMA wal_checkpoint(TRUNCATE)"); // Closing does it too, but tells nobody when it fails.
            }
            File.Move(aside, path, overwrite: true);
            DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalFailedException(
                $"journal {path}: {e.Message}; check that its directory exists and that this user may write there", e);
        }
    }
}
