using System.CommandLine;
using Terminal.Device;
using Terminal.Ecr.Trace;

namespace Terminal.Commands;

/// <summary><c>run</c> and <c>status</c>.</summary>
static class RunCommands
{
    static readonly Option<bool> AsJson = new("--json") { Description = "One JSON object, for programs" };

    static readonly Option<string?> TraceFile = new("--trace-ecr")
    {
        Description = "Writes down what passes between the ECR and us, payment codes hidden",
        HelpName = "FILE",
        Validators = { o => Cli.DemandName(o, o.GetValue(TraceFile!) ?? "-") },
    };

    public static Command Run => Cli.Of("run", "The service", args =>
    {
        var settings = Cli.Read(args);
        var trace = args.GetValue(TraceFile) is { } path ? Trace(path) : null;
        return Composition.RunAsync(settings, trace).GetAwaiter().GetResult();
    }, TraceFile);

    public static Command Status => Cli.Of("status", "What the running service is doing",
        args => Cli.Ask(args, args.GetValue(AsJson) ? ["status", "--json"] : ["status"]), AsJson);

    static TextWriter Trace(string path)
    {
        try
        {
            return EcrTrace.Append(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException("--trace-ecr", $"{path}, which cannot be written ({e.Message})", "a file");
        }
    }
}
