namespace Sandbox.Acquirer;

/// <summary>
/// What the simulated gateway does with one payment. By default it approves at once and keeps its word.
/// </summary>
/// <param name="Cents">
/// Last two digits of the amount, or of a code that ends in 000nn; they choose this behaviour.
/// </param>
public sealed record Behaviour(int Cents, string Does)
{
    /// <summary>Result code with which pay is refused, signed; the payment fails.</summary>
    public string Declines { get; init; } = "";

    /// <summary>Result code of a signed F of pay although the money is taken.</summary>
    public string Misleads { get; init; } = "";

    /// <summary>Inquiry and cancel find no such payment.</summary>
    public bool Forgets { get; init; }

    /// <summary>When the customer confirms, counted from the arrival of pay; null: never.</summary>
    public TimeSpan? PaidAfter { get; init; } = TimeSpan.Zero;

    /// <summary>How long the pay request is on its way; until then the payment does not exist.</summary>
    public TimeSpan ArrivesAfter { get; init; }

    public TimeSpan AnswersAfter { get; init; }

    /// <summary>Fault of the pay answer on the wire.</summary>
    public WireFault Fault { get; init; }

    /// <summary>How far the clock in the pay answer is off.</summary>
    public TimeSpan Skew { get; init; }

    /// <summary>Writes the payment status like a word.</summary>
    public bool OddCase { get; init; }

    /// <summary>How many cancels are answered with U and do nothing.</summary>
    public int UnclearCancels { get; init; }

    /// <summary>Result code with which every cancel is refused.</summary>
    public string RefusesCancel { get; init; } = "";

    /// <summary>Cancel says S and does nothing.</summary>
    public bool LyingCancel { get; init; }

    public int UnclearRefunds { get; init; }

    /// <summary>How many refund ids fail for good.</summary>
    public int FailingRefunds { get; init; }
}
