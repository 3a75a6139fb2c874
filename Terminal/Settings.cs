using System.Text;
using System.Text.Json;
using Serilog.Events;
using Terminal.Acquirer;
using Terminal.Backend;
using Terminal.Device;
using Terminal.Ecr;
using Terminal.Journal;
using Terminal.Journal.Upkeep;
using Terminal.Panel;
using Terminal.Payments;
using Terminal.Scanner;

namespace Terminal;

/// <summary>The settings file: JSON with comments, every key checked before anything starts.</summary>
/// <param name="StateFolder">Where the journal, this device's key and the control socket are.</param>
sealed record Settings(string TerminalId, string StateFolder, EcrSettings Ecr, AmsSettings Acquirer)
{
    internal static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 8,
    };

    /// <summary>JSON schema of the file, for editors and provisioning.</summary>
    public static string Schema
    {
        get
        {
            using var text = typeof(Settings).Assembly.GetManifestResourceStream("settings.schema.json")!;
            return new StreamReader(text).ReadToEnd();
        }
    }

    /// <summary>Null: every code comes from the ECR.</summary>
    public ScannerSettings? Scanner { get; init; }

    public Policy Policy { get; init; } = Policy.Default;

    public PanelSettings Panel { get; init; } = new();

    /// <summary>Null: the journal stays here.</summary>
    public BackendSettings? Backend { get; init; }

    public JournalSettings Journal { get; init; } = new();

    /// <summary>Null: no log files, only the console.</summary>
    public string? LogFolder { get; init; }

    public LogEventLevel LogLevel { get; init; } = LogEventLevel.Information;

    /// <summary>Free space where the journal is.</summary>
    public long FreeBytes() => Room.FreeBytes(StateFolder);

    /// <summary>No connection relies on the authorities that the system trusts.</summary>
    public bool NamesAllAuthorities =>
        Acquirer.CaFile is not null && Backend is null or { Tls: null or { Ca: not null } };

    public string CodeKey => Path.Combine(StateFolder, "code.key");

    public string Control => ControlIn(StateFolder);

    /// <exception cref="SettingsException">Names the key, its value and what is allowed.</exception>
    public static Settings Read(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(SettingsText.Read(file), Lenient);
            return Read(new SettingsSection(json.RootElement, "", Path.GetDirectoryName(Path.GetFullPath(file))!));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException("--settings", $"{file}, which cannot be read ({e.Message})", "a readable file");
        }
        catch (JsonException e)
        {
            throw new SettingsException("--settings", $"{file}, which is not JSON ({e.Message})", "a JSON file");
        }
    }

    /// <param name="top">The whole file.</param>
    public static Settings Read(SettingsSection top)
    {
        top.Optional("$schema"); // Editors look for it.
        var log = top.Section("log");
        var state = top.File("state", mustExist: false, "/var/lib/terminal");
        DemandFolder(state);
        var control = Encoding.UTF8.GetByteCount(ControlIn(state));
        if (control > ControlSocket.LongestPath)
        {
            throw new SettingsException(
                "state", $"\"{state}\", in which the control socket's name has {control} bytes",
                $"a folder with a name of at most {ControlSocket.LongestPath - ControlIn("").Length - 1} bytes");
        }
        var terminalId = top.Text("terminalId", longest: 32);
        if (!terminalId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw new SettingsException("terminalId", $"\"{terminalId}\"", "letters, digits, - and _");
        }
        var panel = PanelSettings.Read(top.Section("panel"));
        var ecr = EcrSettings.Read(top.Section("ecr")) with
        {
            HasDisplay = panel.Display != DisplayKind.None,
            HasHeadOffice = top.Has("backend"),
            Codes = CodeTable.From(top.Section("wallets")),
        };
        var settings = new Settings(
            terminalId,
            state,
            ecr,
            AmsSettings.Read(top.Section("acquirer")))
        {
            Policy = Policy.Default with
            {
                AwaitCode = ecr.CodeWait,
                HoldForPerson = ReadOnUnknown(top.Section("delivery")),
            },
            Scanner = top.Has("scanner") ? ScannerSettings.Read(top.Section("scanner")) : null,
            Panel = panel,
            Backend = top.Has("backend") ? BackendSettings.Read(top.Section("backend"), terminalId) : null,
            Journal = JournalSettings.Read(top.Section("journal")),
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

    /// <exception cref="JournalFailedException">The folder's disk does not answer: no setting helps.</exception>
    static void DemandFolder(string state)
    {
        try
        {
            if (File.GetAttributes(state).HasFlag(FileAttributes.Directory))
            {
                return;
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or PathTooLongException or
            UnauthorizedAccessException)
        {
            // Reported below.
        }
        catch (IOException e)
        {
            throw new JournalFailedException($"{state}: {e.Message}; next step: check that disk", e);
        }
        throw new SettingsException("state", $"\"{state}\", which does not exist", "an existing folder");
    }

    static string ControlIn(string state) => Path.Combine(state, "control");

    /// <summary>What becomes of an approval whose fate at the ECR is unknown: true holds it for a person.</summary>
    static bool ReadOnUnknown(SettingsSection section)
    {
        var hold = section.Choice("onUnknown", "reverse", "reverse", "hold-for-person") == "hold-for-person";
        section.End();
        return hold;
    }
}
