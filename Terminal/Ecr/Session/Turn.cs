using Terminal.Ecr.Messages;
using Terminal.Payments;

namespace Terminal.Ecr.Session;

/// <summary>The message of ours that has its turn, and how far it is.</summary>
abstract record Turn
{
    Turn(Message message) => Message = message;

    public Message Message { get; }

    /// <summary>When the answer is due.</summary>
    public virtual Moment By => Moment.Never;

    /// <summary>The link has the message.</summary>
    public sealed record Sending(Message Message) : Turn(Message);

    /// <summary>The message is sent, and the ECR has yet to answer.</summary>
    public sealed record Awaiting(Message Message, Moment Until) : Turn(Message)
    {
        /// <summary>The ECR sent a command instead of an answer.</summary>
        public bool IsInterrupted { get; init; }

        public override Moment By => Until;
    }

    /// <summary>An answer came that may belong to this message or to the one before.</summary>
    public sealed record Doubting(Message Message, Moment Until, Apdu Answer) : Turn(Message)
    {
        public override Moment By => Until;
    }
}
