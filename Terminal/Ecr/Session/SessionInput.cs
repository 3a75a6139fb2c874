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

    /// <summary>The line is down. A serial line comes back with the same ECR.</summary>
    public sealed record LineDown : SessionInput;

    /// <summary>
    /// The connection is gone. The ECR that connects next did not give the order, so it hears of it only if it asks.
    /// </summary>
    public sealed record Disconnected : SessionInput;

    /// <summary>The ECR sent a command, which is not read yet.</summary>
    /// <param name="Row">Null: an unknown command.</param>
    /// <param name="Number">The command's message number (TLV 1F73), if it has one.</param>
    public sealed record Commanded(Apdu Apdu, CommandRow? Row, int? Number) : SessionInput
    {
        public static Commanded Of(Apdu apdu)
        {
            var row = CommandTable.Find(apdu.Command);
            return new(apdu, row, row?.NumberOf(apdu.Data));
        }
    }

    /// <summary>The command has been read and judged.</summary>
    public sealed record Heard(EcrCommand Command, CommandRow? Row, int? Number) : SessionInput
    {
        /// <summary>There is room for the reply; false: the ECR sends without listening.</summary>
        public bool HasRoom { get; init; } = true;

        public bool IsWrongPassword { get; init; }

        /// <summary>The customer's code that came with the command.</summary>
        public PaymentCode? Code => (Command as EcrCommand.Instruct)?.Input.Carried;

        /// <summary>What identifies the order if it is sent again.</summary>
        public NumberedOrder? Order { get; init; }
    }

    /// <summary>The first byte of our reply has left.</summary>
    /// <param name="Then">What the desk now receives.</param>
    public sealed record Replied(LoopInput Then) : SessionInput;

    /// <summary>The ECR's link layer has our message, however the ECR answers it.</summary>
    public sealed record Delivered(Purpose Purpose) : SessionInput;

    /// <summary>A message of ours has ended.</summary>
    public sealed record Settled(Purpose Purpose, MessageEnd How) : SessionInput
    {
        public Apdu? Answer => (How as MessageEnd.Answered)?.Answer;
    }

    /// <summary>The answer to a message that had already been given up.</summary>
    public sealed record Late(Purpose Purpose, Apdu Answer) : SessionInput;

    // Calls of the desk, for the ECR.

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

    /// <summary>No answer, but the ECR may have received the message.</summary>
    public sealed record Silent : MessageEnd;

    /// <summary>The ECR did not take the message, in spite of all repeats and waiting.</summary>
    public sealed record Unheard : MessageEnd;

    public sealed record LineDown : MessageEnd;

    /// <summary>The ECR began something new without answering.</summary>
    /// <param name="As">How a 04 0F counts as answered.</param>
    public sealed record PassedOver(EcrAnswer As) : MessageEnd;
}
