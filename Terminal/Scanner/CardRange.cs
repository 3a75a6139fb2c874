namespace Terminal.Scanner;

/// <summary>Numbers that one card scheme issues, by their first digits and their length.</summary>
/// <param name="Low">The lowest first digits, as many as in <paramref name="High"/>.</param>
internal readonly record struct CardRange(string Scheme, string Low, string High, int Shortest, int Longest)
{
    /// <summary>
    /// Every scheme. Where a scheme's own list is not public, the range is rather too wide than too narrow. No card
    /// number has 20 digits or more (ISO/IEC 7812).
    /// </summary>
    public static readonly IReadOnlyList<CardRange> All =
    [
        new("UATP", "1", "1", 15, 15),
        new("GPN", "1946", "1946", 16, 19),
        new("Diners enRoute", "2014", "2014", 15, 15),
        new("Diners enRoute", "2149", "2149", 15, 15),
        new("JCB", "1800", "1800", 15, 15),
        new("JCB", "2131", "2131", 15, 15),
        new("Mir", "2200", "2204", 16, 19),
        new("Borica", "2205", "2205", 16, 16),
        new("Mastercard", "2221", "2720", 16, 16),
        new("Diners Club", "300", "305", 14, 19),
        new("Diners Club", "3095", "3095", 14, 19),
        new("China T-Union", "31", "31", 19, 19),
        new("American Express", "34", "34", 15, 15),
        new("RuPay and JCB", "353", "353", 16, 19),
        new("JCB", "3528", "3589", 16, 19),
        new("Diners Club", "36", "36", 14, 19),
        new("American Express", "37", "37", 15, 15),
        new("Diners Club", "38", "39", 14, 19),
        new("Visa", "4", "4", 13, 19),
        new("Maestro", "50", "50", 12, 19),
        new("Mastercard", "51", "55", 16, 16),
        new("Uzcard", "5614", "5614", 16, 16),
        new("Maestro", "56", "59", 12, 19),
        // Maestro issues any number that begins with 6, also within the ranges of others.
        new("RuPay and Discover", "60", "60", 12, 19),
        new("UnionPay", "62", "62", 12, 19),
        new("Discover", "644", "659", 12, 19),
        new("Maestro, girocard", "6", "6", 12, 19),
        new("Fuel and fleet cards", "7", "7", 13, 19),
        new("UnionPay and RuPay", "81", "82", 16, 19),
        new("Uzcard", "8600", "8600", 16, 16),
        new("Voyager", "8699", "8699", 15, 15),
        // ISO/IEC 7812 leaves numbers with a 9 to each country: Belkart, Humo, mada, Napas, Prostir, Troy, old
        // UnionPay.
        new("National schemes", "9", "9", 16, 19),
    ];

    /// <param name="digits">Only digits.</param>
    public bool Has(ReadOnlySpan<byte> digits) =>
        digits.Length >= Shortest && digits.Length <= Longest
        && Compare(digits, Low) >= 0
        && Compare(digits, High) <= 0;

    static int Compare(ReadOnlySpan<byte> digits, string with)
    {
        for (var i = 0; i < with.Length; i++)
        {
            if (digits[i] != with[i])
            {
                return digits[i] - with[i];
            }
        }
        return 0;
    }
}
