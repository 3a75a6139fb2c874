using System.Text;

namespace Terminal.Tests.Tidy;

/// <summary>One source file: as written, and with comments and literals blanked so that rules see code only.</summary>
/// <param name="path">Relative to the repository, with forward slashes.</param>
public sealed class SourceFile(string path, string text)
{
    public string Path { get; } = path;
    public string Text { get; } = text;
    public string Code { get; } = Blank(text);

    public string[] Lines => Text.TrimEnd('\n').Split('\n');

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public string Folder => Path.Contains('/') ? Path[..Path.LastIndexOf('/')] : "";

    /// <summary>A finding at an offset into <see cref="Text"/>.</summary>
    public string At(int offset, string problem) => $"{Path}:{LineOf(offset)}: {problem}";

    public int LineOf(int offset) => Text.AsSpan(0, offset).Count('\n') + 1;

    /// <summary>Keeps length and line ends, so that offsets mean the same in both.</summary>
    static string Blank(string text)
    {
        var code = new StringBuilder(text);
        for (var i = 0; i < text.Length;)
        {
            var end = EndOfQuiet(text, i);
            for (var k = i; k < end; k++)
            {
                if (text[k] != '\n')
                {
                    code[k] = ' ';
                }
            }
            i = Math.Max(end, i + 1);
        }
        return code.ToString();
    }

    /// <summary>Where the comment or literal that starts here ends; the start itself if none does.</summary>
    static int EndOfQuiet(string text, int start)
    {
        bool Here(string s) => string.CompareOrdinal(text, start, s, 0, s.Length) == 0;
        int After(string s, int from) =>
            text.IndexOf(s, from, StringComparison.Ordinal) is >= 0 and var at ? at + s.Length : text.Length;
        return text[start] switch
        {
            '/' when Here("//") => After("\n", start) is var e && e < text.Length ? e - 1 : e,
            '/' when Here("/*") => After("*/", start + 2),
            '"' when Here("\"\"\"") => After("\"\"\"", start + 3),
            '"' when start > 0 && text[start - 1] == '@' => EndOfLiteral(text, start, verbatim: true),
            '"' or '\'' => EndOfLiteral(text, start, verbatim: false),
            _ => start,
        };
    }

    static int EndOfLiteral(string text, int start, bool verbatim)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && !verbatim)
            {
                i++;
            }
            else if (text[i] == text[start])
            {
                if (!verbatim || i + 1 >= text.Length || text[i + 1] != '"')
                {
                    return i + 1;
                }
                i++;
            }
            else if (text[i] == '\n' && !verbatim)
            {
                return i;
            }
        }
        return text.Length;
    }
}
