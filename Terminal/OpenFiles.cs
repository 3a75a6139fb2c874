using System.Globalization;

namespace Terminal;

/// <summary>How many files and connections this process may have open at once.</summary>
static class OpenFiles
{
    /// <summary>About 80 are open at work; connections, a backup and the runtime's own come on top.</summary>
    const int Least = 256;

    const string Limits = "/proc/self/limits";

    /// <summary>
    /// What to report if the limit is too low for the service; null: it is high enough, or not known.
    /// </summary>
    public static string? Problem()
    {
        try
        {
            return Problem(File.ReadLines(Limits));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <param name="limits">As the kernel writes them: name, soft limit, hard limit, unit.</param>
    internal static string? Problem(IEnumerable<string> limits)
    {
        const string Name = "Max open files";
        var line = limits.FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal)) ?? "";
        var soft = line[Math.Min(Name.Length, line.Length)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return soft.Length > 0 && int.TryParse(soft[0], NumberStyles.None, null, out var limit) && limit < Least
            ? $"only {limit} files and connections may be open at once, and the service can need {Least}; " +
                "next step: LimitNOFILE=1024 in the unit, or ulimit -n 1024"
            : null;
    }
}
