namespace Terminal.Ecr.Session;

/// <summary>What a <see cref="Dialogue"/> did or saw.</summary>
abstract record DialogueEvent
{
    DialogueEvent() { }

    public sealed record Write(byte[] Bytes) : DialogueEvent;

    public sealed record Happened(SessionInput Input) : DialogueEvent;

    /// <summary>Nothing sensible can come over this line any more.</summary>
    public sealed record Stalled : DialogueEvent;
}
