using Terminal.Panel.Words;
using Terminal.Payments;

namespace Terminal.Panel.Cues;

/// <summary>What a screen says: one message and one next step.</summary>
readonly record struct ScreenText(string Message, string NextStep);

/// <summary>The texts of the screens.</summary>
static class ScreenWording
{
    public static ScreenText Of(Cue cue, Language language) =>
        language is Language.German ? GermanWording.Of(cue) : EnglishWording.Of(cue);

    /// <summary>The amount without its currency, grouped: 1,234.50 or 1.234,50.</summary>
    public static string Amount(Money money, Language language)
    {
        var (group, point) = language is Language.German ? ('.', ',') : (',', '.');
        var decimals = money.Currency.Decimals;
        var digits = Math.Abs(money.Minor).ToString().PadLeft(decimals + 1, '0');
        var whole = digits[..^decimals];
        for (var i = whole.Length - 3; i > 0; i -= 3)
        {
            whole = whole.Insert(i, group.ToString());
        }
        return $"{(money.Minor < 0 ? "-" : "")}{whole}{(decimals > 0 ? point + digits[^decimals..] : "")}";
    }

    /// <summary>How many payments are being undone, and for how long the oldest. Without descenders: the
    /// strip has no row for them.</summary>
    public static string Unresolved(Strip strip, Language language)
    {
        var open = language is Language.German ? "offen" : "OPEN";
        return strip.Unresolved == 0 ? $"0 {open}" : $"{strip.Unresolved} {open} {strip.OldestText}";
    }
}
