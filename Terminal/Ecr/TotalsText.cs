using Terminal.Payments;

namespace Terminal.Ecr;

/// <summary>
/// The balance in words: the sums of the till, of the gateway and of the head office, and whether they agree. Short, so
/// that the message stays under 255 bytes: some registers know no longer one.
/// </summary>
static class TotalsText
{
    static readonly Phrase
        IsBalanced = new(" Balanced.", " Stimmt überein."),
        FollowsLater = new(" Head office follows.", " Zentrale folgt.");

    /// <param name="unit">Currency of all sums.</param>
    /// <param name="hasHeadOffice">Else nothing is said of what is stored there.</param>
    public static Phrase Closed(PeriodTotals totals, Money unit, bool hasHeadOffice) =>
        new Phrase("Period closed. ", "Abgeschlossen. ") + Of(totals, unit, hasHeadOffice);

    public static Phrase SoFar(PeriodTotals totals, Money unit, bool hasHeadOffice) =>
        new Phrase("Totals so far. ", "Zwischensumme. ") + Of(totals, unit, hasHeadOffice);

    /// <summary>With its currency; more may have been returned than taken.</summary>
    public static string Of(long minor, Money unit) => $"{unit.Currency.Code} {Amount(minor, unit)}";

    static Phrase Of(PeriodTotals t, Money unit, bool hasHeadOffice)
    {
        var total = Of(t.Net, unit);
        var phrase = new Phrase(
            $"Sales {Of(t.Sales, unit)}, reversals {Of(t.Reversals, unit)}, refunds {Of(t.Refunds, unit)}, " +
            $"total {total}.",
            $"Zahlungen {Of(t.Sales, unit)}, Storno {Of(t.Reversals, unit)}, Gutschriften {Of(t.Refunds, unit)}, " +
            $"Summe {total}.");
        return t.Balance is { } balance
            ? phrase + Of(t, balance, unit, hasHeadOffice) + Verdict(t, balance, unit, hasHeadOffice)
            : phrase + new Phrase($" Unresolved {t.Unresolved}.", $" Offen {t.Unresolved}.");
    }

    static Phrase Of(PeriodTotals t, Balance balance, Money unit, bool hasHeadOffice)
    {
        var gateway = $" Gateway {Amount(balance.Gateway, unit)}";
        var stored = $"{Amount(balance.HeadOffice, unit)} {Math.Min(t.Stored, t.Entries)}/{t.Entries}.";
        return hasHeadOffice
            ? new($"{gateway}, head office {stored}", $"{gateway}, Zentrale {stored}")
            : new($"{gateway}.", $"{gateway}.");
    }

    /// <summary>What does not agree, the worst first.</summary>
    static Phrase Verdict(PeriodTotals t, Balance balance, Money unit, bool hasHeadOffice)
    {
        var open = balance.Open.Minor > 0 ? $" {Amount(balance.Open.Minor, unit)}" : "";
        var before = Amount(balance.Before, unit);
        var unresolved = new Phrase($" Unresolved {t.Unresolved}{open}", $" Offen {t.Unresolved}{open}");
        if (balance.Unexplained(t.Net) is not 0 and var wrong)
        {
            var by = Amount(wrong, unit);
            return unresolved + new Phrase($", differs by {by}: call service.", $", Differenz {by}: Service rufen.");
        }
        if (balance.Before != 0)
        {
            return unresolved + new Phrase($", {before} from before.", $", {before} von vorher.");
        }
        return t.Unresolved > 0 ? unresolved + new Phrase(", goes on.", ", läuft.")
            : hasHeadOffice && balance.HeadOffice != t.Net ? FollowsLater
            : IsBalanced;
    }

    static string Of(Tally tally, Money unit) => $"{tally.Count} {Amount(tally.Minor, unit)}";

    static string Amount(long minor, Money unit) =>
        (minor < 0 ? "-" : "") + (unit with { Minor = Math.Abs(minor) }).ToString()[(unit.Currency.Code.Length + 1)..];
}
