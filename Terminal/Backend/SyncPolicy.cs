namespace Terminal.Backend;

/// <summary>Limits and waiting times of the sync; the defaults suit a terminal in the field.</summary>
sealed record SyncPolicy
{
    public int BatchEntries { get; init; } = 100;
    public int BatchBytes { get; init; } = 64 * 1024;

    /// <summary>How many bytes a message's topic and header may add to its payload.</summary>
    public int PacketReserve { get; init; } = 1024;

    /// <summary>How many messages may wait for the broker's answer; the broker's own limit may be lower.</summary>
    public int Window { get; init; } = 20;

    /// <summary>
    /// How many entries may be sent without an acknowledgement, so that not everything is sent while the head office is
    /// down.
    /// </summary>
    public int UnacknowledgedEntries { get; init; } = 2000;

    /// <summary>A broker that has not answered a message within this time counts as gone.</summary>
    public TimeSpan PublishLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Connecting and subscribing must be done within this time.</summary>
    public TimeSpan OpenLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// If the acknowledgement makes no progress for this time, or for four round trips if longer, unacknowledged
    /// entries are sent again. The time doubles with each repetition, up to <see cref="SlowestRetry"/>.
    /// </summary>
    public TimeSpan Rewind { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Upper bound of the first wait after a failure; each further bound is twice as long.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);
    public TimeSpan SlowestRetry { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// A fault that needs a person is retried after this time at the earliest, and three times this at the latest.
    /// </summary>
    public TimeSpan FaultRetry { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Two devices with the same name disconnect each other: stay away at least this long.</summary>
    public TimeSpan TakenOverRetry { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After a connection this long, earlier failures no longer count.</summary>
    public TimeSpan Stable { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// If connections end sooner than this, <see cref="KicksInARow"/> times in a row, another device uses our name.
    /// </summary>
    public TimeSpan Kick { get; init; } = TimeSpan.FromSeconds(5);
    public int KicksInARow { get; init; } = 5;

    /// <summary>
    /// The cursor is saved in the journal at most this often. Losing it only means that entries are sent again.
    /// </summary>
    public TimeSpan KeepCursor { get; init; } = TimeSpan.FromSeconds(60);
}
