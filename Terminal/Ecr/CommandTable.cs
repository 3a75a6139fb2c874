namespace Terminal.Ecr;

/// <summary>When a command is allowed, and what it is answered otherwise.</summary>
public enum Permitted
{
    /// <summary>While no other command is under way; otherwise 84 A0.</summary>
    Idle,
    /// <summary>Also inside another command, until its result is being told; then 84 A0.</summary>
    BeforeResult,
    /// <summary>Only inside another command, until its result is being told; otherwise 84 83.</summary>
    Working,
}

/// <summary>One command that the ECR may send.</summary>
/// <param name="Command">Class and instruction.</param>
/// <param name="Read">Reads and checks it; called only while it is permitted.</param>
public sealed record CommandRow(int Command, string Name, Permitted When, Func<EcrRequest, EcrCommand> Read);

/// <summary>Every command that we understand. Whatever is not here is answered with 84 83 00.</summary>
public static class CommandTable
{
    public static readonly IReadOnlyList<CommandRow> Rows =
    [
        new(Command.Registration, "registration", Permitted.Idle, Registration.Read),
        new(Command.LogOff, "log-off", Permitted.Idle, Registration.End),
        new(Command.Authorisation, "authorisation", Permitted.Idle, PaymentRequest.Read),
        new(Command.RepeatReceipt, "repeat receipt", Permitted.Idle, RepeatReceipt.Read),
        new(Command.Abort, "abort", Permitted.Working, _ => new EcrCommand.Abort()),
        new(Command.Status, "status enquiry", Permitted.BeforeResult, StatusEnquiry.Read),
    ];

    public static CommandRow? Find(int command)
    {
        foreach (var row in Rows)
        {
            if (row.Command == command)
            {
                return row;
            }
        }
        return null;
    }
}
