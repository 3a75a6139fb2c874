namespace Terminal.Payments.Periods;

/// <summary>How many, and how much together in minor units.</summary>
readonly record struct Tally(int Count, long Minor)
{
    public Tally Plus(long minor) => new(Count + 1, Minor + minor);

    public Tally Minus(long minor) => new(Count - 1, Minor - minor);
}

/// <summary>What a business period came to for the ECR, and beside it for gateway and head office.</summary>
/// <param name="Sales">
/// Approvals that the ECR acknowledged in the period, and those that it acknowledged by ordering their reversal.
/// </param>
/// <param name="Reversals">Carried out in the period, whenever they were ordered.</param>
/// <param name="Refunds">Likewise.</param>
/// <param name="Receipts">First and last receipt number used in the period; 0 if none was.</param>
/// <param name="Entries">The newest entry of the journal.</param>
/// <param name="Stored">Up to here the head office has the journal.</param>
sealed record PeriodTotals(
    Tally Sales, Tally Reversals, Tally Refunds, (int First, int Last) Receipts, long Entries, long Stored)
{
    /// <summary>Still open when the period closed: not counted, carried over.</summary>
    public int Unresolved { get; init; }

    /// <summary>Null in an end-of-day that an older version closed.</summary>
    public Balance? Balance { get; init; }

    /// <summary>Nothing happened and nothing is open: to close it again changes nothing.</summary>
    public bool IsEmpty => Sales == default && Reversals == default && Refunds == default && Unresolved == 0 &&
        Balance is { Gateway: 0, Open.Count: 0, Before: 0 };

    /// <summary>What is left after all returns; negative if more was returned than sold.</summary>
    public long Net => Sales.Minor - Reversals.Minor - Refunds.Minor;
}
