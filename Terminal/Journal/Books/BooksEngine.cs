using System.Collections.Concurrent;
using LiteDB;
using LiteDB.Engine;

namespace Terminal.Journal.Books;

/// <summary>
/// LiteDB's engine over our pages. Expressions have parameters, because LiteDB keeps every text that it has parsed for
/// ever. Each uses an index, because a native program interprets expressions slowly.
/// </summary>
sealed class BooksEngine(PageFile pages) : IDisposable
{
    // LiteDB keeps what it reads until the next commit, up to 13 MiB. Opening it again costs only a few pages.
    const int ReadsUntilReopened = 500;

    // A LiteDB transaction that failed half way throws in its finalizer, which would end the process.
    static readonly ConcurrentBag<LiteEngine> Abandoned = [];

    LiteEngine engine = Open(pages);
    long readsBefore = pages.Reads;
    bool isAbandoned;

    public void AddIndexes(string collection, params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            engine.EnsureIndex(collection, field, BsonExpression.Create($"$.{field}"), unique: false);
        }
    }

    /// <summary>
    /// All or nothing. The changes reach the pages at once, so that LiteDB's log in memory stays short.
    /// </summary>
    public void Commit(Action write)
    {
        if (!engine.BeginTrans())
        {
            throw new BooksBrokenException("a transaction was left open");
        }
        write();
        if (!engine.Commit())
        {
            throw new BooksBrokenException("a transaction was lost");
        }
        engine.Checkpoint();
        readsBefore = pages.Reads;
    }

    public void Insert(string collection, IEnumerable<BsonDocument> documents) =>
        engine.Insert(collection, documents, BsonAutoId.Int64);

    /// <summary>Inserts a document, or replaces the one with the same _id.</summary>
    public void Put(string collection, IEnumerable<BsonDocument> documents) =>
        engine.Upsert(collection, documents, BsonAutoId.Int64);

    public void Delete(string collection, string condition, BsonValue value) =>
        engine.DeleteMany(collection, BsonExpression.Create(condition, value));

    /// <summary>In the order of the index that the condition uses.</summary>
    public List<BsonDocument> Find(string collection, string condition, BsonValue value, int limit) =>
        Ask(collection, new() { Where = { BsonExpression.Create(condition, value) }, Limit = limit });

    public List<BsonDocument> Between(
        string collection, string field, (long First, long Last) keys, int limit, bool newestFirst = false)
    {
        var query = new Query
        {
            Where = { BsonExpression.Create($"$.{field} BETWEEN @0 AND @1", keys.First, keys.Last) },
            OrderBy = BsonExpression.Create($"$.{field}"),
            Order = newestFirst ? Query.Descending : Query.Ascending,
            Limit = limit,
        };
        return Ask(collection, query);
    }

    /// <summary>Called between two calls: frees the memory of what was read.</summary>
    public void Trim()
    {
        if (pages.Reads - readsBefore > ReadsUntilReopened)
        {
            engine.Dispose();
            (engine, readsBefore) = (Open(pages), pages.Reads);
        }
    }

    /// <summary>Called after a failure: the engine is neither used nor cleaned up any more.</summary>
    public void Abandon()
    {
        isAbandoned = true;
        Abandoned.Add(engine);
    }

    public void Dispose()
    {
        if (isAbandoned)
        {
            return;
        }
        try
        {
            engine.Dispose();
        }
        catch (Exception) // It is not cleaned up completely, so it must not be finalized.
        {
            Abandon();
        }
    }

    static LiteEngine Open(PageFile pages) => new(new EngineSettings
    {
        DataStream = new PageStream(pages),
        LogStream = new MemoryStream(),
        TempStream = new MemoryStream(),
        Collation = Collation.Binary,
    });

    List<BsonDocument> Ask(string collection, Query query)
    {
        using var reader = engine.Query(collection, query);
        var found = new List<BsonDocument>();
        while (reader.Read())
        {
            found.Add(reader.Current.AsDocument);
        }
        return found;
    }
}
