namespace Terminal.Scanner;

/// <summary>The shape of one wallet's codes: digits only, so many of them, beginning so.</summary>
public sealed class CodeRule
{
    readonly int shortest;
    readonly int longest;
    readonly (string Low, string High)[] prefixes;

    CodeRule(CodeKind kind, (int, int) digits, (string, string)[] prefixes, (bool, bool) traits)
    {
        (Kind, (NeedsFlag, IsIndivisible)) = (kind, traits);
        (shortest, longest) = digits;
        this.prefixes = prefixes;
    }

    public CodeKind Kind { get; }

    /// <summary>A till must say that such a code was read from a bar code.</summary>
    public bool NeedsFlag { get; }

    /// <summary>The wallet returns the whole of a payment, or nothing.</summary>
    public bool IsIndivisible { get; }

    /// <param name="digits">A length or a range of lengths, "18" or "16-24", from 8 to 64.</param>
    /// <param name="prefixes">Prefixes and ranges of equal width, "10-15,160".</param>
    /// <returns>Null when one of the two texts is not of that form.</returns>
    public static CodeRule? Parse(
        CodeKind kind, string digits, string prefixes, (bool NeedsFlag, bool IsIndivisible) traits = default)
    {
        var ranges = prefixes.Split(',').Select(Range).ToArray();
        return Range(digits) is not { Low.Length: <= 2 } lengths || ranges.Any(r => r is null)
            ? null
            : (int.Parse(lengths.Low), int.Parse(lengths.High)) is ( >= 8, <= 64) span
                ? new(kind, span, [.. ranges.Select(r => r!.Value)], traits)
                : null;
    }

    public bool Matches(string code) =>
        code.Length >= shortest && code.Length <= longest && code.All(char.IsAsciiDigit) && prefixes.Any(p =>
            string.CompareOrdinal(code, 0, p.Low, 0, p.Low.Length) >= 0
            && string.CompareOrdinal(code, 0, p.High, 0, p.High.Length) <= 0);

    /// <summary>"25-30" or "62"; both ends have 1 to 8 digits, equally many.</summary>
    static (string Low, string High)? Range(string text)
    {
        var ends = text.Trim().Split('-');
        return ends.Length <= 2 && ends.All(e => e.Length is >= 1 and <= 8 && e.All(char.IsAsciiDigit))
            && ends[0].Length == ends[^1].Length && string.CompareOrdinal(ends[0], ends[^1]) <= 0
                ? (ends[0], ends[^1])
                : null;
    }
}
