using LiteDB;

namespace Terminal.Journal;

/// <summary>
/// Entries and heads as LiteDB's documents. A damaged document promises anything: types and lengths are checked where
/// they are read, and <see cref="FormatException"/> says what cannot be.
/// </summary>
static class LiteDbDocuments
{
    const int LongestText = 128;

    /// <summary>_id sequence, p payment, k kind, t Unix ms, b body, h hash.</summary>
    public static BsonDocument Write(Entry entry) => new()
    {
        ["_id"] = entry.Sequence,
        ["p"] = entry.PaymentId,
        ["k"] = entry.Kind,
        ["t"] = entry.UnixMilliseconds,
        ["b"] = entry.Body,
        ["h"] = entry.Hash,
    };

    /// <summary>_id first sequence, p payment, r receipt, f fingerprint, o open, l last sequence.</summary>
    public static BsonDocument Write(Head head) => new()
    {
        ["_id"] = head.FirstSequence,
        ["p"] = head.PaymentId,
        ["r"] = head.Receipt,
        ["f"] = head.Fingerprint,
        ["o"] = head.Open,
        ["l"] = head.LastSequence,
    };

    public static Entry ReadEntry(BsonDocument d) => new(
        Number(d["_id"]), Text(d["p"]), Text(d["k"]), Number(d["t"]),
        Bytes(d["b"], Entry.MaxBody), Bytes(d["h"], Chain.HashLength));

    public static Head ReadHead(BsonDocument d) => new(
        Text(d["p"]), d["r"] is { IsInt32: true } r ? r : throw Odd("receipt"), Text(d["f"]),
        d["o"] is { IsBoolean: true } o ? o : throw Odd("flag"), Number(d["_id"]), Number(d["l"]));

    public static long Number(BsonValue value) => value.IsInt64 ? value : throw Odd("number");

    public static string Text(BsonValue value) =>
        value is { IsString: true, AsString: { Length: <= LongestText } text } ? text : throw Odd("text");

    /// <summary>Documents by their _id, up to a limit.</summary>
    public static List<BsonDocument> Page(
        ILiteCollection<BsonDocument> collection, string condition, long from, int limit) =>
        [.. collection.Find(BsonExpression.Create(condition, from), skip: 0, limit)];

    /// <summary>The one with the highest _id.</summary>
    public static BsonDocument? Newest(ILiteCollection<BsonDocument> collection) =>
        collection.Find(Query.All(Query.Descending), skip: 0, limit: 1).FirstOrDefault();

    static byte[] Bytes(BsonValue value, int longest) =>
        value is { IsBinary: true, AsBinary: var bytes } && bytes.Length <= longest ? bytes : throw Odd("blob");

    static FormatException Odd(string what) => new($"a {what} in it cannot be");
}
