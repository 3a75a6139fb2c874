namespace Terminal.Backend;

/// <summary>What goes out to a topic.</summary>
/// <param name="Retain">The broker keeps it for those who subscribe later.</param>
sealed record Publication(string Topic, byte[] Payload, bool Retain = false);
