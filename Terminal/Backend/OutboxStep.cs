using Terminal.Payments;

namespace Terminal.Backend;

/// <summary>What the outbox wants done next.</summary>
abstract record OutboxStep
{
    OutboxStep() { }

    /// <summary>
    /// Send entries from this one on, at most this many, and report that to <see cref="Outbox.Sent"/>.
    /// </summary>
    public sealed record Publish(long From, int Most) : OutboxStep;

    /// <summary>Nothing to do before this moment unless something happens.</summary>
    public sealed record Wait(Moment Until) : OutboxStep;

    /// <summary>End the connection, which is of no more use.</summary>
    public sealed record Drop(Trouble Why) : OutboxStep;
}
