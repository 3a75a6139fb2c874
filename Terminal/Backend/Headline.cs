namespace Terminal.Backend;

/// <summary>What head office should see at a glance, without reading the journal.</summary>
/// <param name="Unresolved">Payments in doubt whose ECR no longer waits.</param>
/// <param name="OldestMs">
/// Time of the oldest of them in Unix milliseconds, by the terminal's clock; null if there is none. It is not an age,
/// because the message is retained.
/// </param>
readonly record struct Headline(int Unresolved, long? OldestMs);
