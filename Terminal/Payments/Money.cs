using System.Globalization;

namespace Terminal.Payments;

/// <summary>An ISO 4217 currency: alphabetic code, numeric code, and how many decimals its minor unit has.</summary>
readonly record struct Currency(string Code, int Number, int Decimals)
{
    public static readonly Currency Eur = new("EUR", 978, 2);
}

/// <summary>An amount in minor units (cents) of one currency.</summary>
readonly record struct Money(long Minor, Currency Currency)
{
    public override string ToString()
    {
        var digits = Minor.ToString(CultureInfo.InvariantCulture).TrimStart('-').PadLeft(Currency.Decimals + 1, '0');
        var point = digits.Length - Currency.Decimals;
        var fraction = Currency.Decimals == 0 ? "" : $".{digits[point..]}";
        return $"{Currency.Code} {(Minor < 0 ? "-" : "")}{digits[..point]}{fraction}";
    }
}
