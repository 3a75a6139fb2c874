using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Sandbox.Simulation;

/// <summary>A seed that every commit has for itself, so that the worlds of yesterday are not run for ever.</summary>
static class CommitSeed
{
    /// <summary>The commit that this was built from, as the compiler noted it.</summary>
    public static string Commit { get; } = Read();

    public static ulong Value { get; } =
        1_000_000 + (BitConverter.ToUInt32(SHA256.HashData(Encoding.ASCII.GetBytes(Commit))) % 1_000_000_000);

    /// <summary>Built outside a repository, the identity of the build stands for it.</summary>
    static string Read()
    {
        var assembly = typeof(CommitSeed).Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        return version.Contains('+', StringComparison.Ordinal)
            ? version[(version.IndexOf('+', StringComparison.Ordinal) + 1)..]
            : assembly.ManifestModule.ModuleVersionId.ToString("N");
    }
}
