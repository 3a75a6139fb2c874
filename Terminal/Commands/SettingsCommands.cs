using System.CommandLine;

namespace Terminal.Commands;

/// <summary><c>settings</c>.</summary>
static class SettingsCommands
{
    public static Command Settings => new("settings", "The settings file")
    {
        Verb.Of("check", "Reads settings and keys as run would, and says what is wrong", args =>
        {
            Provision.Check(Verb.Read(args), note => Verb.Say($"note: {note}\n"));
            return Verb.Say("settings: good\n");
        }),
        Verb.Of("schema", "JSON schema of the settings file: every key, its default and limits",
            _ => Verb.Say(Terminal.Settings.Schema)),
    };
}
