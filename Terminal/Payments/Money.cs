namespace Terminal.Payments;

/// <summary>An ISO 4217 currency: alphabetic code, numeric code, and how many decimals its minor unit has.</summary>
public readonly record struct Currency(string Code, int Number, int Decimals)
{
    public static readonly Currency Eur = new("EUR", 978, 2);
}

/// <summary>An amount in minor units (cents) of one currency.</summary>
public readonly record struct Money(long Minor, Currency Currency)
{
    public override string ToString()
    {
        if (Currency.Decimals == 0)
        {
            return $"{Currency.Code} {Minor}";
        }
        var unit = (long)Math.Pow(10, Currency.Decimals);
        return $"{Currency.Code} {Minor / unit}.{(Minor % unit).ToString().PadLeft(Currency.Decimals, '0')}";
    }
}
