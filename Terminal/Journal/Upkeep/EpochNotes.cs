using System.Text.Json;
using Terminal.Device;

namespace Terminal.Journal.Upkeep;

/// <summary>
/// The entries in which a new epoch tells of the one before. They are about the terminal itself, not a payment.
/// </summary>
static class EpochNotes
{
    /// <summary>The most sequences in one list, so that it fits into one body.</summary>
    public const int MostCarried = 150;

    const int LongestVerdict = 200;

    /// <summary>The first entry: which epoch ended where, as far as it could be read.</summary>
    public static (string Kind, byte[] Body) Began(string before, CarryOver old, int carried) =>
        Note("epoch-began", json =>
        {
            json.WriteString("before", before);
            json.WriteNumber("last", old.Last.Sequence);
            json.WriteString("hash", Convert.ToHexStringLower(old.Last.Hash));
            json.WriteNumber("acknowledged", old.Acknowledged);
            json.WriteNumber("carried", carried);
        });

    /// <summary>One damaged entry of the epoch before; sequence 0 for all of it.</summary>
    public static (string Kind, byte[] Body) Evidence(Damage damage) => Note("evidence", json =>
    {
        json.WriteNumber("sequence", damage.Sequence);
        json.WriteString("verdict", damage.Verdict[..Math.Min(damage.Verdict.Length, LongestVerdict)]);
    });

    /// <summary>The next entries repeat these of the epoch before in kind, payment, time and body.</summary>
    public static (string Kind, byte[] Body) Carried(IEnumerable<long> sequences) => Note("carried", json =>
    {
        json.WriteStartArray("sequences");
        foreach (var sequence in sequences)
        {
            json.WriteNumberValue(sequence);
        }
        json.WriteEndArray();
    });

    static (string, byte[]) Note(string kind, Action<Utf8JsonWriter> write) => (kind, Json.Object(write));
}
