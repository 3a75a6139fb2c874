using System.Text.Json;
using Terminal.Journal;

namespace Sandbox.Backend;

/// <summary>A journal batch as the head office reads it.</summary>
sealed record Delivered(string TerminalId, string Epoch, IReadOnlyList<Entry> Entries)
{
    const int MostEntries = 10_000;

    /// <summary>Null for anything else.</summary>
    public static Delivered? Parse(byte[] payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            var root = document.RootElement;
            var records = root.GetProperty("recs");
            return records.GetArrayLength() is > 0 and <= MostEntries
                ? new(
                    root.GetProperty("tid").GetString()!, root.GetProperty("epoch").GetString()!,
                    [.. records.EnumerateArray().Select(ReadEntry)])
                : null;
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The epoch that a hello names; null for anything else.</summary>
    public static string? ParseHello(byte[] payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return document.RootElement.GetProperty("epoch").GetString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    static Entry ReadEntry(JsonElement json) => new(
        json.GetProperty("seq").GetInt64(),
        json.GetProperty("payment").GetString()!,
        json.GetProperty("kind").GetString()!,
        json.GetProperty("ms").GetInt64(),
        json.GetProperty("body").GetBytesFromBase64(),
        Convert.FromHexString(json.GetProperty("hash").GetString()!));
}
