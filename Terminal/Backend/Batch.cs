using System.Text.Json;
using Terminal.Journal;

namespace Terminal.Backend;

/// <summary>A run of journal entries in one message, byte for byte as they were hashed.</summary>
/// <remarks>
/// {"v":1,"tid":"…","epoch":"…","from":5,"n":2,"prev":"hash of entry 4","recs":[{"seq":5,"kind":"…","payment":"…",
/// "ms":0,"hash":"…","body":"base64"}, …]}. Hashes are lower-case hex, chained as <see cref="Chain"/> says.
/// </remarks>
static class Batch
{
    // Braces, names, numbers and hashes at their longest; escaped, a character of a name may take six.
    const int Frame = 320;
    const int Record = 256;

    /// <summary>
    /// How many of <paramref name="entries"/>, counted from the first, fit into a message of this many bytes; may be 0.
    /// </summary>
    public static int Fit(IReadOnlyList<Entry> entries, int limit)
    {
        long size = Frame;
        for (var i = 0; i < entries.Count; i++)
        {
            size += Longest(entries[i]);
            if (size > limit)
            {
                return i;
            }
        }
        return entries.Count;
    }

    /// <param name="entries">At least one, in order.</param>
    /// <param name="previous">Hash of the entry before the first.</param>
    public static byte[] Write(string terminalId, string epoch, IReadOnlyList<Entry> entries, byte[] previous) =>
        Envelope.Of(json =>
        {
            json.WriteString("tid", terminalId);
            json.WriteString("epoch", epoch);
            json.WriteNumber("from", entries[0].Sequence);
            json.WriteNumber("n", entries.Count);
            json.WriteString("prev", Convert.ToHexStringLower(previous));
            json.WriteStartArray("recs");
            foreach (var entry in entries)
            {
                Write(json, entry);
            }
            json.WriteEndArray();
        });

    static void Write(Utf8JsonWriter json, Entry entry)
    {
        json.WriteStartObject();
        json.WriteNumber("seq", entry.Sequence);
        json.WriteString("kind", entry.Kind);
        json.WriteString("payment", entry.PaymentId);
        json.WriteNumber("ms", entry.UnixMilliseconds);
        json.WriteString("hash", Convert.ToHexStringLower(entry.Hash));
        json.WriteBase64String("body", entry.Body);
        json.WriteEndObject();
    }

    static long Longest(Entry entry) =>
        Record + (6L * (entry.Kind.Length + entry.PaymentId.Length)) + ((entry.Body.Length + 2L) / 3 * 4);
}
