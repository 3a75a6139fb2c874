using System.Text;

namespace Sandbox.Demo;

/// <summary>
/// The service's display in this window: takes what the service draws and shows it at half the size, in place at the
/// top of a terminal window, or on demand where there is none.
/// </summary>
sealed class Window(TextWriter output, bool isLive)
{
    const int Rows = 32;
    const int Columns = 128;
    const int Height = Rows / 2 + 1;
    const char FirstBraille = '\u2800';

    // Dots of a braille cell, row by row: left, right.
    static readonly int[] Dots = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];

    readonly Lock gate = new();
    readonly string[] rows = [.. Enumerable.Repeat("", Rows)];
    readonly StringBuilder text = new();
    string lights = "";
    int row;
    bool inEscape;

    /// <summary>Keeps the top of the window for the display; what is printed scrolls below it.</summary>
    public void Open()
    {
        if (isLive)
        {
            var below = Height + 2;
            output.Write($"\e[2J\e[{below};999r\e[{below};1H");
        }
    }

    public void Close()
    {
        if (isLive)
        {
            output.Write("\e[r\e[999;1H\e[?25h\n");
        }
    }

    /// <summary>Prints below the display.</summary>
    public void Say(string line)
    {
        lock (gate)
        {
            output.WriteLine(line);
        }
    }

    /// <summary>Where there is no live window: the display as it is now.</summary>
    public void ShowOnce()
    {
        lock (gate)
        {
            if (!isLive && rows[0].Length > 0)
            {
                output.WriteLine(Frame());
            }
        }
    }

    /// <summary>What the service wrote: rows of half blocks, moves of the cursor, the line with the lamps.</summary>
    public void Take(ReadOnlySpan<char> written)
    {
        lock (gate)
        {
            foreach (var c in written)
            {
                Take(c);
            }
            if (isLive)
            {
                output.Write("\e7\e[1;1H" + Frame().ReplaceLineEndings("\e[K\r\n") + "\e[K\e8");
                output.Flush();
            }
        }
    }

    void Take(char c)
    {
        text.Append(c);
        if (inEscape && char.IsAsciiLetter(c))
        {
            inEscape = false;
            var sequence = text.ToString();
            var start = sequence.LastIndexOf('\e');
            row = c == 'H' ? RowOf(sequence[(start + 2)..^1]) : row;
            // Colours belong to the text, everything else moves or clears.
            text.Length = c == 'm' ? text.Length : start;
        }
        else if (c == '\e')
        {
            inEscape = true;
        }
        else if (c == '\n')
        {
            Keep(text.ToString().TrimEnd('\n'));
            text.Clear();
        }
    }

    void Keep(string line)
    {
        if (row < Rows)
        {
            rows[row] = line;
        }
        else if (row == Rows)
        {
            lights = line;
        }
        row++;
    }

    static int RowOf(string place) => int.TryParse(place.Split(';')[0], out var number) ? number - 1 : 0;

    string Frame()
    {
        var frame = new StringBuilder();
        for (var y = 0; y < Rows * 2; y += 4)
        {
            for (var x = 0; x < Columns; x += 2)
            {
                var cell = 0;
                for (var dot = 0; dot < Dots.Length; dot++)
                {
                    cell |= IsLit(x + dot % 2, y + dot / 2) ? Dots[dot] : 0;
                }
                frame.Append((char)(FirstBraille + cell));
            }
            frame.Append('\n');
        }
        return frame.Append(lights).ToString();
    }

    bool IsLit(int x, int y)
    {
        var line = rows[y / 2];
        return x < line.Length && (line[x] == '█' || line[x] == (y % 2 == 0 ? '▀' : '▄'));
    }
}
