using System.Buffers;
using System.Text.Json;
using Terminal.Journal;

namespace Terminal.Backend;

/// <summary>
/// The head office has committed every entry of this epoch up to <paramref name="Upto"/>. Acknowledgements are
/// cumulative, so a later one makes up for a lost one.
/// </summary>
/// <remarks>{"v":1,"epoch":"…","upto":7,"hash":"…","need":[[8,9]]}</remarks>
/// <param name="Upto">0: nothing yet.</param>
/// <param name="Hash">Hash of entry <paramref name="Upto"/>, as stored there; 32 zero bytes for 0.</param>
/// <param name="Need">
/// Entries to send again; at most <see cref="MostRanges"/> ranges, the rest is requested later.
/// </param>
sealed record Ack(string Epoch, long Upto, byte[] Hash, IReadOnlyList<EntryRange> Need)
{
    public const int MostRanges = 8;
    public const int Longest = 4096;

    const int LongestEpoch = 64;

    /// <summary>Null for anything that is not an acknowledgement. Unknown members are ignored.</summary>
    public static Ack? Parse(ReadOnlyMemory<byte> payload)
    {
        if (payload.Length > Longest)
        {
            return null;
        }
        try
        {
            using var document = JsonDocument.Parse(payload, new() { MaxDepth = 8, AllowDuplicateProperties = false });
            return Parse(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // Not JSON, a member of the wrong type, or text that is not valid Unicode.
            return null;
        }
    }

    static Ack? Parse(JsonElement root)
    {
        var hash = new byte[Chain.HashLength];
        return root.ValueKind == JsonValueKind.Object
            && root.TryGetProperty("v", out var version) && version.TryGetInt32(out var v) && v == 1
            && root.TryGetProperty("epoch", out var e) && e.GetString() is { Length: > 0 and <= LongestEpoch } epoch
            && root.TryGetProperty("upto", out var u) && u.TryGetInt64(out var upto) && upto >= 0
            && root.TryGetProperty("hash", out var h) && h.GetString() is { Length: 2 * Chain.HashLength } hex
            && Convert.FromHexString(hex, hash, out _, out _) == OperationStatus.Done
            ? new(epoch, upto, hash, Ranges(root))
            : null;
    }

    /// <summary>The valid ranges. An invalid request does not make the acknowledgement doubtful.</summary>
    static List<EntryRange> Ranges(JsonElement root)
    {
        var ranges = new List<EntryRange>();
        if (root.TryGetProperty("need", out var need) && need.ValueKind == JsonValueKind.Array)
        {
            foreach (var pair in need.EnumerateArray().Take(MostRanges))
            {
                if (pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2
                    && Number(pair[0]) is var from and >= 1 && Number(pair[1]) is var to && from <= to)
                {
                    ranges.Add(new(from, to));
                }
            }
        }
        return ranges;
    }

    static long Number(JsonElement e) => e.ValueKind == JsonValueKind.Number && e.TryGetInt64(out var n) ? n : 0;
}
