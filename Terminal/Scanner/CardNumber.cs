using System.Text.RegularExpressions;

namespace Terminal.Scanner;

/// <summary>What a card scheme can have given out: never for a wallet's gateway.</summary>
internal static partial class CardNumber
{
    /// <summary>
    /// Could a card have this number? Its check digit is not looked at: a keyed card number with a wrong digit is
    /// still a card's, and some schemes have none.
    /// </summary>
    public static bool CanBe(string digits) =>
        digits.All(char.IsAsciiDigit) && CardRange.All.Any(range => range.Has(digits));

    /// <summary>Is this, read from a bar code, most likely a card's number or what its stripe holds?</summary>
    public static bool Is(string text) =>
        (CanBe(text) && HasCheckDigit(text)) || (Stripe().Match(text) is { Success: true, Groups: [_, var number] }
            && HasCheckDigit(number.Value));

    /// <summary>ISO/IEC 7812-1, annex B: the Luhn sum.</summary>
    static bool HasCheckDigit(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
        }
        return sum % 10 == 0;
    }

    /// <summary>Track 1 or 2 of ISO/IEC 7813, with or without its start sentinel.</summary>
    [GeneratedRegex(@"^(?:%?B|;?)([0-9]{12,19})[\^=D]")]
    private static partial Regex Stripe();
}
