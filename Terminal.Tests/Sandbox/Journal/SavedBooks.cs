using System.Text;
using LiteDB;
using Terminal.Journal;
using Terminal.Journal.Log;

namespace Sandbox.Journal;

/// <summary>The books that lie on a disk, as anybody reads them who has LiteDB and knows their fields.</summary>
static class SavedBooks
{
    /// <exception cref="InvalidDataException">LiteDB cannot read them.</exception>
    public static (List<Entry> Entries, List<Head> Heads) Read(IDisk disk)
    {
        try
        {
            return ReadAll(disk);
        }
        catch (Exception e) when (e is not IOException)
        {
            throw new InvalidDataException($"books that LiteDB cannot read: {e.Message}", e);
        }
    }

    static (List<Entry>, List<Head>) ReadAll(IDisk disk)
    {
        using var database = new LiteDatabase(new MemoryStream(disk.FileOf("books.db")));
        return (
            [.. database.GetCollection("entry").FindAll().Select(Entry).OrderBy(e => e.Sequence)],
            [.. database.GetCollection("head").FindAll().Select(Head).OrderBy(h => h.FirstSequence)]);
    }

    static Entry Entry(BsonDocument d) => new(
        d["_id"].AsInt64, d["p"].AsString, d["k"].AsString, d["t"].AsInt64,
        d["b"].IsString ? Encoding.UTF8.GetBytes(d["b"].AsString) : d["b"].AsBinary, d["h"].AsBinary);

    static Head Head(BsonDocument d) => new(
        d["p"].AsString, d["r"].AsInt32, d["f"].AsString, d["o"].AsBoolean, d["_id"].AsInt64, d["l"].AsInt64);
}
