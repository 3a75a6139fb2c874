namespace Terminal.Panel.Screens;

/// <summary>Letters of one size. A missing character is drawn as '?'.</summary>
sealed class Face
{
    public static readonly Face Text = new(TextSheet.Characters, Sheet.Cut(TextSheet.Art), 1);

    /// <summary>The small letters at twice their size.</summary>
    public static readonly Face Headline = Text.Doubled(2);

    /// <summary>Like <see cref="Headline"/>, but set closer.</summary>
    public static readonly Face Narrow = Text.Doubled(1);

    /// <summary>Only digits and their separators.</summary>
    public static readonly Face Amount = new(AmountSheet.Characters, Sheet.Cut(AmountSheet.Art), 1);

    readonly Dictionary<char, Canvas> glyphs = [];
    readonly int gap;

    Face(IEnumerable<char> characters, IEnumerable<Canvas> pictures, int gap)
    {
        this.gap = gap;
        foreach (var (character, picture) in characters.Zip(pictures))
        {
            glyphs.Add(character, picture);
        }
        Height = glyphs.Values.First().Height;
    }

    /// <summary>Height including descenders.</summary>
    public int Height { get; }

    public int Measure(string text) => text.Sum(c => Glyph(c).Width + gap) - (text.Length > 0 ? gap : 0);

    public void Draw(Canvas canvas, string text, int left, int top)
    {
        foreach (var c in text)
        {
            canvas.Draw(Glyph(c), left, top);
            left += Glyph(c).Width + gap;
        }
    }

    /// <summary>
    /// Lines no wider than <paramref name="width"/>, broken at spaces; a word that is longer stays whole.
    /// </summary>
    public IReadOnlyList<string> Wrap(string text, int width)
    {
        List<string> lines = [];
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && Measure($"{lines[^1]} {word}") <= width)
            {
                lines[^1] += $" {word}";
            }
            else
            {
                lines.Add(word);
            }
        }
        return lines;
    }

    Face Doubled(int gap) => new(glyphs.Keys, glyphs.Values.Select(g => g.Doubled()), gap);

    Canvas Glyph(char c) => glyphs.TryGetValue(c, out var glyph) ? glyph : glyphs.GetValueOrDefault('?', Nothing);

    static readonly Canvas Nothing = new(0, 0);
}
