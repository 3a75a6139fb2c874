using Terminal.Payments;

namespace Terminal.Backend;

/// <summary>What the outbox wants done next.</summary>
abstract record OutboxStep
{
    OutboxStep() { }

    /// <summary>Send entries from here on, at most so many, then say so to <see cref="Outbox.Sent"/>.</summary>
    public sealed record Publish(long From, int Most) : OutboxStep;

    /// <summary>Nothing to do before this moment unless something happens.</summary>
    public sealed record Wait(Moment Until) : OutboxStep;

    /// <summary>The connection is of no use any more: end it.</summary>
    public sealed record Drop(Trouble Why) : OutboxStep;
}
