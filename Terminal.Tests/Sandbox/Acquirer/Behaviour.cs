namespace Sandbox.Acquirer;

/// <summary>What the simulated gateway does with one payment; unset, it approves at once and keeps its word.</summary>
/// <param name="Cents">Last two digits of the amount, or of a code that ends in 000nn, that choose it.</param>
public sealed record Behaviour(int Cents, string Does)
{
    /// <summary>The result code of a signed refusal of pay; the payment fails.</summary>
    public string Declines { get; init; } = "";

    /// <summary>A signed F of pay although the money is taken.</summary>
    public string Misleads { get; init; } = "";

    /// <summary>Inquiry and cancel find no such payment.</summary>
    public bool Forgets { get; init; }

    /// <summary>When the customer confirms, counted from the arrival of pay; null: never.</summary>
    public TimeSpan? PaidAfter { get; init; } = TimeSpan.Zero;

    /// <summary>How long the pay request is on its way; until then the payment does not exist.</summary>
    public TimeSpan ArrivesAfter { get; init; }

    public TimeSpan AnswersAfter { get; init; }

    /// <summary>What is wrong with the pay answer on the wire.</summary>
    public WireFault Fault { get; init; }

    /// <summary>How far the clock in the pay answer is off.</summary>
    public TimeSpan Skew { get; init; }

    /// <summary>Payment status written like a word.</summary>
    public bool OddCase { get; init; }

    /// <summary>So many cancels are answered by U and do nothing.</summary>
    public int UnclearCancels { get; init; }

    /// <summary>The result code that refuses every cancel.</summary>
    public string RefusesCancel { get; init; } = "";

    /// <summary>Cancel says S and does nothing.</summary>
    public bool LyingCancel { get; init; }

    public int UnclearRefunds { get; init; }

    /// <summary>So many refund ids fail for good.</summary>
    public int FailingRefunds { get; init; }
}
