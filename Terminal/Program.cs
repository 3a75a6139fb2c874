using System.CommandLine;
using System.CommandLine.Parsing;
using Terminal;
using Terminal.Device;
using Terminal.Journal;
using Terminal.Journal.Upkeep;
using Terminal.Panel.Words;

Privacy.Begin();

const string exitStatuses = """
    Exit status: 0 done, 1 found something wrong, 64 wrong command line, 69 no service runs,
    74 journal or output failed (start again), 77 another user's files, 78 wrong settings (change them first).
    """;

var file = new Option<string>("--settings", "-s")
{
    Description = "Settings file",
    HelpName = "FILE",
    DefaultValueFactory = _ => "/etc/terminal/terminal.json",
    Recursive = true,
};
var json = new Option<bool>("--json") { Description = "One JSON object, for programs" };
var trace = new Option<string?>("--trace-ecr")
{
    Description = "Writes down what passes between the ECR and us, payment codes hidden",
    HelpName = "FILE",
};
var id = new Argument<string>("ID") { Description = "Payment id, as payments list shows it" };
var by = new Option<string>("--by") { Description = "Who decides", HelpName = "NAME", Required = true };
var note = new Option<string>("--note") { Description = "Why, and what was found", HelpName = "TEXT", Required = true };
var empty = new Option<bool>(JournalPlace.WithoutHistory)
{
    Description = "Also where nothing of the old one can be read: its codes and open payments are given up",
};
var path = new Argument<string>("FOLDER")
{
    Description = "The folder \"journal\" of a state folder, or a backup; left out: this terminal's own",
    Arity = ArgumentArity.ZeroOrOne,
};
var backup = new Argument<string>("FOLDER")
{
    Description = $"A new one; beside the journal its name ends in {Backup.Suffix}",
};
var count = new Argument<int>("COUNT") { Description = "How many", DefaultValueFactory = _ => 50 };
count.Validators.Add(c =>
{
    if (c.GetValue(count) < 1)
    {
        c.AddError("COUNT must be at least 1.");
    }
});

file.Validators.Add(o => DemandName(o, o.GetValue(file)));
trace.Validators.Add(o => DemandName(o, o.GetValue(trace) ?? "-"));
path.Validators.Add(a => DemandName(a, a.GetValue(path)));
backup.Validators.Add(a => DemandName(a, a.GetValue(backup)));

var root = new RootCommand($"Takes wallet payments for a cash register.\n\n{exitStatuses}")
{
    file,
    Verb("run", "The service", args =>
    {
        var settings = Read(args);
        var lines = args.GetValue(trace) is { } path ? Trace(path) : null;
        return Composition.RunAsync(settings, lines).GetAwaiter().GetResult();
    }, trace),
    Verb("status", "What the running service is doing",
        args => Ask(args, args.GetValue(json) ? ["status", "--json"] : ["status"]), json),
    new Command("payments", "Payments")
    {
        Verb("list", "What is open; every payment if the service is stopped", args =>
            ControlSocket.Ask(Read(args).Control, "payments") is { } open
                ? Say(open)
                : Show(args, (text, ledger) => text.ListPayments(ledger))),
        Verb("resolve", "A person closes a payment that the gateway never confirms",
            args => Ask(args, "resolve", args.GetValue(id)!, args.GetValue(by)!, args.GetValue(note)!), id, by, note),
    },
    new Command("gateway", "The payment gateway")
    {
        Verb("learn-time", "G-207 stays, and a person knows why: its clock was wrong once. Believes its next answers",
            args => Ask(args, "learn-time", args.GetValue(by)!), by),
    },
    new Command("journal", "The journal on disk; but for new-epoch, also while the service runs")
    {
        Verb("verify", "Reads everything: hash chain, gaps, payments against their entries", Verify),
        Verb("list", "The newest entries", args => Show(args, (text, _) => text.List(args.GetValue(count))), count),
        Verb("export", "Every entry with its hash, one JSON object a line",
            args => Show(args, (text, _) => text.Export())),
        Verb("backup", "A copy of the journal in a folder of its own",
            args => new BackupVerb(Read(args), Console.Out, () => Thread.Sleep(20)).Run(args.GetValue(backup)!),
            backup),
        Verb("new-epoch", "Begins a new journal where the old one is damaged, missing or an old image",
            args => Say(Place(args).BeginEpoch(new Clock(TimeProvider.System).Wall, args.GetValue(empty)) + "\n"),
            empty),
        Verb("salvage", "What is left of a damaged journal, with a verdict per entry; never writes to it",
            args =>
            {
                using var salvage = args.GetValue(path) is { } folder ? new(folder) : Place(args).Salvage();
                return JournalText.Salvage(salvage, Console.Out) ? ExitStatus.Success : ExitStatus.Failed;
            }, path),
    },
    new Command("settings", "The settings file")
    {
        Verb("check", "Reads settings and keys as run would, and says what is wrong", args =>
        {
            Provision.Check(Read(args), note => Say($"note: {note}\n"));
            return Say("settings: good\n");
        }),
        Verb("schema", "JSON schema of the settings file: every key, its default and limits",
            _ => Say(Settings.Schema)),
    },
    Verb("codes", "The field codes of the display: meaning and next step",
        _ => Say(FieldCodes.Table(Language.English))),
    Verb("version", "Version, commit, native or managed, platform", _ => Say(Build.Line + "\n")),
};

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        Console.Error.WriteLine($"terminal: {error.Message}");
    }
    Console.Error.WriteLine($"next step: {string.Join(' ', [.. Words(parsed.CommandResult.Command), "--help"])}");
    return ExitStatus.Usage;
}
try
{
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (SettingsException e)
{
    Console.Error.WriteLine($"terminal: {e.Message}");
    return ExitStatus.Settings;
}
catch (JournalFailedException e)
{
    Console.Error.WriteLine($"terminal: {e.Message}");
    return ExitStatus.JournalFailed;
}
catch (BackupFailedException e)
{
    Console.Error.WriteLine($"terminal: {e.Message}");
    return ExitStatus.Failed;
}
catch (UnauthorizedAccessException e)
{
    Console.Error.WriteLine($"terminal: {e.Message}");
    return ExitStatus.NoPermission;
}
catch (IOException e)
{
    Console.Error.WriteLine($"terminal: {e.Message}; check where the output goes and the disk, then try again");
    return ExitStatus.JournalFailed;
}

static Command Verb(string name, string meaning, Func<ParseResult, int> run, params Symbol[] takes)
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

static IEnumerable<string> Words(Command command) =>
    command.Parents.OfType<Command>().FirstOrDefault() is { } parent
        ? [.. Words(parent), command.Name]
        : ["terminal"];

static void DemandName(SymbolResult result, string? name)
{
    if (name is null or "")
    {
        result.AddError("FILE must be the name of a file.");
    }
}

Settings Read(ParseResult args) => Settings.Read(args.GetValue(file)!);

JournalPlace Place(ParseResult args) => new(Read(args).StateFolder);

static TextWriter Trace(string path)
{
    try
    {
        return Terminal.Ecr.Trace.EcrTrace.Append(path);
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        throw new SettingsException("--trace-ecr", $"{path}, which cannot be written ({e.Message})", "a file");
    }
}

int Verify(ParseResult args)
{
    var place = Place(args);
    using var store = place.Look();
    if (!new JournalText(store, Console.Out).Verify())
    {
        return ExitStatus.Failed;
    }
    place.Mark.Remove();
    return ExitStatus.Success;
}

int Show(ParseResult args, Action<JournalText, Ledger> show)
{
    using var store = Place(args).Look();
    show(new JournalText(store, Console.Out), new Ledger(store));
    return ExitStatus.Success;
}

static int Say(string text)
{
    Console.Write(text);
    return ExitStatus.Success;
}

int Ask(ParseResult args, params string[] words)
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
