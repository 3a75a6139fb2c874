using Terminal.Ecr.Messages;
using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Periods;

namespace Terminal.Ecr.Receipts;

/// <summary>The figures of an end-of-day as lines of its receipt.</summary>
static class PeriodReceipt
{
    /// <param name="unit">Currency of all sums.</param>
    /// <param name="hasHeadOffice">False: there is no line about storage there.</param>
    public static IEnumerable<(Phrase Label, Phrase Value)> Lines(PeriodTotals totals, Money unit, bool hasHeadOffice)
    {
        yield return Of(new("Sales", "Zahlungen"), totals.Sales, unit);
        yield return Of(new("Reversals", "Storno"), totals.Reversals, unit);
        yield return Of(new("Refunds", "Gutschriften"), totals.Refunds, unit);
        yield return (new("Total", "Summe"), Sum(totals.Net, unit));
        if (totals.Balance is not { } balance)
        {
            yield return (new("Unresolved", "Offen"), Phrase.Same($"{totals.Unresolved}"));
            yield break;
        }
        yield return (new("Gateway", "Gateway"), Sum(balance.Gateway, unit));
        if (hasHeadOffice)
        {
            yield return (new("Head office", "Zentrale"), Sum(balance.HeadOffice, unit));
            yield return (new("Entries", "Einträge"), Phrase.Same(TotalsText.Stored(totals)));
        }
        yield return (new Phrase("Unresolved", "Offen").With($" {totals.Unresolved}"), Sum(balance.Open.Minor, unit));
        if (balance.Before != 0)
        {
            yield return (new("Open before", "Vorher offen"), Sum(balance.Before, unit));
        }
    }

    static (Phrase, Phrase) Of(Phrase label, Tally tally, Money unit) =>
        (label.With($" {tally.Count}"), Phrase.Bare(unit with { Minor = tally.Minor }));

    static Phrase Sum(long minor, Money unit) => Phrase.Of(unit with { Minor = minor });
}
