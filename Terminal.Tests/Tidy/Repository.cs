using System.Runtime.CompilerServices;

namespace Terminal.Tests.Tidy;

/// <summary>The working tree that these tests were built from, without build output.</summary>
public static class Repository
{
    static readonly HashSet<string> TextEndings =
        [".cs", ".csproj", ".sln", ".props", ".targets", ".md", ".json", ".yml", ".yaml", ".sh", ".ps1", ".service",
         ".timer", ".conf", ".rules", ".dts", ".txt", ".ini", ".toml",
         ".editorconfig", ".gitignore", ".gitattributes", ""];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Texts { get; } = [.. Walk(Root)
        .Where(p => TextEndings.Contains(Path.GetExtension(p)) && new FileInfo(p).Length < 1 << 20)
        .Select(p => new SourceFile(Path.GetRelativePath(Root, p).Replace('\\', '/'), File.ReadAllText(p)))
        .OrderBy(f => f.Path, StringComparer.Ordinal)];

    public static IEnumerable<SourceFile> Sources => Texts.Where(f => f.Path.EndsWith(".cs", StringComparison.Ordinal));

    public static IEnumerable<string> TopLevel =>
        Directory.EnumerateFileSystemEntries(Root).Select(p => Path.GetFileName(p)!);

    /// <summary>Names of folders in the program that a file belongs to.</summary>
    public static IReadOnlySet<string> FoldersAround(SourceFile file) => Around[ProgramOf(file)];

    static readonly Dictionary<string, HashSet<string>> Around = Sources.GroupBy(ProgramOf)
        .ToDictionary(p => p.Key, p => p.SelectMany(f => f.Folder.Split('/')).ToHashSet());

    static string ProgramOf(SourceFile file) =>
        file.Path.StartsWith("Terminal.Tests/Sandbox/", StringComparison.Ordinal) ? "Sandbox" : file.Path.Split('/')[0];

    /// <summary>Where a file of these tests lies, for golden files that are rewritten in place.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    static IEnumerable<string> Walk(string folder) => Directory.EnumerateFiles(folder).Concat(
        Directory.EnumerateDirectories(folder)
            .Where(d => Path.GetFileName(d) is var name && !name.StartsWith('.')
                && name is not ("artifacts" or "bin" or "obj"))
            .SelectMany(Walk));

    static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(File.Exists(here) ? Path.GetDirectoryName(here)! : AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Terminal.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("no Terminal.sln above the tests");
        }
        return folder.FullName;
    }
}
