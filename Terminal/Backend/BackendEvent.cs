namespace Terminal.Backend;

/// <summary>What one connection tells. Codes are MQTT 5 reason codes (<see cref="ReasonCode"/>).</summary>
abstract record BackendEvent
{
    BackendEvent() { }

    /// <param name="ReceiveMaximum">Messages that may be unanswered at once.</param>
    /// <param name="MaximumPacket">Longest packet that the broker takes, in bytes.</param>
    public sealed record Opened(int ReceiveMaximum, int MaximumPacket) : BackendEvent;

    public sealed record Subscribed(int Code) : BackendEvent;

    /// <summary>
    /// The broker took the message, or refused it. Taken is not stored: it keeps nothing over a crash.
    /// </summary>
    public sealed record Published(int Token, int Code) : BackendEvent;

    public sealed record Received(string Topic, byte[] Payload) : BackendEvent;

    /// <summary>The last event of every connection that was opened.</summary>
    /// <param name="Code">Why the broker refused or closed it; 0 if it did not say.</param>
    /// <param name="Why">For the log.</param>
    public sealed record Ended(int Code, string Why) : BackendEvent;
}
