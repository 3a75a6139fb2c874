using System.Text.RegularExpressions;

namespace Terminal.Tests.Tidy;

/// <summary>What code may say, and where.</summary>
public static partial class CodeRules
{
    static readonly HashSet<string> Seams =
    [
        "IEcr", "IPanel", "IAcquirer", "IJournal", "IDisk", "IDiskFile", "IBackend", "ISerialLine",
    ];

    /// <summary>Namespace and folder say the same; a program's top-level statements have none.</summary>
    public static IEnumerable<string> NamespaceIsFolder(SourceFile file)
    {
        var wanted = file.Folder.Replace("Terminal.Tests/Sandbox", "Sandbox", StringComparison.Ordinal)
            .Replace('/', '.');
        var match = Namespace().Match(file.Code);
        if (!match.Success)
        {
            return file.Name is "Program.cs" or "GlobalUsings.cs"
                ? []
                : [file.At(0, $"no file-scoped namespace {wanted}")];
        }
        return match.Groups[1].Value == wanted ? [] : [file.At(match.Index, $"namespace should be {wanted}")];
    }

    /// <summary>The payment core decides from its arguments alone.</summary>
    public static IEnumerable<string> Purity(SourceFile file) =>
        Find(file, Impure(), m => $"{m.Value.Trim()} in the pure core");

    /// <summary>A model that shared the core's arithmetic would share its mistakes.</summary>
    public static IEnumerable<string> Independence(SourceFile file) =>
        Find(file, Core(), _ => "the payment core in the model that judges it");

    /// <summary>A till that read with the terminal's codec would share its mistakes.</summary>
    public static IEnumerable<string> OwnCodec(SourceFile file) =>
        Find(file, Codec(), m => $"{m.Value} of the terminal in the till that judges it");

    public static IEnumerable<string> Interfaces(SourceFile file) =>
        from m in InterfaceName().Matches(file.Code)
        where !Seams.Contains(m.Groups[1].Value)
        select file.At(m.Index, $"{m.Groups[1].Value} is no seam; use the type itself");

    public static IEnumerable<string> BannedWords(SourceFile file) =>
        from t in Types(file)
        let word = BannedWord().Match(t.Name)
        where word.Success
        select file.At(t.At, $"{t.Name}: '{word.Value}' names nothing");

    public static IEnumerable<string> NotNamedLikeAFolder(SourceFile file, IReadOnlySet<string> folders) =>
        from t in Types(file)
        where folders.Contains(t.Name)
        select file.At(t.At, $"{t.Name} is the name of a folder");

    /// <summary>A program has no users but itself; the theories of the tests name some of its enums.</summary>
    public static IEnumerable<string> PublicTypes(SourceFile file) =>
        Find(file, PublicType(), m => $"{m.Value.Trim()} is public");

    /// <summary>One name, one type: also across folders.</summary>
    public static IEnumerable<string> SharedNames(IEnumerable<SourceFile> files) =>
        from named in files.SelectMany(f => OuterType().Matches(f.Code).Select(m => (File: f, Match: m)))
        group named by named.Match.Groups["name"].Value into same
        where same.Count() > 1
        from named in same
        select named.File.At(named.Match.Index, $"{same.Key} is the name of {same.Count()} types");

    /// <summary>Waiting on a <c>TimeProvider time</c> is no waiting: a test moves it.</summary>
    public static IEnumerable<string> Sleeps(SourceFile file) =>
        Find(file, Sleep(), m => $"{m.Value} waits for real time");

    public static IEnumerable<string> NativeCalls(SourceFile file) =>
        Find(file, Native(), _ => "a native call outside Device/");

    /// <summary>By /dev/gpiomem the library takes lines from under whoever has them, past the kernel.</summary>
    public static IEnumerable<string> GpioPastTheKernel(SourceFile file) =>
        Find(file, GpioMemory(), m => $"{m.Value}: lines are asked for by libgpiod alone");

    public static IEnumerable<string> SkippedTests(SourceFile file) => Find(file, Skipped(), _ => "a skipped test");

    static IEnumerable<string> Find(SourceFile file, Regex regex, Func<Match, string> problem) =>
        regex.Matches(file.Code).Select(m => file.At(m.Index, problem(m)));

    internal static IEnumerable<(string Name, int At)> Types(SourceFile file) =>
        TypeName().Matches(file.Code).Select(m => (m.Groups["name"].Value, m.Index));

    [GeneratedRegex(@"^namespace\s+([\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\b(async|await|Task|ValueTask|DateTime|DateTimeOffset|TimeProvider|Random|RandomNumberGenerator|"
        + @"ILogger|Stopwatch|Thread|Console|Environment|Guid\.NewGuid|System\.(IO|Net|Threading)|"
        + @"Terminal\.(?!Payments\b)[A-Z]\w*)\b")]
    private static partial Regex Impure();

    [GeneratedRegex(@"\bTerminal\.Payments\b")]
    private static partial Regex Core();

    [GeneratedRegex(@"\binterface\s+(\w+)")]
    private static partial Regex InterfaceName();

    [GeneratedRegex(@"\b(class|struct|interface|enum|record(\s+(class|struct))?)\s+(?<name>[A-Z]\w*)")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^public (?!enum\b).*$", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(
        @"^(?!.*\bpartial )([a-z]+ )*(class|struct|interface|enum|record(\s+(class|struct))?)\s+(?<name>[A-Z]\w*)",
        RegexOptions.Multiline)]
    private static partial Regex OuterType();

    [GeneratedRegex("(Manager|Service|Helper|Util|Handler|Processor|Common|Base|Impl|Info)(?![a-z])")]
    private static partial Regex BannedWord();

    [GeneratedRegex(@"\bThread\s*\.\s*Sleep\b|\bTask\s*\.\s*Delay\b(?!\([^;]*,\s*time\b)")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\bnew\s+GpioController\s*\(\s*\)|\b(RaspberryPi\w*Driver|SysFsDriver|GetBestDriver\w*)\b")]
    private static partial Regex GpioMemory();

    [GeneratedRegex(@"\[\s*(LibraryImport|DllImport)\b")]
    private static partial Regex Native();

    [GeneratedRegex(
        @"\b(?:Fields|FieldWriter|Bcd|Tlv|Crc16|FrameDecoder|SerialLink|TcpLink|TcpLine)\b|\b(?:Apdu|Frame|Bmp)\.\w")]
    private static partial Regex Codec();

    [GeneratedRegex(@"\bSkip\s*=[^=]")]
    private static partial Regex Skipped();
}
