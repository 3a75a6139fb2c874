using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Terminal.Ecr.Messages;
using Terminal.Ecr.Trace;

namespace Sandbox.Acceptance;

/// <summary>
/// A trace of one scenario that reads alike after every run: times from its first line in tenths of a second, receipt
/// and trace numbers counted from 1, one time of day, gateway ids and references counted. Still a trace that
/// <see cref="TraceEntry.ReadAll"/> reads.
/// </summary>
sealed partial class TraceText(string trace)
{
    readonly Dictionary<string, int> known = [];

    public override string ToString()
    {
        var text = new StringBuilder();
        var (start, last, shift) = (TimeSpan.MinValue, TimeSpan.MinValue, TimeSpan.Zero);
        foreach (var e in TraceEntry.ReadAll(new StringReader(trace)))
        {
            if (e.At < last)
            {
                text.Append("# killed, started again\n");
                shift += last;
            }
            start = start == TimeSpan.MinValue ? e.At : start;
            last = e.At;
            var at = (e.At + shift - start).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{at,6} {Show(e)}\n");
        }
        return text.ToString();
    }

    string Show(TraceEntry entry) => entry switch
    {
        TraceEntry.Message e => $"{Sign(e.IsFromEcr)} {Show(Even(e.Apdu))}",
        TraceEntry.Receipt e => $"{Sign(e.IsFromEcr)} {(e.IsPositive ? "ack" : "nak")}",
        TraceEntry.Broken e => $"{Sign(e.IsFromEcr)} broken",
        TraceEntry.Line { Baud: { } baud } => $"open {baud}",
        _ => "closed",
    };

    static string Show(byte[] apdu) => $"{Convert.ToHexString(apdu)}  # {TraceWords.Of(apdu)}";

    static char Sign(bool isFromEcr) => isFromEcr ? '>' : '<';

    byte[] Even(byte[] apdu)
    {
        var even = Latin(Named().Replace(Encoding.Latin1.GetString(apdu), Count));
        var command = Apdu.Read(even) is { IsAnswer: false } read ? read.Command : 0;
        var head = command switch
        {
            Command.StatusInformation => 0,
            Command.Reversal or Command.Refund => 3,
            _ => -1,
        };
        if (head >= 0)
        {
            var from = apdu[2] == 0xFF ? 5 : 3;
            foreach (var (bmp, value) in Fields.Read(even.AsMemory(from + head)).All)
            {
                Even(bmp, MemoryMarshal.AsMemory(value).Span);
            }
        }
        return even;
    }

    void Even(byte bmp, Span<byte> value)
    {
        switch (bmp)
        {
            case Bmp.Receipt:
                Bcd.Write(Number("receipt", Bcd.Read(value)), 2).CopyTo(value);
                break;
            case Bmp.Trace or Bmp.OriginalTrace or Bmp.Turnover:
                Bcd.Write(Number("trace", Bcd.Read(value)), 3).CopyTo(value);
                break;
            case Bmp.SingleTotals:
                Bcd.Write(Number("receipt", Bcd.Read(value[..2])), 2).CopyTo(value);
                Bcd.Write(Number("receipt", Bcd.Read(value[2..4])), 2).CopyTo(value[2..]);
                break;
            case Bmp.Time:
                Bcd.Write(120000, 3).CopyTo(value);
                break;
            case Bmp.Date:
                Bcd.Write(102, 2).CopyTo(value);
                break;
        }
    }

    int Number(string what, long? number) => number is null or 0 ? 0 : Number($"{what} {number}");

    /// <summary>Names of one kind ("receipt 17") in the order in which they appear, from 1.</summary>
    int Number(string name)
    {
        if (!known.TryGetValue(name, out var number))
        {
            var kind = name[..(name.IndexOf(' ', StringComparison.Ordinal) + 1)];
            number = known.Keys.Count(k => k.StartsWith(kind, StringComparison.Ordinal)) + 1;
            known.Add(name, number);
        }
        return number;
    }

    string Count(Match name) => name.Groups["gateway"] is { Success: true, Value: var id }
        ? $"G{Number("gateway " + id):D12}"
        : name.Groups["receipt"] is { Success: true, Value: var receipt }
            ? $"{name.Groups["word"].Value}{Number("receipt", long.Parse(receipt, CultureInfo.InvariantCulture)):D4}"
        : name.Groups["reference"] is { Success: true, Value: var reference }
            ? Letters(Number("reference " + reference), reference.Length)
            : Digit().Replace(name.Value, "9");

    /// <summary>References have no 0 and no 1.</summary>
    static string Letters(int number, int length)
    {
        var letters = new char[length];
        for (var i = length - 1; i >= 0; i--)
        {
            (letters[i], number) = ((char)('A' + (number % 26)), number / 26);
        }
        return new(letters);
    }

    static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);

    [GeneratedRegex(@"G(?<gateway>[0-9]{12})|(?<word>[Rr]eceipt )(?<receipt>[0-9]{4})|(?<=Head office )[0-9/]+"
        + "|(?<=REF:)(?<reference>[A-Z2-7]{26})")]
    private static partial Regex Named();

    [GeneratedRegex("[0-9]")]
    private static partial Regex Digit();
}
