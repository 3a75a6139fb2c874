namespace Terminal.Ecr;

/// <summary>What a <see cref="Dialogue"/> did or saw.</summary>
public abstract record DialogueEvent
{
    DialogueEvent() { }

    public sealed record Write(byte[] Bytes) : DialogueEvent;

    /// <summary>The ECR wants something; it must get a reply.</summary>
    public sealed record Commanded(Apdu Command) : DialogueEvent;

    /// <summary>The first byte of a reply has left.</summary>
    public sealed record Replied(Payments.DeskInput Then) : DialogueEvent;

    /// <summary>A message is done with: answered, given up (no answer), or the line went down.</summary>
    public sealed record Settled(Message Message, Apdu? Answer, bool LineDown) : DialogueEvent
    {
        /// <summary>Nobody took it, however often it was sent and however long we waited.</summary>
        public bool IsUnheard { get; init; }
    }

    /// <summary>A message has left in one piece.</summary>
    /// <param name="IsHeard">The ECR has it, whatever it makes of it.</param>
    public sealed record Delivered(Message Message, bool IsHeard) : DialogueEvent;

    /// <summary>The answer to a message that had been given up.</summary>
    public sealed record Late(Message Message, Apdu Answer) : DialogueEvent;

    /// <summary>Nothing sensible can come over this line any more.</summary>
    public sealed record Stalled : DialogueEvent;
}
