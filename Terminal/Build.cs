using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Terminal;

/// <summary>What this program is: its version, the commit it was made from, and how it was compiled.</summary>
static class Build
{
    /// <summary>The version, and after the plus the commit that it was made from.</summary>
    static readonly string[] Parts = typeof(Build).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+');

    public static string Version => Parts[0];

    /// <summary>"unknown" if it was built outside a clone.</summary>
    public static string Commit => Parts is [_, var commit, ..] ? commit : "unknown";

    /// <summary>
    /// Compiled ahead of time, as shipped; else compiled while it runs, as in tests and <c>dotnet run</c>.
    /// </summary>
    public static bool IsNative => !RuntimeFeature.IsDynamicCodeSupported;

    /// <summary>Version, commit, way of compiling and platform, separated by blanks.</summary>
    public static string Line => $"{Version} {Commit} {(IsNative ? "native" : "managed")} " +
        $"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
}
