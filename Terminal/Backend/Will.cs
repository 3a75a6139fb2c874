namespace Terminal.Backend;

/// <summary>What the broker publishes, retained, when the connection that brought it ends.</summary>
sealed record Will(string Topic, byte[] Payload);
