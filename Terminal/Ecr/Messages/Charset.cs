using System.Text;

namespace Terminal.Ecr.Messages;

/// <summary>
/// How text is encoded for the ECR (TLV tag 14). A character that the set lacks becomes a question mark.
/// </summary>
/// <param name="Code">As in tag 14.</param>
sealed record Charset(byte Code)
{
    /// <summary>The upper half of code page 437, from 80 on.</summary>
    const string UpperHalf =
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐" +
        "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0";

    /// <summary>The character set of ZVT unless another one is agreed on or set.</summary>
    public static readonly Charset CodePage437 = new(0xFF);

    public static readonly Charset Ascii = new(0x00), Latin1 = new(0x01), Utf8 = new(0xFE);

    static readonly Charset[] All = [CodePage437, Utf8, Latin1, Ascii];

    /// <summary>The character sets by their names in the settings.</summary>
    public static readonly IReadOnlyDictionary<string, Charset> Named = new Dictionary<string, Charset>
    {
        ["cp437"] = CodePage437,
        ["iso-8859-1"] = Latin1,
        ["utf-8"] = Utf8,
        ["ascii"] = Ascii,
    };

    /// <summary>Null if we do not have this character set.</summary>
    public static Charset? Find(byte code) => Array.Find(All, set => set.Code == code);

    /// <param name="most">Limit in bytes; longer text is cut, never in the middle of a character.</param>
    public byte[] Encode(string text, int most = int.MaxValue)
    {
        List<byte> bytes = [];
        foreach (var rune in text.EnumerateRunes())
        {
            var next = Encode(rune);
            if (bytes.Count + next.Length > most)
            {
                break;
            }
            bytes.AddRange(next);
        }
        return [.. bytes];
    }

    /// <summary>Decodes text of the ECR, without its control sequences for a display, such as a bigger font.</summary>
    public string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        if (Code == 0xFE)
        {
            text.Append(Encoding.UTF8.GetString(bytes));
        }
        else
        {
            foreach (var b in bytes)
            {
                text.Append((b, Code) switch
                {
                    ( < 0x80, _) or (_, 0x01) => (char)b,
                    (_, 0xFF) => UpperHalf[b - 0x80],
                    _ => '?',
                });
            }
        }
        return string.Concat(text.ToString().Where(c => !char.IsControl(c)));
    }

    byte[] Encode(Rune rune) => (rune.Value, Code) switch
    {
        // A printer would take control characters for orders.
        ( < 0x20 or 0x7F, _) => " "u8.ToArray(),
        ( < 0x80 and var ascii, _) => [(byte)ascii],
        (_, 0xFE) => Encoding.UTF8.GetBytes(rune.ToString()),
        ( >= 0xA0 and <= 0xFF and var latin, 0x01) => [(byte)latin],
        (_, 0xFF) when UpperHalf.IndexOf(rune.ToString(), StringComparison.Ordinal) is >= 0 and var at =>
            [(byte)(0x80 + at)],
        _ => Spelled(rune),
    };

    static byte[] Spelled(Rune rune) => rune.Value switch
    {
        'ä' => "ae"u8.ToArray(),
        'ö' => "oe"u8.ToArray(),
        'ü' => "ue"u8.ToArray(),
        'Ä' => "Ae"u8.ToArray(),
        'Ö' => "Oe"u8.ToArray(),
        'Ü' => "Ue"u8.ToArray(),
        'ß' => "ss"u8.ToArray(),
        '€' => "EUR"u8.ToArray(),
        _ => "?"u8.ToArray(),
    };
}
