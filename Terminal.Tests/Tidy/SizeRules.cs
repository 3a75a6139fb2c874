namespace Terminal.Tests.Tidy;

/// <summary>How big things may get.</summary>
public static class SizeRules
{
    public static IEnumerable<string> FileLength(SourceFile file) =>
        file.Lines.Length > 300 ? [$"{file.Path}:301: {file.Lines.Length} lines; 300 are allowed"] : [];

    public static IEnumerable<string> LineLength(SourceFile file) => file.Lines
        .Select((line, i) => (line.Length, Number: i + 1))
        .Where(l => l.Length > 120)
        .Select(l => $"{file.Path}:{l.Number}: {l.Length} columns; 120 are allowed");

    public static IEnumerable<string> MethodLength(SourceFile file) =>
        from m in Member.Of(file)
        let limit = m.IsTable ? 100 : 70
        where m.Lines > limit
        select file.At(m.Start, $"a method of {m.Lines} lines; {limit} are allowed");

    public static IEnumerable<string> ParameterCount(SourceFile file) =>
        from m in Member.Of(file)
        where m.ParameterCount > 4 && !m.IsDictated
        select file.At(m.Start, $"{m.ParameterCount} parameters; 4 are allowed");
}
