using System.Globalization;
using System.Text;

namespace Sandbox.Demo;

/// <summary>
/// Looks through all private memory of a running process, garbage included. The service is not dumpable, so only root
/// may.
/// </summary>
static class MemorySearch
{
    const int Chunk = 1 << 20;

    /// <summary>Every way in which this program could hold the digits of a code.</summary>
    public static IReadOnlyDictionary<string, byte[]> WaysOf(string digits) => new Dictionary<string, byte[]>
    {
        ["text"] = Encoding.ASCII.GetBytes(digits),
        ["string"] = Encoding.Unicode.GetBytes(digits),
        ["packed"] = Convert.FromHexString(digits.Length % 2 == 0 ? digits : digits + "F"),
    };

    /// <returns>Where each of them lies, such as "text at 7f12a4001230 in [heap]"; empty: nowhere.</returns>
    /// <exception cref="UnauthorizedAccessException">We are not root.</exception>
    public static List<string> Find(int process, IReadOnlyDictionary<string, byte[]> ways)
    {
        List<string> found = [];
        using var memory = new FileStream(
            $"/proc/{process}/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        foreach (var (from, to, name) in Mappings(process))
        {
            foreach (var (way, at) in Find(memory, (from, to), ways))
            {
                found.Add($"{way} at {at:x} in {name}");
            }
        }
        return found;
    }

    static IEnumerable<(string Way, long At)> Find(
        FileStream memory, (long From, long To) range, IReadOnlyDictionary<string, byte[]> ways)
    {
        var overlap = ways.Values.Max(bytes => bytes.Length) - 1;
        var buffer = new byte[Chunk + overlap];
        for (var at = range.From; at < range.To; at += Chunk)
        {
            var count = Read(memory, at, buffer.AsSpan(0, (int)Math.Min(buffer.Length, range.To - at)));
            foreach (var (way, bytes) in ways)
            {
                for (int next = 0, hit; (hit = IndexIn(buffer.AsSpan(next, count - next), bytes)) >= 0; next += hit + 1)
                {
                    if (next + hit < Chunk)
                    {
                        yield return (way, at + next + hit);
                    }
                }
            }
        }
    }

    static int IndexIn(ReadOnlySpan<byte> bytes, byte[] wanted) => bytes.IndexOf(wanted);

    /// <summary>What is gone or guarded meanwhile holds nothing to be found.</summary>
    static int Read(FileStream memory, long at, Span<byte> into)
    {
        try
        {
            memory.Position = at;
            return memory.ReadAtLeast(into, into.Length, throwOnEndOfStream: false);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Readable, writable, and this process's own.</summary>
    static IEnumerable<(long From, long To, string Name)> Mappings(int process)
    {
        foreach (var line in File.ReadAllLines($"/proc/{process}/maps"))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[1].StartsWith("rw", StringComparison.Ordinal))
            {
                var ends = words[0].Split('-');
                yield return (Number(ends[0]), Number(ends[1]), words.Length > 5 ? words[5] : "no file");
            }
        }
    }

    static long Number(string hex) => long.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
