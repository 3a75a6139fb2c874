using System.Text.RegularExpressions;

namespace Terminal.Tests.Tidy;

/// <summary>A link of a page leads to a file or folder that is there, and to a heading that it has.</summary>
public static partial class PageLinks
{
    /// <param name="pages">Every page, by its path.</param>
    /// <param name="exists">Whether there is a file or folder, relative to the repository.</param>
    public static IEnumerable<string> Broken(
        SourceFile page, IReadOnlyDictionary<string, SourceFile> pages, Func<string, bool> exists) =>
        from m in Link().Matches(page.Text)
        let path = Resolve(page, m.Groups["path"].Value)
        let heading = m.Groups["heading"].Value
        where !exists(path) ||
            (heading.Length > 0 && !(pages.TryGetValue(path, out var target) && Anchors(target).Contains(heading)))
        select page.At(m.Index, $"{m.Groups["link"].Value} leads nowhere");

    static string Resolve(SourceFile page, string path) => path.Length == 0
        ? page.Path
        : Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", page.Folder, path))).Replace('\\', '/');

    /// <summary>As those who show pages make them of headings: small, without punctuation, dashes for blanks.</summary>
    static IEnumerable<string> Anchors(SourceFile page) => Heading().Matches(page.Text)
        .Select(m => Punctuation().Replace(m.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<link>(?<path>[^)#\s:]*)(?:#(?<heading>[^)\s]*))?)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();
}
