namespace Terminal.Backend;

/// <summary>
/// One connection to the head office's broker, from its opening to its end; the next connection is a new object. No
/// call waits or throws because of the link. Everything that happens is reported as a <see cref="BackendEvent"/>, on
/// any thread, to a receiver that only queues it. <see cref="Outbox"/> and <see cref="Reconnect"/> decide on windows,
/// retries and reconnecting.
/// </summary>
interface IBackend : IDisposable
{
    /// <summary>
    /// Connects; reports <see cref="BackendEvent.Opened"/> or <see cref="BackendEvent.Ended"/>. The broker publishes
    /// the will when this connection ends, however it ends.
    /// </summary>
    void Open(Will? will);

    /// <summary>Only while opened. Reports <see cref="BackendEvent.Subscribed"/>.</summary>
    void Subscribe(string filter);

    /// <summary>
    /// Delivers at least once (QoS 1); only while opened. Reports <see cref="BackendEvent.Published"/> with the same
    /// token. If the connection ends first it reports nothing, and the message counts as not sent.
    /// </summary>
    void Publish(int token, Publication message);
}
