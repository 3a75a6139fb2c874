using System.Text.RegularExpressions;

namespace Terminal.Tests.Tidy;

/// <summary>What may lie in the repository.</summary>
public static partial class TreeRules
{
    static readonly HashSet<string> TopLevel =
        ["Terminal", "Terminal.Tests", "hardware", "deploy", "systemd", "Terminal.sln", "README.md"];

    /// <param name="names">Names at the top level; build output is none of ours.</param>
    public static IEnumerable<string> OnlyTheKnownTopLevel(IEnumerable<string> names) =>
        from name in names
        where !TopLevel.Contains(name) && !name.StartsWith('.') && name != "artifacts" && !BuildProps().IsMatch(name)
        select $"{name}: does not belong at the top level";

    /// <summary>Nothing that is true on one machine only.</summary>
    public static IEnumerable<string> MachinePaths(SourceFile file) =>
        MachinePath().Matches(file.Text).Select(m => file.At(m.Index, $"'{m.Value}' exists on one machine only"));

    public static IEnumerable<string> Registries(SourceFile file) =>
        Registry().Matches(file.Text).Select(m => file.At(m.Index, $"'{m.Value}' is a package registry"));

    /// <summary>A comment before each: its month, and "older than 2024" where that is so.</summary>
    public static IEnumerable<string> Packages(SourceFile file) =>
        from m in Package().Matches(file.Text)
        let month = m.Groups["month"].Value
        let isOld = string.CompareOrdinal(month, "2024") < 0
        where month.Length == 0 || (isOld && !m.Value.Contains("older than 2024", StringComparison.Ordinal))
        select file.At(m.Index, $"{m.Groups["name"].Value}: which month, what is known, and why so old?");

    [GeneratedRegex(@"(<!-- (?<month>20\d\d-\d\d)[,:](?:(?!-->).)*-->\s*)?<PackageVersion Include=""(?<name>[^""]+)""",
        RegexOptions.Singleline)]
    private static partial Regex Package();

    [GeneratedRegex(@"^Directory\.\w+\.(props|targets)$")]
    private static partial Regex BuildProps();

    [GeneratedRegex(@"(?<![\w./~-])/(work|home|root|Users|mnt)/\w+|\b[A-Z]:\\Users\\")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\b(api\.nuget\.org|(www\.)?nuget\.org/api|registry\.npmjs\.org|pypi\.org|proxy\.golang\.org|"
        + @"crates\.io|docker\.io|ghcr\.io|mcr\.microsoft\.com|pkgs\.dev\.azure\.com|\w+\.jfrog\.io)\b",
            RegexOptions.IgnoreCase)]
    private static partial Regex Registry();
}
