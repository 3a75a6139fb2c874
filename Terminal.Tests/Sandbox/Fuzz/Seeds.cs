using System.Text;

namespace Sandbox.Fuzz;

/// <summary>
/// Inputs that mean something, from which others are made: one a line, as hex (<c>corpus/TARGET.hex</c>, # begins a
/// comment) or as text (<c>corpus/TARGET.txt</c>). An input that once hurt stays here for good.
/// </summary>
static class Seeds
{
    public static IReadOnlyList<byte[]> Of(string target) =>
    [
        .. Lines($"{target}.hex").Select(line => line.Split('#')[0].Replace(" ", "", StringComparison.Ordinal))
            .Where(line => line.Length > 0).Select(Convert.FromHexString),
        .. Lines($"{target}.txt").Where(line => line.Length > 0).Select(Encoding.UTF8.GetBytes),
    ];

    static string[] Lines(string name)
    {
        using var stream = typeof(Seeds).Assembly.GetManifestResourceStream($"corpus/{name}");
        return stream is null ? [] : new StreamReader(stream).ReadToEnd().Split('\n');
    }
}
