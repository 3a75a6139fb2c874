using System.Text.Json;
using Terminal.Journal;
using Terminal.Journal.Log;

namespace Sandbox.Fuzz;

/// <summary>A damaged segment, salvaged: each line of the answer is one JSON object.</summary>
sealed class SalvageTarget() : FuzzTarget("salvage")
{
    readonly string folder = Directory.CreateTempSubdirectory("salvage-").FullName;

    public override int Share => 1;

    /// <summary>Its window, twice as text.</summary>
    public override long MostBytes => 16 * 1024 * 1024;

    public override void Take(byte[] input)
    {
        File.WriteAllBytes(Path.Combine(folder, LogFiles.Slots[0]), input);
        var text = new StringWriter();
        using (var salvage = new Salvage(folder))
        {
            JournalText.Salvage(salvage, text);
        }
        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines)
        {
            using var json = JsonDocument.Parse(line);
            Expect(json.RootElement.ValueKind == JsonValueKind.Object, "one object a line");
        }
        if (lines.Length > 2)
        {
            CountDeep();
        }
    }

    public override void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        base.Dispose();
    }
}
