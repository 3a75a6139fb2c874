using System.Text;

namespace Terminal.Scanner;

/// <summary>The form of one wallet's codes: digits only, with certain lengths and first digits.</summary>
sealed class CodeRule
{
    readonly int shortest;
    readonly int longest;
    readonly (byte[] Low, byte[] High)[] prefixes;

    CodeRule(CodeKind kind, (int, int) digits, (string Low, string High)[] prefixes, (bool, bool) traits)
    {
        (Kind, (NeedsFlag, IsIndivisible)) = (kind, traits);
        (shortest, longest) = digits;
        this.prefixes = [.. prefixes.Select(p => (Encoding.ASCII.GetBytes(p.Low), Encoding.ASCII.GetBytes(p.High)))];
    }

    public CodeKind Kind { get; }

    /// <summary>A code of this wallet needs the till's word that it was read from a bar code.</summary>
    public bool NeedsFlag { get; }

    /// <summary>The wallet returns payments only as a whole.</summary>
    public bool IsIndivisible { get; }

    /// <param name="digits">A length or a range of lengths, "18" or "16-24", from 8 to 64.</param>
    /// <param name="prefixes">Prefixes and ranges of equal width, "10-15,160".</param>
    /// <returns>Null if one of the two texts does not have this form.</returns>
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

    public bool Matches(ReadOnlySpan<byte> code)
    {
        if (code.Length < shortest || code.Length > longest || !IsDigits(code))
        {
            return false;
        }
        foreach (var (low, high) in prefixes)
        {
            var start = code[..low.Length];
            if (start.SequenceCompareTo(low) >= 0 && start.SequenceCompareTo(high) <= 0)
            {
                return true;
            }
        }
        return false;
    }

    internal static bool IsDigits(ReadOnlySpan<byte> text) =>
        !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    /// <summary>"25-30" or "62"; both ends have the same number of digits, from 1 to 8.</summary>
    static (string Low, string High)? Range(string text)
    {
        var ends = text.Trim().Split('-');
        return ends.Length <= 2 && ends.All(e => e.Length is >= 1 and <= 8 && e.All(char.IsAsciiDigit))
            && ends[0].Length == ends[^1].Length && string.CompareOrdinal(ends[0], ends[^1]) <= 0
                ? (ends[0], ends[^1])
                : null;
    }
}
