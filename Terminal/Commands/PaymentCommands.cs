using System.CommandLine;
using Terminal.Device;

namespace Terminal.Commands;

/// <summary><c>payments</c> and <c>gateway</c>.</summary>
static class PaymentCommands
{
    static readonly Argument<string> Id = new("ID") { Description = "Payment id, as payments list shows it" };

    static readonly Option<string> By = new("--by")
    {
        Description = "Who decides",
        HelpName = "NAME",
        Required = true,
    };

    static readonly Option<string> Note = new("--note")
    {
        Description = "Why, and what was found",
        HelpName = "TEXT",
        Required = true,
    };

    public static Command Payments => new("payments", "Payments")
    {
        Cli.Of("list", "What is open; every payment if the service is stopped", args =>
            ControlSocket.Ask(Cli.Read(args).Control, "payments") is { } open
                ? Cli.Say(open)
                : Cli.Show(args, (text, ledger) => text.ListPayments(ledger))),
        Cli.Of("resolve", "A person closes a payment that the gateway never confirms",
            args => Cli.Ask(args, "resolve", args.GetValue(Id)!, args.GetValue(By)!, args.GetValue(Note)!),
            Id, By, Note),
    };

    public static Command Gateway => new("gateway", "The payment gateway")
    {
        Cli.Of("learn-time",
            "G-207 stays, and a person knows why: its clock was wrong once. Believes its next answers",
            args => Cli.Ask(args, "learn-time", args.GetValue(By)!), By),
    };
}
