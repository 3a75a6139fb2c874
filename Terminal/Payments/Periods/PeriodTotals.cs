namespace Terminal.Payments.Periods;

/// <summary>How many, and how much together in minor units.</summary>
readonly record struct Tally(int Count, long Minor)
{
    public Tally Plus(long minor) => new(Count + 1, Minor + minor);

    public Tally Minus(long minor) => new(Count - 1, Minor - minor);
}

/// <summary>The totals of a business period for the ECR, and beside them those of gateway and head office.</summary>
/// <param name="Sales">
/// Approvals that the ECR acknowledged in the period, and those that it acknowledged by ordering their reversal.
/// </param>
/// <param name="Reversals">Carried out in the period, whenever they were ordered.</param>
/// <param name="Refunds">Likewise.</param>
/// <param name="Receipts">First and last receipt number used in the period; 0 if none was.</param>
/// <param name="Entries">The newest entry of the journal.</param>
/// <param name="Stored">The newest entry that the head office has.</param>
sealed record PeriodTotals(
    Tally Sales, Tally Reversals, Tally Refunds, (int First, int Last) Receipts, long Entries, long Stored)
{
    /// <summary>How many orders were still open when the period closed: not counted, but carried over.</summary>
    public int Unresolved { get; init; }

    /// <summary>Null in an end-of-day that an older version closed.</summary>
    public Balance? Balance { get; init; }

    /// <summary>Nothing happened and nothing is open: closing again changes nothing.</summary>
    public bool IsEmpty => Sales == default && Reversals == default && Refunds == default && Unresolved == 0 &&
        Balance is { Gateway: 0, Open.Count: 0, Before: 0 };

    /// <summary>What is left after all returns; negative if more was returned than sold.</summary>
    public long Net => Sales.Minor - Reversals.Minor - Refunds.Minor;
}
