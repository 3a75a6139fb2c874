namespace Terminal.Ecr.Session;

/// <summary>What a <see cref="Dialogue"/> did or saw.</summary>
abstract record DialogueEvent
{
    DialogueEvent() { }

    public sealed record Write(byte[] Bytes) : DialogueEvent;

    public sealed record Happened(SessionInput Input) : DialogueEvent;

    /// <summary>Half a message came and no more, so nothing that follows on this line can be understood.</summary>
    public sealed record Stalled : DialogueEvent;
}
