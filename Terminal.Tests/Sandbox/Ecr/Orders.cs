using System.Text;

namespace Sandbox.Ecr;

/// <summary>Orders of a till, field by field, as hex.</summary>
static class Orders
{
    /// <summary>An amount at which the sandbox's gateway approves at once.</summary>
    public const long Approved = 1234;

    /// <summary>"The code in 22 or 2D was read from a barcode".</summary>
    public const string FromBarcode = "06 04 1F2D 01 02";

    /// <summary>BMP 49, euro.</summary>
    public const string Euro = "49 0978";

    static int codes;

    public static string Amount(long cents) => $"04 {cents:D12}";

    /// <summary>BMP 22, an odd number of digits padded with F.</summary>
    public static string Digits(string code)
    {
        var packed = code.Length % 2 == 0 ? code : code + "F";
        return $"22 {Length(packed.Length / 2)} {packed}";
    }

    /// <summary>BMP 2D.</summary>
    public static string Characters(string code) =>
        $"2D {Length(code.Length)} {Convert.ToHexString(Encoding.ASCII.GetBytes(code))}";

    /// <summary>A code like Alipay's, different each time; its last digits choose nothing at the gateway.</summary>
    public static string NewCode() => $"28{DateTime.UtcNow.Ticks / 10_000 % 100_000_000:D8}{++codes:D6}11";

    /// <summary>BMP 3C.</summary>
    public static string Text(string text) =>
        $"3C F{text.Length / 100} {Length(text.Length % 100)} {Convert.ToHexString(Encoding.ASCII.GetBytes(text))}";

    /// <summary>06 01 as most tills would send it; without a code the terminal scans it.</summary>
    public static Telegram Pay(long cents, string? code) =>
        Telegram.Of(0x0601, $"{Amount(cents)} {Euro} {(code is null ? "" : $"{Scanned(code)} {FromBarcode}")}");

    static string Scanned(string code) => code.All(char.IsAsciiDigit) ? Digits(code) : Characters(code);

    /// <summary>06 00 with any configuration byte and an empty TLV container.</summary>
    public static Telegram Register(byte configuration) =>
        Telegram.Of(0x0600, $"000000 {configuration:X2} 0978 03 00 06 00");

    static string Length(int count) => $"F{count / 10} F{count % 10}";
}
