using System.Text;
using System.Text.Json;
using Terminal;
using Terminal.Device;

namespace Sandbox.Fuzz;

/// <summary>The settings file. A wrong one is told by its key, never by a stack trace.</summary>
sealed class SettingsTarget : FuzzTarget
{
    readonly string folder = Directory.CreateTempSubdirectory("terminal-fuzz-").FullName;

    public SettingsTarget() : base("settings")
    {
        File.WriteAllText(Path.Combine(folder, "key.pem"), "");
        Directory.CreateDirectory(Path.Combine(folder, "state"));
    }

    public override int Share => 200;

    public override void Take(byte[] input)
    {
        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(input), Settings.Lenient);
            var settings = Settings.Read(new SettingsSection(json.RootElement, "", folder));
            CountDeep();
            Expect(settings.TerminalId.Length is > 0 and <= 32, "an id within its limit");
        }
        catch (Exception e) when (e is JsonException or SettingsException)
        {
            Expect(e.Message.Length > 0, "says what is wrong");
        }
    }

    public override void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        base.Dispose();
    }
}
