using System.Text;
using System.Text.Unicode;
using LiteDB;
using static Terminal.Journal.Books.PageFormat;

namespace Terminal.Journal.Books;

/// <summary>
/// Turns entries and heads into LiteDB's documents by hand, so that nothing depends on mapping, culture or clock.
/// </summary>
/// <remarks>
/// <code>
/// entry  _id sequence, p payment, k kind, t Unix ms, b body (text if it is UTF-8), h hash
/// head   _id first sequence, p payment, r receipt, f fingerprint, o open, l last sequence; pk, fk, rk find p, f, r
/// </code>
/// </remarks>
static class BooksDocuments
{
    // A key begins with the number of its stretch. So the keys of new heads lie side by side in the index, whatever
    // their payments and fingerprints, and feeding them touches few pages of a long journal.
    const int StretchBits = 14, NameBits = 24;

    /// <summary>The stretch that an entry belongs to.</summary>
    public static long Stretch(long sequence) => sequence >> StretchBits;

    /// <summary>Finds the heads with a receipt number in one stretch, in the order of their first entries.</summary>
    public static (long First, long Last) KeysOf(long stretch, int receipt) => KeysOf(stretch, (uint)receipt);

    /// <summary>The same for a payment or a fingerprint; other heads may have the same key.</summary>
    public static (long First, long Last) KeysOf(long stretch, string name) =>
        KeysOf(stretch, Crc(Encoding.UTF8.GetBytes(name)));

    public static BsonDocument Write(Entry entry) => new()
    {
        ["_id"] = entry.Sequence,
        ["p"] = entry.PaymentId,
        ["k"] = entry.Kind,
        ["t"] = entry.UnixMilliseconds,
        ["b"] = Utf8.IsValid(entry.Body) ? Encoding.UTF8.GetString(entry.Body) : entry.Body,
        ["h"] = entry.Hash,
    };

    public static BsonDocument Write(Head head) => new()
    {
        ["_id"] = head.FirstSequence,
        ["p"] = head.PaymentId,
        ["r"] = head.Receipt,
        ["f"] = head.Fingerprint,
        ["o"] = head.Open,
        ["l"] = head.LastSequence,
        ["pk"] = KeyIn(KeysOf(Stretch(head.FirstSequence), head.PaymentId), head),
        ["fk"] = KeyIn(KeysOf(Stretch(head.FirstSequence), head.Fingerprint), head),
        ["rk"] = KeyIn(KeysOf(Stretch(head.FirstSequence), head.Receipt), head),
    };

    public static Head ReadHead(BsonDocument d) => new(
        d["p"].AsString, d["r"].AsInt32, d["f"].AsString, d["o"].AsBoolean, d["_id"].AsInt64, d["l"].AsInt64);

    static (long First, long Last) KeysOf(long stretch, uint name)
    {
        var first = (stretch << (NameBits + StretchBits)) | ((name & ((1L << NameBits) - 1)) << StretchBits);
        return (first, first | ((1L << StretchBits) - 1));
    }

    static long KeyIn((long First, long Last) keys, Head head) =>
        keys.First | (head.FirstSequence & ((1L << StretchBits) - 1));
}
