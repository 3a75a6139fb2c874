using System.CommandLine;

namespace Terminal.Commands;

/// <summary><c>settings</c>.</summary>
static class SettingsCommands
{
    public static Command Settings => new("settings", "The settings file")
    {
        Cli.Of("check", "Reads settings and keys as run would, and says what is wrong", args =>
        {
            Provision.Check(Cli.Read(args), note => Cli.Say($"note: {note}\n"));
            return Cli.Say("settings: good\n");
        }),
        Cli.Of("schema", "JSON schema of the settings file: every key, its default and limits",
            _ => Cli.Say(Terminal.Settings.Schema)),
    };
}
