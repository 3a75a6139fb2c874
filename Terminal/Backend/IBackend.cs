namespace Terminal.Backend;

/// <summary>
/// One connection to the head office's broker, from its opening to its end; the next connection is a new object. No
/// call waits or throws for what the link does: everything that happens is told as a <see cref="BackendEvent"/>, on any
/// thread, to a receiver that only takes it over. Windows, retries and reconnecting are decided above, by
/// <see cref="Outbox"/> and <see cref="Reconnect"/>.
/// </summary>
interface IBackend : IDisposable
{
    /// <summary>
    /// Connects; told <see cref="BackendEvent.Opened"/> or <see cref="BackendEvent.Ended"/>. The broker publishes the
    /// will when this connection ends, however it ends.
    /// </summary>
    void Open(Will? will);

    /// <summary>Only while opened. Told <see cref="BackendEvent.Subscribed"/>.</summary>
    void Subscribe(string filter);

    /// <summary>
    /// At least once (QoS 1); only while opened. Told <see cref="BackendEvent.Published"/> with the same token, or
    /// never if the connection ends first: then nobody knows, which counts as not sent.
    /// </summary>
    void Publish(int token, Publication message);
}
