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
        Verb.Of("list", "What is open; every payment if the service is stopped", args =>
            ControlSocket.Ask(Verb.Read(args).Control, "payments") is { } open
                ? Verb.Say(open)
                : Verb.Show(args, (text, ledger) => text.ListPayments(ledger))),
        Verb.Of("resolve", "A person closes a payment that the gateway never confirms",
            args => Verb.Ask(args, "resolve", args.GetValue(Id)!, args.GetValue(By)!, args.GetValue(Note)!),
            Id, By, Note),
    };

    public static Command Gateway => new("gateway", "The payment gateway")
    {
        Verb.Of("learn-time",
            "G-207 stays, and a person knows why: its clock was wrong once. Believes its next answers",
            args => Verb.Ask(args, "learn-time", args.GetValue(By)!), By),
    };
}
