namespace Terminal.Scanner;

/// <summary>Recognises numbers that a card scheme may have issued; they never go to a wallet's gateway.</summary>
internal static class CardNumber
{
    /// <summary>
    /// Whether a card could have this number. The check digit is ignored: a mistyped card number is still a card's, and
    /// some schemes have no check digit.
    /// </summary>
    public static bool CanBe(ReadOnlySpan<byte> digits)
    {
        if (!CodeRule.IsDigits(digits))
        {
            return false;
        }
        foreach (var range in CardRange.All)
        {
            if (range.Has(digits))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>
    /// Whether a text from a bar code is most likely a card number or the contents of a card's stripe.
    /// </summary>
    public static bool Is(ReadOnlySpan<byte> text) =>
        (CanBe(text) && HasCheckDigit(text)) || (OnStripe(text) is { Length: > 0 } number && HasCheckDigit(number));

    /// <summary>ISO/IEC 7812-1, annex B: the Luhn sum.</summary>
    static bool HasCheckDigit(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
        }
        return sum % 10 == 0;
    }

    /// <returns>
    /// The number on track 1 or 2 of ISO/IEC 7813, with or without its start sentinel; empty if it is neither.
    /// </returns>
    static ReadOnlySpan<byte> OnStripe(ReadOnlySpan<byte> text)
    {
        var track = text switch
        {
            [(byte)'%', (byte)'B', ..] => text[2..],
            [(byte)'B' or (byte)';', ..] => text[1..],
            _ => text,
        };
        var length = track.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return length is >= 12 and <= 19 && track[length] is (byte)'^' or (byte)'=' or (byte)'D' ? track[..length] : [];
    }
}
