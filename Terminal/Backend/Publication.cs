namespace Terminal.Backend;

/// <summary>A message to a topic.</summary>
/// <param name="Retain">The broker keeps the message for clients that subscribe later.</param>
sealed record Publication(string Topic, byte[] Payload, bool Retain = false);
