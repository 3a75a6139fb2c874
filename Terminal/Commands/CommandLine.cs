using System.CommandLine;
using Terminal.Device;
using Terminal.Journal;
using Terminal.Journal.Upkeep;
using Terminal.Panel.Words;

namespace Terminal.Commands;

/// <summary>The command line: which commands there are, and the exit status of a failed one.</summary>
static class CommandLine
{
    static RootCommand Root => new("""
        Takes wallet payments for a cash register.

        Exit status: 0 done, 1 found something wrong, 64 wrong command line, 69 no service runs,
        74 journal or output failed (start again), 77 another user's files, 78 wrong settings (change them first).
        """)
    {
        Cli.SettingsFile,
        RunCommands.Run,
        RunCommands.Status,
        PaymentCommands.Payments,
        PaymentCommands.Gateway,
        JournalCommands.Journal,
        SettingsCommands.Settings,
        Cli.Of("codes", "The field codes of the display: meaning and next step",
            _ => Cli.Say(FieldCodes.Table(Language.English))),
        Cli.Of("version", "Version, commit, native or managed, platform", _ => Cli.Say(Build.Line + "\n")),
    };

    /// <returns>An <see cref="ExitStatus"/>.</returns>
    public static int Run(string[] args)
    {
        var parsed = Root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                Complain(error.Message);
            }
            Console.Error.WriteLine(
                $"next step: {string.Join(' ', [.. Words(parsed.CommandResult.Command), "--help"])}");
            return ExitStatus.Usage;
        }
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (StatusOf(e) is { } status)
        {
            Complain(e is IOException ? $"{e.Message}; check where the output goes and the disk, then try again"
                : e.Message);
            return status;
        }
    }

    static int? StatusOf(Exception e) => e switch
    {
        SettingsException => ExitStatus.Settings,
        JournalFailedException => ExitStatus.JournalFailed,
        BackupFailedException => ExitStatus.Failed,
        UnauthorizedAccessException => ExitStatus.NoPermission,
        IOException => ExitStatus.JournalFailed,
        _ => null,
    };

    static void Complain(string what) => Console.Error.WriteLine($"terminal: {what}");

    static IEnumerable<string> Words(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent
            ? [.. Words(parent), command.Name]
            : ["terminal"];
}
