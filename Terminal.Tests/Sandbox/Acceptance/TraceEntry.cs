using System.Globalization;
using Terminal.Ecr.Trace;

namespace Sandbox.Acceptance;

/// <summary>One line of a trace that <see cref="EcrTrace"/> wrote.</summary>
/// <param name="At">Since the start of the trace.</param>
abstract record TraceEntry(TimeSpan At)
{
    /// <summary>A whole message, payment codes hidden.</summary>
    public sealed record Message(TimeSpan At, bool IsFromEcr, byte[] Apdu) : TraceEntry(At);

    /// <summary>ACK or NAK of a serial line.</summary>
    public sealed record Receipt(TimeSpan At, bool IsFromEcr, bool IsPositive) : TraceEntry(At);

    /// <summary>A block that could not be read.</summary>
    public sealed record Broken(TimeSpan At, bool IsFromEcr) : TraceEntry(At);

    /// <summary>The line was opened at this rate, or (null) closed.</summary>
    public sealed record Line(TimeSpan At, int? Baud) : TraceEntry(At);

    /// <summary>Every entry in order; what follows a # is a comment.</summary>
    /// <exception cref="FormatException">A line that no trace holds.</exception>
    public static IEnumerable<TraceEntry> ReadAll(TextReader text)
    {
        while (text.ReadLine() is { } line)
        {
            if (line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words)
            {
                yield return Read(words)
                    ?? throw new FormatException($"not a line of a trace: {line}");
            }
        }
    }

    static TraceEntry? Read(string[] words)
    {
        if (words.Length < 2 ||
            !double.TryParse(words[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ||
            seconds > 1e9)
        {
            return null;
        }
        var at = TimeSpan.FromSeconds(seconds);
        return words[1..] switch
        {
            ["open", var baud] when int.TryParse(baud, CultureInfo.InvariantCulture, out var rate) =>
                new Line(at, rate),
            ["closed"] => new Line(at, null),
            [">" or "<", "ack"] => new Receipt(at, words[1] == ">", true),
            [">" or "<", "nak"] => new Receipt(at, words[1] == ">", false),
            [">" or "<", "broken"] => new Broken(at, words[1] == ">"),
            [">" or "<", var hex] when hex.Length % 2 == 0 && hex.All(char.IsAsciiHexDigit) =>
                new Message(at, words[1] == ">", Convert.FromHexString(hex)),
            _ => null,
        };
    }
}
