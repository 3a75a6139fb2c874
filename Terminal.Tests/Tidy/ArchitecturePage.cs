using System.Text.RegularExpressions;

namespace Terminal.Tests.Tidy;

/// <summary>The architecture page names what is there, and its glossary holds the names of types.</summary>
public static partial class ArchitecturePage
{
    public const string Path = "Terminal/README.md";

    const string Glossary = "\n## Glossary\n";

    /// <summary>Every folder of the product has a row in the table of folders, and every row a folder.</summary>
    public static IEnumerable<string> Folders(SourceFile page, IEnumerable<SourceFile> product)
    {
        var there = product.Where(f => f.Folder.Contains('/')).SelectMany(f => Outward(f.Folder)).ToHashSet();
        var rows = FolderRow().Matches(page.Text).ToDictionary(m => m.Groups[1].Value, m => m.Index);
        return there.Except(rows.Keys).Order().Select(f => page.At(0, $"{f}/ has no row among the folders"))
            .Concat(rows.Where(r => !there.Contains(r.Key)).Select(r => page.At(r.Value, $"{r.Key}/ is no folder")));
    }

    /// <summary>What the page names in code letters, type, member or file, is there.</summary>
    public static IEnumerable<string> Names(SourceFile page, IEnumerable<SourceFile> product)
    {
        var files = product.Select(f => f.Path).ToList();
        var words = product.SelectMany(f => Word().Matches(f.Code)).Select(m => m.Value).ToHashSet();
        return from m in Named().Matches(page.Text)
               let name = m.Groups[1].Value
               where name.EndsWith(".cs", StringComparison.Ordinal)
                   ? !files.Exists(f => f.EndsWith($"/{name}", StringComparison.Ordinal))
                   : !Word().Matches(name).All(w => words.Contains(w.Value))
               select page.At(m.Index, $"{name} is not there");
    }

    /// <summary>A word of the glossary that bears a type's name bears one that exists.</summary>
    public static IEnumerable<string> Types(SourceFile page, IReadOnlySet<string> types) =>
        from row in Rows(page)
        from m in Named().Matches(row.Groups["types"].Value)
        from part in m.Groups[1].Value.Split('.')
        where !types.Contains(part)
        select page.At(row.Index, $"{part} is no type");

    /// <summary>One thing, one word: what the glossary says not to use is in no type's name.</summary>
    public static IEnumerable<string> OtherWords(SourceFile page, SourceFile file)
    {
        var unwanted = (from row in Rows(page)
                        from m in Word().Matches(row.Groups["not"].Value)
                        select (Not: m.Value, Say: row.Groups["word"].Value)).ToDictionary(w => w.Not, w => w.Say);
        return from t in CodeRules.Types(file)
               from part in Part().Matches(t.Name)
               where unwanted.ContainsKey(part.Value)
               select file.At(t.At, $"{t.Name}: not '{part.Value}', the glossary says '{unwanted[part.Value]}'");
    }

    /// <summary>A folder and those around it, seen from the product.</summary>
    static IEnumerable<string> Outward(string folder)
    {
        var parts = folder.Split('/')[1..];
        return parts.Select((_, i) => string.Join('/', parts[..(i + 1)]));
    }

    static MatchCollection Rows(SourceFile page) =>
        page.Text.IndexOf(Glossary, StringComparison.Ordinal) is >= 0 and var at
        ? GlossaryRow().Matches(page.Text, at)
        : throw new InvalidDataException($"{page.Path} has no glossary");

    [GeneratedRegex(@"^\| `(\w+(?:/\w+)*)/` \|", RegexOptions.Multiline)]
    private static partial Regex FolderRow();

    [GeneratedRegex(@"^\| (?<word>[^|`]+?) \| [^|]+ \| (?<types>[^|]*)\| (?<not>[^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex GlossaryRow();

    [GeneratedRegex(@"`((?:[A-Z]\w*/)?[A-Z]\w*(?:\.[A-Z]\w*)*(?:\.cs)?)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"[A-Z]\w*")]
    private static partial Regex Word();

    [GeneratedRegex(@"[A-Z](?:[A-Z]+(?![a-z])|[a-z0-9]*)")]
    private static partial Regex Part();
}
