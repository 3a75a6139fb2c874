using System.Text.Json;
using Terminal.Journal;

namespace Sandbox.Fuzz;

/// <summary>A whole damaged file, salvaged: each line of the answer is one JSON object.</summary>
sealed class SalvageTarget() : FuzzTarget("salvage")
{
    readonly string file = Path.GetTempFileName();

    public override int Share => 1;

    /// <summary>Its window, twice as text.</summary>
    public override long MostBytes => 16 * 1024 * 1024;

    public override void Take(byte[] input)
    {
        File.WriteAllBytes(file, input);
        var text = new StringWriter();
        JournalText.Salvage(file, text);
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
        File.Delete(file);
        base.Dispose();
    }
}
