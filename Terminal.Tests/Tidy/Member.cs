using System.Text.RegularExpressions;

namespace Terminal.Tests.Tidy;

/// <summary>One method or constructor, as far as braces tell.</summary>
/// <param name="Header">Everything before its body.</param>
/// <param name="IsTable">An expression that is one <c>switch</c>: a row table.</param>
public sealed partial record Member(int Start, int Lines, string Header, string Parameters, bool IsTable)
{
    /// <summary>A signature that somebody else dictates: an override or a foreign function.</summary>
    public bool IsDictated => DictatedWord().IsMatch(Header);

    public int ParameterCount => Count(Parameters);

    /// <summary>All methods of a file, in order; also the primary constructors of classes.</summary>
    public static IEnumerable<Member> Of(SourceFile file)
    {
        var code = file.Code;
        var types = new Stack<int>();
        int depth = 0, start = 0;
        for (var i = 0; i < code.Length; i++)
        {
            if (code[i] == '}')
            {
                depth--;
                if (types.TryPeek(out var opened) && opened == depth)
                {
                    types.Pop();
                }
                start = i + 1;
            }
            else if (code[i] == '{' && IsType(code[start..i]))
            {
                if (Read(file, start, i) is { } primary)
                {
                    yield return primary with { Lines = 1 };
                }
                types.Push(depth++);
                start = i + 1;
            }
            else if (code[i] is '{' or ';' or '=' && types.TryPeek(out var type) && type == depth - 1)
            {
                var end = EndOfMember(code, i);
                if (Read(file, start, i) is { } method)
                {
                    yield return method with
                    {
                        Lines = file.LineOf(end) - file.LineOf(method.Start) + 1,
                        IsTable = code[i] == '=' && SwitchWord().IsMatch(code[i..end]),
                    };
                }
                i = end;
                start = end + 1;
            }
            else if (code[i] == '{')
            {
                depth++;
                start = i + 1;
            }
            else if (code[i] == ';')
            {
                start = i + 1;
            }
        }
    }

    /// <summary>The closing brace of a block, or the semicolon of an expression or declaration.</summary>
    static int EndOfMember(string code, int from)
    {
        var depth = 0;
        for (var i = from; i < code.Length; i++)
        {
            depth += code[i] switch { '{' or '(' or '[' => 1, '}' or ')' or ']' => -1, _ => 0 };
            if (depth == 0 && (code[i] == ';' || (code[i] == '}' && code[from] == '{')))
            {
                return i;
            }
        }
        return code.Length - 1;
    }

    /// <summary>A header that has parameters, and is no field, property or record.</summary>
    static Member? Read(SourceFile file, int start, int end)
    {
        var raw = file.Code[start..end];
        var header = Attributes().Replace(raw, m => new string(' ', m.Length));
        var open = header.IndexOf('(');
        var begin = start + header.Length - header.TrimStart().Length;
        if (open < 0 || header.AsSpan(0, open).Contains('=') || header.TrimStart().StartsWith('=') || IsRecord(header))
        {
            return null;
        }
        // A tuple as return type comes before the name: the parameters are the last group that follows a word.
        var group = ParameterGroup().Match(header);
        return group.Success ? new(begin, 1, header.Trim(), group.Groups["p"].Value, false) : null;
    }

    static int Count(string parameters)
    {
        int depth = 0, count = 1;
        foreach (var c in parameters)
        {
            depth += c switch { '(' or '[' or '<' or '{' => 1, ')' or ']' or '>' or '}' => -1, _ => 0 };
            count += c == ',' && depth == 0 ? 1 : 0;
        }
        return string.IsNullOrWhiteSpace(parameters) ? 0 : count;
    }

    static bool IsType(string header) => TypeWord().IsMatch(header) && !header.Contains("=>", StringComparison.Ordinal);

    static bool IsRecord(string header) => RecordWord().IsMatch(header);

    [GeneratedRegex(@"^\s*(\[[^\[\]]*(\[[^\[\]]*\][^\[\]]*)*\]\s*)+")]
    private static partial Regex Attributes();

    [GeneratedRegex(@"\b(class|struct|interface|enum|record|namespace)\s+\w")]
    private static partial Regex TypeWord();

    [GeneratedRegex(@"\brecord\s+\w")]
    private static partial Regex RecordWord();

    [GeneratedRegex(@"\b(override|extern|partial)\b")]
    private static partial Regex DictatedWord();

    [GeneratedRegex(@"\bswitch\b")]
    private static partial Regex SwitchWord();

    [GeneratedRegex(@"(\w|>|operator\s*\S+)\s*\((?<p>(?>[^()]+|(?<o>\()|(?<-o>\)))*(?(o)(?!)))\)")]
    private static partial Regex ParameterGroup();
}
