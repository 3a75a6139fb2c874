namespace Terminal.Backend;

/// <summary>What happens on one connection. Codes are MQTT 5 reason codes (<see cref="ReasonCode"/>).</summary>
abstract record BackendEvent
{
    BackendEvent() { }

    /// <param name="ReceiveMaximum">How many messages may be unanswered at once.</param>
    /// <param name="MaximumPacket">Longest packet that the broker takes, in bytes.</param>
    public sealed record Opened(int ReceiveMaximum, int MaximumPacket) : BackendEvent;

    public sealed record Subscribed(int Code) : BackendEvent;

    /// <summary>
    /// The broker accepted the message or refused it. An accepted message is not stored: a crash of the broker loses
    /// it.
    /// </summary>
    public sealed record Published(int Token, int Code) : BackendEvent;

    public sealed record Received(string Topic, byte[] Payload) : BackendEvent;

    /// <summary>The last event of every connection that was opened.</summary>
    /// <param name="Code">Why the broker refused or closed it; 0 if it did not say.</param>
    /// <param name="Why">Text for the log.</param>
    public sealed record Ended(int Code, string Why) : BackendEvent;
}
