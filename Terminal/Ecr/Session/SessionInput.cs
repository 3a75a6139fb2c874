using Terminal.Ecr.Commands;
using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Orders;

namespace Terminal.Ecr.Session;

/// <summary>What can happen to a session: the line, the ECR and the desk.</summary>
abstract record SessionInput
{
    SessionInput() { }

    public sealed record TimePassed : SessionInput;

    /// <summary>The line is down; a serial one comes back with the same ECR.</summary>
    public sealed record LineDown : SessionInput;

    /// <summary>
    /// The connection is gone. Who connects next did not order it, and must not hear of it before asking.
    /// </summary>
    public sealed record Disconnected : SessionInput;

    /// <summary>The ECR sent a command, not read yet.</summary>
    /// <param name="Row">Null: one that we do not know.</param>
    /// <param name="Number">Its message number (TLV 1F73), if it has one.</param>
    public sealed record Commanded(Apdu Apdu, CommandRow? Row, int? Number) : SessionInput
    {
        public static Commanded Of(Apdu apdu)
        {
            var row = CommandTable.Find(apdu.Command);
            return new(apdu, row, row?.NumberOf(apdu.Data));
        }
    }

    /// <summary>The command is read and judged.</summary>
    public sealed record Heard(EcrCommand Command, CommandRow? Row, int? Number) : SessionInput
    {
        /// <summary>The reply will leave; false: the ECR sends without listening.</summary>
        public bool HasRoom { get; init; } = true;

        public bool IsWrongPassword { get; init; }

        /// <summary>The customer's code that came with it.</summary>
        public PaymentCode? Code => (Command as EcrCommand.Instruct)?.Input.Carried;

        /// <summary>What to know it by if it comes again.</summary>
        public NumberedOrder? Order { get; init; }
    }

    /// <summary>The first byte of our reply has left.</summary>
    /// <param name="Then">What the desk is told now.</param>
    public sealed record Replied(LoopInput Then) : SessionInput;

    /// <summary>The ECR's link layer has a message of ours, whatever the ECR makes of it.</summary>
    public sealed record Delivered(Purpose Purpose) : SessionInput;

    /// <summary>A message of ours is done with.</summary>
    public sealed record Settled(Purpose Purpose, MessageEnd How) : SessionInput
    {
        public Apdu? Answer => (How as MessageEnd.Answered)?.Answer;
    }

    /// <summary>The answer to a message that had been given up.</summary>
    public sealed record Late(Purpose Purpose, Apdu Answer) : SessionInput;

    // The desk wants the ECR to hear it.

    public sealed record Offer(Effect.Offer What) : SessionInput;

    public sealed record Complete(Effect.Complete What) : SessionInput;

    public sealed record Close(Effect.Close What) : SessionInput;

    public sealed record Refuse(Refusal Why) : SessionInput;

    public sealed record Report(Effect.Report What) : SessionInput;

    public sealed record Show(Effect.Progress What) : SessionInput;
}

/// <summary>How a message of ours to the ECR ended.</summary>
abstract record MessageEnd
{
    MessageEnd() { }

    public sealed record Answered(Apdu Answer) : MessageEnd;

    /// <summary>No answer; the ECR may have it.</summary>
    public sealed record Silent : MessageEnd;

    /// <summary>Nobody took it, however often it was sent and however long we waited.</summary>
    public sealed record Unheard : MessageEnd;

    public sealed record LineDown : MessageEnd;

    /// <summary>The ECR began something new instead.</summary>
    /// <param name="As">What that makes of a 04 0F.</param>
    public sealed record PassedOver(EcrAnswer As) : MessageEnd;
}
