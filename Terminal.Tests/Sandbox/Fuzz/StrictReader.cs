using System.Text;

namespace Sandbox.Fuzz;

/// <summary>What a command that moves money orders, as an independent reader sees it.</summary>
/// <param name="Minor">Cents; null where a reversal names none.</param>
/// <param name="Code">Of a payment; null if the terminal is to scan it.</param>
/// <param name="Receipt">Of a reversal or refund; null if it names a reference of ours.</param>
sealed record StrictOrder(int Command, long? Minor, string? Code = null, int? Receipt = null);

/// <summary>
/// Reads 06 01, 06 30 and 06 31 to the last byte, sharing nothing with the terminal. Null: must not move money.
/// </summary>
static class StrictReader
{
    const long MostMinor = 1_000_000;

    public static StrictOrder? Read(ReadOnlySpan<byte> apdu) =>
        Body(apdu) is not { } body ? null : (apdu[0] << 8 | apdu[1]) switch
        {
            0x0601 => Payment(body),
            0x0630 when body.Length >= 3 => Return(0x0630, body[3..]),
            0x0631 when body.Length >= 3 => Return(0x0631, body[3..]),
            _ => null,
        };

    static byte[]? Body(ReadOnlySpan<byte> apdu) => apdu switch
    {
        [_, _, 0xFF, var low, var high, .. var rest] => rest.Length == low + 256 * high ? rest.ToArray() : null,
        [_, _, < 0xFF and var length, .. var rest] => rest.Length == length ? rest.ToArray() : null,
        _ => null,
    };

    static StrictOrder? Payment(byte[] body)
    {
        if (StrictFields.Walk(body) is not { } fields || StrictFields.Objects(fields) is not { } objects ||
            Number(fields, 0x04) is not (> 0 and <= MostMinor and var minor) || !IsEuro(fields) ||
            objects.Count(o => o.Tag == 0x1F2D) > 1 || objects.Count(o => o.Tag == 0xE3) > 1)
        {
            return null;
        }
        var origin = objects.Find(o => o.Tag == 0x1F2D).Value;
        var container = objects.Find(o => o.Tag == 0xE3).Value;
        var sources = new byte[] { 0x22, 0x23, 0x24, 0x2D }.Where(fields.ContainsKey).ToArray();
        if (origin is { Length: not 1 } || sources.Length + (container is null ? 0 : 1) > 1)
        {
            return null;
        }
        if (sources.Length == 0)
        {
            return container is not null ? Payment(minor, Barcode(container)) :
                origin is null ? new(0x0601, minor) : null;
        }
        var isBarcode = origin is [2];
        return sources[0] switch
        {
            0x22 => Payment(minor, Digits(fields[0x22]) is { } digits && !fields.ContainsKey(0x0E) &&
                (isBarcode ? !IsCard(digits) : origin is null && IsWallet(digits)) ? digits : null),
            0x2D when isBarcode => Payment(minor, Printable(fields[0x2D])),
            _ => null,
        };
    }

    static StrictOrder? Payment(long minor, string? code) =>
        code is null || IsCard(code) ? null : new(0x0601, minor, code);

    static StrictOrder? Return(int command, byte[] rest)
    {
        if (StrictFields.Walk(rest) is not { } fields || !IsEuro(fields))
        {
            return null;
        }
        var minor = Number(fields, 0x04);
        var receipt = Number(fields, 0x87);
        var isSound = (minor is > 0 || !fields.ContainsKey(0x04)) && (receipt is > 0 || !fields.ContainsKey(0x87)) &&
            (command == 0x0630 ? receipt is not null : minor is not null);
        return isSound ? new(command, minor, null, (int?)receipt) : null;
    }

    static bool IsEuro(Dictionary<byte, byte[]> fields) => !fields.TryGetValue(0x49, out var c) || c is [0x09, 0x78];

    static long? Number(Dictionary<byte, byte[]> fields, byte bmp) =>
        fields.TryGetValue(bmp, out var bytes) && Convert.ToHexString(bytes) is var hex && hex.All(char.IsAsciiDigit)
            ? long.Parse(hex)
            : null;

    static string? Digits(byte[] bytes)
    {
        var hex = Convert.ToHexString(bytes);
        hex = hex.Length > 0 && hex[^1] == 'F' ? hex.Remove(hex.Length - 1) : hex;
        return hex.Length > 0 && hex.All(char.IsAsciiDigit) ? hex : null;
    }

    /// <summary>A wallet's by its shape, and neither Mastercard's, Diners Club's nor UnionPay's.</summary>
    static bool IsWallet(string digits) => digits.Length >= 16 && (digits.Length, int.Parse(digits[..4])) is
        (16, >= 2721 and <= 2999 or >= 3060 and <= 3094 or >= 3096 and <= 3099) or
        ( >= 17 and <= 19, >= 2500 and <= 2999 or >= 3060 and <= 3094 or >= 3096 and <= 3099) or
        ( >= 20 and <= 24, >= 2500 and <= 3099) or
        (18, >= 1000 and <= 1609) or
        (20, >= 6200 and <= 6299);

    /// <summary>What no wallet can have had: Visa, Mastercard and American Express, check digit and all.</summary>
    static bool IsCard(string code) => code.All(char.IsAsciiDigit) && code.Length is 15 or 16 &&
        (code.Length, int.Parse(code[..2])) is (16, >= 40 and <= 49 or >= 51 and <= 55) or (15, 34 or 37) &&
        code.Reverse().Select((c, i) => (c - '0') * (1 + i % 2)).Sum(n => n % 10 + n / 10) % 10 == 0;

    static string? Barcode(byte[] container)
    {
        var inner = StrictFields.Objects(container) ?? [];
        return inner.Count(o => o.Tag == 0x1F2F) == 1 && inner.Count(o => o.Tag == 0x1F2E) == 1 &&
            inner.Find(o => o.Tag == 0x1F2E).Value.Length == 1
                ? Printable(inner.Find(o => o.Tag == 0x1F2F).Value)
                : null;
    }

    static string? Printable(byte[] text) =>
        text.Length is > 0 and <= 512 && text.All(b => b is > 0x20 and < 0x7F) ? Encoding.ASCII.GetString(text) : null;
}
