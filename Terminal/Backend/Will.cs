namespace Terminal.Backend;

/// <summary>What the broker publishes, retained, when the connection ends.</summary>
sealed record Will(string Topic, byte[] Payload);
