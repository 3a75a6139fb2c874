using Terminal.Ecr.Messages;
using Terminal.Payments.Orders;

namespace Terminal.Ecr.Commands;

/// <summary>A command of the ECR with everything that its answer may depend on.</summary>
/// <param name="Data">The bytes after the length.</param>
/// <param name="IsBusy">Another command is under way.</param>
/// <param name="Seal">Seals a raw payment code at once, so that nothing can print it.</param>
sealed record EcrRequest(
    ReadOnlyMemory<byte> Data, Agreement Agreement, bool IsBusy, SealCode Seal)
{
    /// <summary>Whether a payment would be refused now.</summary>
    public Func<bool> IsOutOfOrder { get; init; } = () => false;

    public EcrSettings Settings => Agreement.Settings;

    /// <summary>
    /// The fields after the six digits that many commands begin with, or the answer that refuses the command. <see
    /// cref="PasswordCheck"/> has compared the digits before.
    /// </summary>
    public (Fields? Fields, EcrCommand.Refused? Refused) AfterPassword()
    {
        if (Data.Length < 3)
        {
            return (null, EcrCommand.Refuse(ResultCode.ProtocolError));
        }
        var fields = Fields.Read(Data[3..]);
        return fields.Fault == FieldFault.None ? (fields, null) : (null, EcrCommand.Refuse(fields.Fault));
    }
}

/// <summary>Makes the only copy of a code that is kept.</summary>
delegate PaymentCode SealCode(ReadOnlySpan<byte> raw);

/// <summary>What holds between commands: our settings and the agreement with the ECR.</summary>
sealed record Agreement(EcrSettings Settings, Registration Registration);
