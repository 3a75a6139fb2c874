namespace Sandbox.Acceptance;

/// <summary>The lines that a scenario can be played on.</summary>
[Flags]
public enum Lines
{
    /// <summary>A pseudo terminal that passes bytes as slowly as 9600 baud.</summary>
    Serial = 1,
    Tcp = 2,
    Both = Serial | Tcp,
}

/// <summary>One thing that an acquirer wants to see before a till may go into a shop.</summary>
/// <param name="Checks">What is looked at, for people.</param>
/// <param name="Play">Plays it; a <see cref="DeviationException"/> fails it.</param>
sealed record Scenario(string Name, Lines Lines, string Checks, Func<Rig, Task> Play)
{
    /// <summary>It takes a second or two, and so is a part of the tests.</summary>
    public bool IsQuick { get; init; }

    /// <summary>One till speaks, under the usual settings: its trace can be played again.</summary>
    public bool HasOneLine { get; init; } = true;

    public static readonly IReadOnlyList<Scenario> All =
    [
        .. PaymentScenarios.All, .. LineScenarios.All, .. BreakScenarios.All, .. PlaceScenarios.All,
        .. ReturnScenarios.All,
    ];
}

/// <summary>Something did not come out as it must.</summary>
sealed class DeviationException(string what) : Exception(what);
