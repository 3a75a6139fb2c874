using System.Collections.Concurrent;
using LiteDB;
using LiteDB.Engine;
using static Terminal.Journal.LiteDbDocuments;

namespace Terminal.Journal;

/// <summary>
/// The journal in LiteDB, with files of our own below it (<see cref="LiteDbLog"/>): a commit returns when it is on the
/// disk. Documents are made by hand: nothing is mapped, nothing depends on a culture or a clock.
/// </summary>
public sealed class LiteDbJournal : IJournal
{
    // Pages of 8 KiB in the log before they are moved into the data.
    const int CheckpointPages = 1000;

    // A transaction that failed half way throws when it is finalized, which would end the process: it never is.
    static readonly ConcurrentBag<LiteDatabase> Failed = [];

    readonly Lock gate = new();
    readonly string name;
    readonly LiteDbFiles files;
    readonly LiteDatabase database;

    // Open: the _id of every open head. Meta: _id name, v value. The others: LiteDbDocuments.
    readonly ILiteCollection<BsonDocument> entries, heads, open, meta;
    JournalFailedException? failure;

    /// <summary>Opens the journal in its folder.</summary>
    /// <inheritdoc cref="LiteDbJournal(LiteDbFiles, string, Origin?)"/>
    public LiteDbJournal(string folder, bool create = true, Origin? origin = null)
        : this(Open(folder, create), folder, origin)
    {
    }

    /// <param name="files">Are the journal's from now on.</param>
    /// <param name="name">For what it says of itself.</param>
    /// <param name="origin">Of a journal that is made; a fresh one if left out.</param>
    /// <exception cref="JournalFailedException">In use, not ours, damaged or not writable.</exception>
    public LiteDbJournal(LiteDbFiles files, string name, Origin? origin = null)
    {
        this.files = files;
        this.name = name;
        try
        {
            var settings = new EngineSettings
            {
                DataStream = files.Data,
                LogStream = files.Log,
                TempStream = new MemoryStream(),
                Collation = Collation.Binary,
            };
            database = new(new LiteEngine(settings), new BsonMapper()) { CheckpointSize = CheckpointPages };
            entries = database.GetCollection("entry");
            heads = database.GetCollection("head");
            open = database.GetCollection("open");
            meta = database.GetCollection("meta");
            Create(origin);
            Epoch = Meta("epoch") is { Length: Origin.EpochLength } epoch ? epoch : throw Broken("it has no epoch");
            Anchor = Anchor.Parse(Meta("anchor") ?? "") ?? throw Broken("its anchor is damaged");
            Last = Newest(entries) is { } last ? ReadEntry(last) : null;
            Acknowledged = ReadCursor();
        }
        catch (Exception e)
        {
            var failed = Fail(e);
            Dispose();
            throw failed;
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

    public void Append(IReadOnlyList<Entry> entries, IReadOnlyList<Head> heads) => Do(() =>
    {
        Commit(() =>
        {
            var before = Last?.Sequence ?? Anchor.Sequence;
            foreach (var entry in entries)
            {
                if (entry.Sequence != ++before)
                {
                    throw Broken($"entry {entry.Sequence} was to follow entry {before - 1}");
                }
                this.entries.Insert(Write(entry));
            }
            foreach (var head in heads)
            {
                Put(head, isNew: head.FirstSequence >= entries[0].Sequence);
            }
        });
        Last = entries[^1];
        return true;
    });

    public void Acknowledge(long upto) => Do(() =>
    {
        if (upto > Acknowledged)
        {
            Commit(() => Keep("acknowledged", upto.ToString()));
            Acknowledged = upto;
        }
        return true;
    });

    public void Drop(Anchor upto) => Do(() =>
    {
        if (upto.Sequence > Acknowledged)
        {
            throw Broken($"entry {upto.Sequence} was to be dropped, but is not acknowledged");
        }
        Commit(() =>
        {
            entries.DeleteMany(BsonExpression.Create("$._id <= @0", upto.Sequence));
            heads.DeleteMany(BsonExpression.Create("$._id <= @0", upto.Sequence));
            open.DeleteMany(BsonExpression.Create("$._id <= @0", upto.Sequence));
            Keep("anchor", upto.ToString());
        });
        Anchor = upto;
        return true;
    });

    public IReadOnlyList<Entry> Read(long from, int limit) =>
        Do(() => Page(entries, "$._id >= @0", from, limit).ConvertAll(ReadEntry));

    public IReadOnlyList<Entry> ReadPayment(Head head) => Do(() => entries
        .Find(BsonExpression.Create("$._id BETWEEN @0 AND @1", head.FirstSequence, head.LastSequence))
        .Where(d => d["p"] == head.PaymentId).Select(ReadEntry).ToList());

    public IReadOnlyList<Head> ReadHeads(long from, int limit) =>
        Do(() => Page(heads, "$._id >= @0", from, limit).ConvertAll(ReadHead));

    public IReadOnlyList<Head> OpenHeads() => Do(() => open.FindAll().Select(d => d["_id"]).Order().ToList().ConvertAll(
        id => heads.FindById(id) is { } head ? ReadHead(head) : throw Broken($"open payment {id} has no head")));

    public Head? Find(string paymentId) => Do(() => NewestOf("$.p = @0", paymentId));

    public Head? FindByFingerprint(string fingerprint) => Do(() => NewestOf("$.f = @0", fingerprint));

    public IReadOnlyList<Head> FindByReceipt(int receipt, long from) => Do<IReadOnlyList<Head>>(() =>
        [.. heads.Find(BsonExpression.Create("$.r = @0", receipt)).Where(d => d["_id"].AsInt64 >= from)
            .OrderByDescending(d => d["_id"]).Select(ReadHead)]);

    public Head? NewestHead() => Do(() => Newest(heads) is { } head ? ReadHead(head) : null);

    public long Checkpoint(long least) => Do(() =>
    {
        if (files.Log.Length >= least)
        {
            database.Checkpoint();
        }
        return files.Log.Length;
    });

    public void Dispose()
    {
        lock (gate)
        {
            if (failure is not null)
            {
                files.Dispose(); // First: what failed stays on the disk as it is.
                if (database is not null)
                {
                    Failed.Add(database);
                }
            }
            database?.Dispose();
            files.Dispose();
            failure ??= new($"journal {name} is closed");
        }
    }

    /// <summary>One call at a time; after the first that fails, none.</summary>
    T Do<T>(Func<T> work)
    {
        lock (gate)
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
                throw Fail(e);
            }
        }
    }

    /// <summary>LiteDB's transactions belong to a thread, so this waits for nothing in between.</summary>
    void Commit(Action write)
    {
        if (!database.BeginTrans())
        {
            throw Broken("a transaction was left open");
        }
        write();
        if (!database.Commit())
        {
            throw Broken("a transaction was lost");
        }
    }

    /// <summary>Collections, indexes and epoch, if a power cut did not leave them; the epoch comes last.</summary>
    void Create(Origin? origin)
    {
        if (Meta("epoch") is not null)
        {
            return;
        }
        if (Newest(entries) is not null)
        {
            throw Broken("it has no epoch");
        }
        heads.EnsureIndex("p", "$.p");
        heads.EnsureIndex("f", "$.f");
        heads.EnsureIndex("r", "$.r");
        origin ??= Origin.Fresh();
        Commit(() =>
        {
            Keep("anchor", origin.Anchor.ToString());
            Keep("acknowledged", origin.Anchor.Sequence.ToString());
            Keep("epoch", origin.Epoch);
        });
    }

    void Put(Head head, bool isNew)
    {
        var before = isNew ? entries.FindById(head.FirstSequence) : heads.FindById(head.FirstSequence);
        if (before is null || before["p"] != head.PaymentId)
        {
            throw Broken($"entry {head.FirstSequence} does not begin payment {head.PaymentId}");
        }
        heads.Upsert(Write(head));
        if (head.Open)
        {
            open.Upsert(new BsonDocument { ["_id"] = head.FirstSequence });
        }
        else
        {
            open.Delete(head.FirstSequence);
        }
    }

    void Keep(string key, string value) => meta.Upsert(new BsonDocument { ["_id"] = key, ["v"] = value });

    string? Meta(string key) => meta.FindById(key) is { } kept ? Text(kept["v"]) : null;

    long ReadCursor()
    {
        var text = Meta("acknowledged");
        return long.TryParse(text, out var upto)
            && upto >= Anchor.Sequence && upto <= (Last?.Sequence ?? Anchor.Sequence)
            ? upto
            : throw Broken($"it says that entry {text} was acknowledged");
    }

    /// <summary>Of those that match; they are few.</summary>
    Head? NewestOf(string condition, string value) =>
        heads.Find(BsonExpression.Create(condition, value)).MaxBy(d => d["_id"]) is { } head ? ReadHead(head) : null;

    JournalFailedException Fail(Exception e) => failure ??= e as JournalFailedException ?? Broken(e.Message, e);

    JournalFailedException Broken(string problem, Exception? inner = null) => failure ??= new(
        $"journal {name}: {problem}; keep its folder untouched, then start with a new epoch", inner)
    { IsDamage = inner is not IOException };

    static LiteDbFiles Open(string at, bool create)
    {
        try
        {
            return LiteDbFiles.Open(at, create);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new JournalFailedException($"journal {at}: {e.Message}", e) { IsDamage = e is InvalidDataException };
        }
    }
}
