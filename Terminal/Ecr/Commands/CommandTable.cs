using Terminal.Ecr.Messages;

namespace Terminal.Ecr.Commands;

/// <summary>When a command is allowed, and which answer it gets otherwise.</summary>
enum Permitted
{
    /// <summary>While no other command is under way; otherwise 84 A0.</summary>
    Idle,
    /// <summary>Always: an ECR that sends it starts again and waits for nothing earlier.</summary>
    Anew,
    /// <summary>Also inside another command, until its result is being told; then 84 A0.</summary>
    BeforeResult,
    /// <summary>Only inside another command, until its result is being told; otherwise 84 83.</summary>
    Working,
}

/// <summary>One command that the ECR may send.</summary>
/// <param name="Command">Class and instruction.</param>
/// <param name="Head">Bytes before its first field, such as the six digits of the password.</param>
/// <param name="Read">Reads and checks the command; called only while it is permitted.</param>
sealed record CommandRow(
    int Command, string Name, Permitted When, int Head, Func<EcrRequest, EcrCommand> Read)
{
    /// <summary>The message number of the command (TLV 1F73); null if it has none.</summary>
    public int? NumberOf(byte[] data) => MessageNumbers.Of(data.AsMemory(Math.Min(Head, data.Length)));
}

/// <summary>Every command that we understand. All others are answered with 84 83 00.</summary>
static class CommandTable
{
    const int None = 0, Password = 3, PasswordConfigurationCurrency = 6;

    public static readonly IReadOnlyList<CommandRow> Rows =
    [
        new(Command.Registration, "registration", Permitted.Anew, PasswordConfigurationCurrency, Registration.Read),
        new(Command.LogOff, "log-off", Permitted.Idle, None, Registration.End),
        new(Command.Authorisation, "authorisation", Permitted.Idle, None, PaymentRequest.Read),
        new(Command.RepeatReceipt, "repeat receipt", Permitted.Idle, Password, RepeatReceipt.Read),
        new(Command.Reversal, "reversal", Permitted.Idle, Password, ReturnCommand.ReadReversal),
        new(Command.Refund, "refund", Permitted.Idle, Password, ReturnCommand.ReadRefund),
        new(Command.EndOfDay, "end-of-day", Permitted.Idle, Password, PeriodCommand.ReadEndOfDay),
        new(Command.Totals, "totals", Permitted.Idle, Password, PeriodCommand.ReadTotals),
        new(Command.Abort, "abort", Permitted.Working, None, _ => new EcrCommand.Abort()),
        new(Command.Status, "status enquiry", Permitted.BeforeResult, Password, StatusEnquiry.Read),
        new(Command.Diagnosis, "diagnosis", Permitted.Idle, None, Diagnostics.Diagnose),
        new(Command.Initialisation, "initialisation", Permitted.Idle, Password, Diagnostics.Initialise),
        new(Command.SelfTest, "self-test", Permitted.Idle, None, Diagnostics.Diagnose),
        new(Command.Reset, "reset", Permitted.Idle, None, Diagnostics.Reset),
        new(Command.DisplayText, "display text", Permitted.Idle, None, DisplayText.Read),
        new(Command.SelectLanguage, "select language", Permitted.Idle, None, LanguageChoice.Read),
        new(Command.ChangeBaud, "change baud rate", Permitted.Idle, None, LineSpeed.Read),
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
