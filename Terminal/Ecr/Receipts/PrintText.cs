namespace Terminal.Ecr.Receipts;

/// <summary>One line for the ECR's printer.</summary>
/// <param name="Attribute">As in 06 D1: 40 centred, 20 double width, 10 double height.</param>
readonly record struct PrintLine(string Text, byte Attribute = 0)
{
    public const byte Centred = 0x40, DoubleHeight = 0x10;
}

/// <summary>Sets text in the lines of a printer.</summary>
static class PrintText
{
    public const int DefaultWidth = 24;

    const int Least = 16, Most = 48;

    /// <summary>The width that we use on a printer with this many columns.</summary>
    public static int Fit(int columns) => Math.Clamp(columns, Least, Most);

    /// <summary>Breaks between words; a word longer than a line is split.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        while (text.Length > width)
        {
            var at = text.LastIndexOf(' ', width);
            at = at <= 0 ? width : at;
            yield return text[..at];
            text = text[at..].TrimStart();
        }
        yield return text;
    }

    /// <summary>Label on the left and value on the right, in one line if both fit.</summary>
    public static IEnumerable<string> Pair(string label, string value, int width)
    {
        if (label.Length + 1 + value.Length <= width)
        {
            return [label + value.PadLeft(width - label.Length)];
        }
        return [label, .. Wrap(value, width).Select(line => line.PadLeft(width))];
    }
}
