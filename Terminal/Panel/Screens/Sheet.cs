namespace Terminal.Panel.Screens;

/// <summary>Cuts a drawing of many pictures into single ones.</summary>
static class Sheet
{
    /// <param name="art">'#' is lit, '.' dark; a space parts the pictures of a band, an empty line the bands.
    /// </param>
    public static IReadOnlyList<Canvas> Cut(string art) =>
        [.. art.ReplaceLineEndings("\n").Split("\n\n").SelectMany(band => CutBand(band.Split('\n')))];

    static IEnumerable<Canvas> CutBand(string[] rows)
    {
        var cells = rows.Select(r => r.Split(' ')).ToArray();
        return cells[0].Select((_, i) => ToCanvas([.. cells.Select(row => row[i])]));
    }

    static Canvas ToCanvas(string[] rows)
    {
        var picture = new Canvas(rows[0].Length, rows.Length);
        for (var y = 0; y < rows.Length; y++)
        {
            for (var x = 0; x < rows[y].Length; x++)
            {
                picture[x, y] = rows[y][x] == '#';
            }
        }
        return picture;
    }
}
