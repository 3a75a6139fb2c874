using Sandbox.Ecr;

namespace Sandbox.Conform;

/// <summary>The terminal under test, and what can be done to it besides talking.</summary>
/// <param name="Reach">Opens a new line to the terminal; an ECR over TCP does so again and again.</param>
sealed record Surroundings(Func<Reached> Reach, bool IsTcp)
{
    /// <summary>What is available; a case that needs more is not run.</summary>
    public Needs Has { get; init; }

    /// <summary>Shows a code to the terminal's own scanner.</summary>
    public Action<string>? Scan { get; init; }

    /// <summary>Cuts the terminal's power in the middle of its work, and waits until it is back.</summary>
    public Action? Restart { get; init; }

    /// <summary>Cents that the merchant got with this code; null if the gateway cannot be looked into.</summary>
    public Func<string, long>? Captured { get; init; }

    /// <summary>Six digits that replace the cases' 000000.</summary>
    public string Password { get; init; } = "000000";

    public TestPatience Patience { get; init; } = new();
}

/// <summary>How long the instrument waits.</summary>
sealed record TestPatience
{
    /// <summary>T2, for an ACK.</summary>
    public TimeSpan Ack { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>T3, for 80 00 or 84 xx.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Well over the 30 s within which a payment is answered.</summary>
    public TimeSpan Result { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>After a break: longer than T2 and T3, so that all that the terminal still says has come.</summary>
    public TimeSpan AfterBreak { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>For money that goes back in the background.</summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>For someone who has to press something at a register, and for a register's own T4.</summary>
    public TimeSpan Person { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>Silence that means "nothing follows".</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMilliseconds(300);
}
