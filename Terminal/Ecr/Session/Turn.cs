using Terminal.Ecr.Messages;
using Terminal.Payments;

namespace Terminal.Ecr.Session;

/// <summary>How far the message of ours is whose turn it is.</summary>
abstract record Turn
{
    Turn(Message message) => Message = message;

    public Message Message { get; }

    /// <summary>When the answer must be there.</summary>
    public virtual Moment By => Moment.Never;

    /// <summary>With the link.</summary>
    public sealed record Sending(Message Message) : Turn(Message);

    /// <summary>Sent; the ECR has yet to answer.</summary>
    public sealed record Awaiting(Message Message, Moment Until) : Turn(Message)
    {
        /// <summary>The ECR sent a command instead.</summary>
        public bool IsInterrupted { get; init; }

        public override Moment By => Until;
    }

    /// <summary>An answer came that may as well be the one to the message before.</summary>
    public sealed record Doubting(Message Message, Moment Until, Apdu Answer) : Turn(Message)
    {
        public override Moment By => Until;
    }
}
