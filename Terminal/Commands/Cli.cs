using System.CommandLine;
using System.CommandLine.Parsing;
using Terminal.Device;
using Terminal.Journal;

namespace Terminal.Commands;

/// <summary>What the commands have in common: how one is made, the settings file, and where an answer goes.</summary>
static class Cli
{
    public static readonly Option<string> SettingsFile = new("--settings", "-s")
    {
        Description = "Settings file",
        HelpName = "FILE",
        DefaultValueFactory = _ => "/etc/terminal/terminal.json",
        Recursive = true,
        Validators = { o => DemandName(o, o.GetValue(SettingsFile!)) },
    };

    /// <param name="takes">Arguments and options.</param>
    public static Command Of(string name, string meaning, Func<ParseResult, int> run, params Symbol[] takes)
    {
        var verb = new Command(name, meaning);
        foreach (var symbol in takes)
        {
            switch (symbol)
            {
                case Argument a: verb.Arguments.Add(a); break;
                case Option o: verb.Options.Add(o); break;
            }
        }
        verb.SetAction(run);
        return verb;
    }

    public static Settings Read(ParseResult args) => Settings.Read(args.GetValue(SettingsFile)!);

    public static JournalPlace Place(ParseResult args) => new(Read(args).StateFolder);

    public static void DemandName(SymbolResult result, string? name)
    {
        if (name is null or "")
        {
            result.AddError("FILE must be the name of a file.");
        }
    }

    public static int Say(string text)
    {
        Console.Write(text);
        return ExitStatus.Success;
    }

    /// <summary>Asks the running service and prints its answer.</summary>
    public static int Ask(ParseResult args, params string[] words)
    {
        var settings = Read(args);
        if (ControlSocket.Ask(settings.Control, words) is not { } answer)
        {
            Console.Error.WriteLine($"terminal: no service runs at {settings.Control}");
            return ExitStatus.Unavailable;
        }
        Say(answer);
        return answer.StartsWith("error:", StringComparison.Ordinal) ? ExitStatus.Failed : ExitStatus.Success;
    }

    /// <summary>Reads the journal on disk, even while the service runs.</summary>
    public static int Show(ParseResult args, Action<JournalText, Ledger> show)
    {
        using var store = Place(args).Look();
        show(new JournalText(store, Console.Out), new Ledger(store));
        return ExitStatus.Success;
    }
}
