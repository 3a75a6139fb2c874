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
        Validators = { o => Verb.DemandName(o, o.GetValue(TraceFile!) ?? "-") },
    };

    public static Command Run => Verb.Of("run", "The service", args =>
    {
        var settings = Verb.Read(args);
        var trace = args.GetValue(TraceFile) is { } path ? Trace(path) : null;
        return Composition.RunAsync(settings, trace).GetAwaiter().GetResult();
    }, TraceFile);

    public static Command Status => Verb.Of("status", "What the running service is doing",
        args => Verb.Ask(args, args.GetValue(AsJson) ? ["status", "--json"] : ["status"]), AsJson);

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
