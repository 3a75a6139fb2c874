using System.Text.Json;
using Serilog.Events;
using Terminal.Acquirer;
using Terminal.Device;
using Terminal.Ecr;

namespace Terminal;

/// <summary>The settings file: JSON with comments, every key checked before anything starts.</summary>
/// <param name="StateFolder">Where the journal, this device's key and the control socket are.</param>
public sealed record Settings(string TerminalId, string StateFolder, EcrSettings Ecr, AmsSettings Acquirer)
{
    static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 8,
    };

    /// <summary>Null: no log files, only the console.</summary>
    public string? LogFolder { get; init; }

    public LogEventLevel LogLevel { get; init; } = LogEventLevel.Information;

    public string Journal => Path.Combine(StateFolder, "journal.db");

    public string CodeKey => Path.Combine(StateFolder, "code.key");

    public string Control => Path.Combine(StateFolder, "control");

    /// <exception cref="SettingsException">Names the key, its value and what is allowed.</exception>
    public static Settings Read(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file), Lenient);
            return Read(new SettingsSection(json.RootElement, "", Path.GetDirectoryName(Path.GetFullPath(file))!));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException("--settings", $"\"{file}\", which cannot be read ({e.Message})", "a readable file");
        }
        catch (JsonException e)
        {
            throw new SettingsException("--settings", $"\"{file}\", which is not JSON ({e.Message})", "a JSON file");
        }
    }

    static Settings Read(SettingsSection top)
    {
        var log = top.Section("log");
        var state = top.File("state", mustExist: false, "/var/lib/terminal");
        if (!Directory.Exists(state))
        {
            throw new SettingsException("state", $"\"{state}\", which does not exist", "the name of an existing folder");
        }
        var settings = new Settings(
            top.Text("terminalId", longest: 32),
            state,
            EcrSettings.Read(top.Section("ecr")),
            AmsSettings.Read(top.Section("acquirer")))
        {
            LogFolder = log.Has("folder") ? log.File("folder", mustExist: false) : null,
            LogLevel = log.Choice("level", "information", "debug", "information", "warning") switch
            {
                "debug" => LogEventLevel.Debug,
                "warning" => LogEventLevel.Warning,
                _ => LogEventLevel.Information,
            },
        };
        log.End();
        top.End();
        return settings;
    }
}
