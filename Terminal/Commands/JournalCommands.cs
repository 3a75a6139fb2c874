using System.CommandLine;
using Terminal.Journal;
using Terminal.Journal.Upkeep;

namespace Terminal.Commands;

/// <summary><c>journal</c>.</summary>
static class JournalCommands
{
    static readonly Option<bool> WithoutHistory = new(JournalPlace.WithoutHistory)
    {
        Description = "Also where nothing of the old one can be read: its codes and open payments are given up",
    };

    static readonly Argument<string> From = new("FOLDER")
    {
        Description = "The folder \"journal\" of a state folder, or a backup; left out: this terminal's own",
        Arity = ArgumentArity.ZeroOrOne,
        Validators = { a => Cli.DemandName(a, a.GetValue(From!)) },
    };

    static readonly Argument<string> To = new("FOLDER")
    {
        Description = $"A new one; beside the journal its name ends in {Backup.Suffix}",
        Validators = { a => Cli.DemandName(a, a.GetValue(To!)) },
    };

    static readonly Argument<int> Count = new("COUNT")
    {
        Description = "How many",
        DefaultValueFactory = _ => 50,
        Validators =
        {
            c =>
            {
                if (c.GetValue(Count!) < 1)
                {
                    c.AddError("COUNT must be at least 1.");
                }
            },
        },
    };

    public static Command Journal => new(
        "journal", "The journal on disk; but for new-epoch, also while the service runs")
    {
        Cli.Of("verify", "Reads everything: hash chain, gaps, payments against their entries", Verify),
        Cli.Of("list", "The newest entries",
            args => Cli.Show(args, (text, _) => text.List(args.GetValue(Count))), Count),
        Cli.Of("export", "Every entry with its hash, one JSON object a line",
            args => Cli.Show(args, (text, _) => text.Export())),
        Cli.Of("backup", "A copy of the journal in a folder of its own",
            args => new BackupVerb(Cli.Read(args), Console.Out, () => Thread.Sleep(20)).Run(args.GetValue(To)!), To),
        Cli.Of("new-epoch", "Begins a new journal where the old one is damaged, missing or an old image",
            args => Cli.Say(Begin(Cli.Place(args), args.GetValue(WithoutHistory)) + "\n"), WithoutHistory),
        Cli.Of("salvage", "What is left of a damaged journal, with a verdict per entry; never writes to it",
            args => Salvage(args, args.GetValue(From)), From),
    };

    static int Verify(ParseResult args)
    {
        var place = Cli.Place(args);
        using var store = place.Look();
        if (!new JournalText(store, Console.Out).Verify())
        {
            return ExitStatus.Failed;
        }
        place.Mark.Remove();
        return ExitStatus.Success;
    }

    static string Begin(JournalPlace place, bool withoutHistory) =>
        place.BeginEpoch(new Clock(TimeProvider.System).Wall, withoutHistory);

    static int Salvage(ParseResult args, string? folder)
    {
        using var salvage = folder is null ? Cli.Place(args).Salvage() : new(folder);
        return JournalText.Salvage(salvage, Console.Out) ? ExitStatus.Success : ExitStatus.Failed;
    }
}
