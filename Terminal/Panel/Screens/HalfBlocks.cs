using System.Text;
using Terminal.Panel.Cues;

namespace Terminal.Panel.Screens;

/// <summary>A canvas as text: each character holds two pixels, one above the other.</summary>
static class HalfBlocks
{
    public static IEnumerable<string> Lines(Canvas canvas)
    {
        for (var y = 0; y < canvas.Height; y += 2)
        {
            var line = new StringBuilder(canvas.Width);
            for (var x = 0; x < canvas.Width; x++)
            {
                line.Append((canvas[x, y], canvas[x, y + 1]) switch
                {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    _ => ' ',
                });
            }
            yield return line.ToString();
        }
    }

    /// <summary>The lamps in colour and in letters, and a note while the buzzer sounds.</summary>
    public static string Lights(Lamps lamps, int hertz)
    {
        var line = new StringBuilder();
        foreach (var (lamp, colour) in new[] { (Lamps.Green, 32), (Lamps.Yellow, 33), (Lamps.Red, 31) })
        {
            var sign = lamps.HasFlag(lamp) ? $"\e[{colour};1m●\e[0m" : "○";
            line.Append($"{sign} {lamp.ToString().ToLowerInvariant()}   ");
        }
        return hertz > 0 ? $"{line}♪ {hertz} Hz" : line.ToString();
    }
}
