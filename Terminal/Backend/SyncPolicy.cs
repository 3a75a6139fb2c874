namespace Terminal.Backend;

/// <summary>Limits and waits of the sync; the defaults are for a terminal in the field.</summary>
sealed record SyncPolicy
{
    public int BatchEntries { get; init; } = 100;
    public int BatchBytes { get; init; } = 64 * 1024;

    /// <summary>What a message's topic and header may add to its payload.</summary>
    public int PacketReserve { get; init; } = 1024;

    /// <summary>Messages that the broker has not answered; its own limit may be lower.</summary>
    public int Window { get; init; } = 20;

    /// <summary>
    /// Entries sent that the head office has not acknowledged: while it is down, no more is sent than this.
    /// </summary>
    public int UnacknowledgedEntries { get; init; } = 2000;

    /// <summary>A broker that has not answered a message for so long is gone.</summary>
    public TimeSpan PublishLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Connected and subscribed by then, or given up.</summary>
    public TimeSpan OpenLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Without progress of the acknowledgement for this, or four round trips if longer, what is unacknowledged goes out
    /// again; doubled for each time in a row, up to <see cref="SlowestRetry"/>.
    /// </summary>
    public TimeSpan Rewind { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Upper bound of the first wait after a failure; each further one may be twice as long.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);
    public TimeSpan SlowestRetry { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// What only a person can put right is tried again no sooner than this, no later than three times it.
    /// </summary>
    public TimeSpan FaultRetry { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Two devices with one name throw each other out: stay away at least this long.</summary>
    public TimeSpan TakenOverRetry { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A connection that lasted so long forgives earlier failures.</summary>
    public TimeSpan Stable { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Ended before this, <see cref="KicksInARow"/> times in a row: somebody else uses our name.</summary>
    public TimeSpan Kick { get; init; } = TimeSpan.FromSeconds(5);
    public int KicksInARow { get; init; } = 5;

    /// <summary>The cursor is kept in the journal at most this often; losing it costs re-sent entries only.</summary>
    public TimeSpan KeepCursor { get; init; } = TimeSpan.FromSeconds(60);
}
