namespace Terminal.Ecr;

/// <summary>The times of PA00P016 chapter 3, and two of our own.</summary>
sealed record EcrTimers
{
    /// <summary>T1: longest pause inside a block, and the silence after a NAK before it is sent again.</summary>
    public TimeSpan ByteGap { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>T2: how long a block waits for its ACK.</summary>
    public TimeSpan BlockAnswer { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often one block is sent, at most.</summary>
    public int MaxSends { get; init; } = 3;

    /// <summary>T3: how long a command waits for 80 00 or 84 xx.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between our ACK and our next block: some ECRs lose a block that follows an ACK too closely.</summary>
    public TimeSpan AckGap { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>After 08 40: how long to wait for the first good block at the new rate.</summary>
    public TimeSpan NewRate { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two intermediate statuses.</summary>
    public TimeSpan Progress { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer that may belong to an earlier message waits for a second answer.</summary>
    public TimeSpan Doubt { get; init; } = TimeSpan.FromSeconds(1);
}
