namespace Terminal.Tests.Conform;

/// <summary>How a scripted register talks, after tills that are met in the field.</summary>
sealed record RegisterManner
{
    /// <summary>As the protocol says.</summary>
    public static readonly RegisterManner Right = new();

    /// <summary>Leaves 200 ms before a command and gives the sale up at the first surprise.</summary>
    public static readonly RegisterManner GivesUp = new() { Pause = Milliseconds(200), Repeats = false, Asks = false };

    /// <summary>Refuses what comes after the end of its command.</summary>
    public static readonly RegisterManner Refuses = new()
    {
        Pause = Milliseconds(100),
        Repeats = false,
        Asks = false,
        RefusesWhenIdle = true,
    };

    /// <summary>
    /// After a till on ecrterm: anything but an ACK in its place, or one broken block, ends the call; the till opens
    /// the line anew, which throws away what came, and asks.
    /// </summary>
    public static readonly RegisterManner BreaksOff = new()
    {
        Pause = Milliseconds(200),
        AwaitsAck = TimeSpan.FromSeconds(30),
        Repeats = false,
        TakesOnlyAck = true,
        EndsAtBrokenBlock = true,
        Reopens = true,
        Questions = 10,
    };

    /// <summary>
    /// After a till on Portalum.Zvt: waits for an ACK and for nothing else, takes all that came together for one
    /// block, and refuses what comes while no call of its own runs.
    /// </summary>
    public static readonly RegisterManner JoinsBlocks = new()
    {
        AwaitsAck = TimeSpan.FromSeconds(180),
        Repeats = false,
        IgnoresNak = true,
        TakesTogetherForOne = true,
        RefusesWhenIdle = true,
        Questions = 10,
    };

    /// <summary>Asks with 06 20 before each order, as it does when it starts.</summary>
    public static readonly RegisterManner AsksFirst = new() { AsksBeforeOrder = true };

    /// <summary>Before each command.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>T2, as it understands it.</summary>
    public TimeSpan AwaitsAck { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>It sends a block again that was not acknowledged.</summary>
    public bool Repeats { get; init; } = true;

    /// <summary>It asks with 06 20 what became of a sale that broke off.</summary>
    public bool Asks { get; init; } = true;

    /// <summary>How often, until it is told.</summary>
    public int Questions { get; init; } = 3;

    public bool AsksBeforeOrder { get; init; }

    /// <summary>84 66 to what comes while no command of its own runs; else it is thrown away.</summary>
    public bool RefusesWhenIdle { get; init; }

    public bool TakesOnlyAck { get; init; }

    public bool IgnoresNak { get; init; }

    public bool EndsAtBrokenBlock { get; init; }

    public bool TakesTogetherForOne { get; init; }

    /// <summary>Before it asks what became of a sale, which throws away what came meanwhile.</summary>
    public bool Reopens { get; init; }

    static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
