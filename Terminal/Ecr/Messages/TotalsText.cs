using Terminal.Panel.Words;
using Terminal.Payments;
using Terminal.Payments.Periods;

namespace Terminal.Ecr.Messages;

/// <summary>
/// The balance in words: the sums of till, gateway and head office, and whether they agree. Short, because some
/// registers take no message longer than 255 bytes.
/// </summary>
static class TotalsText
{
    static readonly Phrase
        IsBalanced = new("Balanced.", "Stimmt überein."),
        FollowsLater = new("Head office follows.", "Zentrale folgt.");

    /// <param name="unit">Currency of all sums.</param>
    /// <param name="hasHeadOffice">False: says nothing about storage there.</param>
    public static Phrase Closed(PeriodTotals totals, Money unit, bool hasHeadOffice) =>
        new Phrase("Period closed. ", "Abgeschlossen. ") + Of(totals, unit, hasHeadOffice);

    public static Phrase SoFar(PeriodTotals totals, Money unit, bool hasHeadOffice) =>
        new Phrase("Totals so far. ", "Zwischensumme. ") + Of(totals, unit, hasHeadOffice);

    /// <summary>Another 06 50 when nothing has happened since the last.</summary>
    public static Phrase ClosedBefore(PeriodTotals totals, Money unit, bool hasHeadOffice) =>
        new Phrase("Closed before. ", "Schon abgeschlossen. ") + Of(totals, unit, hasHeadOffice);

    /// <summary>The end of the text: what does not agree, the worst first.</summary>
    public static Phrase Verdict(PeriodTotals t, Money unit, bool hasHeadOffice)
    {
        if (t.Balance is not { } balance)
        {
            return new($"Unresolved {t.Unresolved}.", $"Offen {t.Unresolved}.");
        }
        var unresolved = new Phrase($"Unresolved {t.Unresolved}", $"Offen {t.Unresolved}");
        if (balance.Open.Minor > 0)
        {
            unresolved = unresolved.With(" ") + Amount(balance.Open.Minor, unit);
        }
        if (balance.Unexplained(t.Net) is not 0 and var wrong)
        {
            return unresolved + new Phrase(", differs by ", ", Differenz ") + Amount(wrong, unit) +
                new Phrase(": call service.", ": Service rufen.");
        }
        if (t.Unresolved == 0 && balance.Before != 0)
        {
            return new Phrase("Last period's ", "Vorperiode ") + Amount(balance.Before, unit) +
                new Phrase(" settled.", " erledigt.");
        }
        return t.Unresolved > 0 ? unresolved + new Phrase(", goes on.", ", läuft.")
            : hasHeadOffice && balance.HeadOffice != t.Net ? FollowsLater
            : IsBalanced;
    }

    static Phrase Of(PeriodTotals t, Money unit, bool hasHeadOffice)
    {
        var phrase = new Phrase("Sales ", "Zahlungen ") + Of(t.Sales, unit) +
            new Phrase(", reversals ", ", Storno ") + Of(t.Reversals, unit) +
            new Phrase(", refunds ", ", Gutschriften ") + Of(t.Refunds, unit) +
            new Phrase(", total ", ", Summe ") + Phrase.Of(unit with { Minor = t.Net });
        if (t.Balance is { } balance)
        {
            phrase = phrase.With(". Gateway ") + Amount(balance.Gateway, unit);
            if (hasHeadOffice)
            {
                phrase = (phrase + new Phrase(", head office ", ", Zentrale ") + Amount(balance.HeadOffice, unit))
                    .With($" {Stored(t)}");
            }
        }
        phrase = phrase.With(". ") + Verdict(t, unit, hasHeadOffice);
        return TotalsInformation.IsTooMany(t)
            ? phrase + new Phrase(" Over 255: no field 60.", " Über 255: ohne Feld 60.")
            : phrase;
    }

    /// <summary>How many of the journal's entries the head office has.</summary>
    public static string Stored(PeriodTotals t) => $"{Math.Min(t.Stored, t.Entries)}/{t.Entries}";

    static Phrase Of(Tally tally, Money unit) =>
        Phrase.Same($"{tally.Count} ") + Amount(tally.Minor, unit);

    static Phrase Amount(long minor, Money unit) => Phrase.Bare(unit with { Minor = minor });
}
