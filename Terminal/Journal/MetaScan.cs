using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Terminal.Journal;

/// <summary>
/// Finds rows of the table of texts in raw bytes. There are older copies among them, and nothing proves one by itself:
/// epoch and anchor are proved by the entries that follow from them.
/// </summary>
sealed partial class MetaScan
{
    // So many different ones that are rubbish, at most: each is tried.
    const int Most = 1000;

    readonly HashSet<string> epochs = [];
    readonly Dictionary<string, Anchor> anchors = new() { [Anchor.Start.ToString()] = Anchor.Start };
    readonly SortedSet<long> cursors = [0];

    public IReadOnlyCollection<string> Epochs => epochs;

    /// <summary>Newest first; the last is that of a journal from which nothing was dropped.</summary>
    public IEnumerable<Anchor> Anchors => anchors.Values.OrderByDescending(a => a.Sequence);

    /// <summary>What the head office was said to have; 0 is always among them. Only moves forward.</summary>
    public IReadOnlyCollection<long> Cursors => cursors;

    public void Scan(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        foreach (Match match in EpochRow().Matches(text))
        {
            Add(match.Groups[1].Value);
        }
        foreach (Match match in AnchorRow().Matches(text))
        {
            if (anchors.Count < Most && Anchor.Parse(match.Groups[1].Value) is { Sequence: > 0 } anchor)
            {
                anchors[match.Groups[1].Value] = anchor;
            }
        }
        foreach (Match match in CursorRow().Matches(text))
        {
            // What stands behind the text may be digits, too, but its length is told before it.
            var length = (match.Groups[1].Value[0] - 13) / 2;
            var digits = match.Groups[2].Value;
            if (cursors.Count < Most && digits.Length >= length && long.TryParse(
                digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var cursor))
            {
                cursors.Add(cursor);
            }
        }
    }

    public void Add(string epoch)
    {
        if (epochs.Count < Most && epoch.Length == Origin.EpochLength)
        {
            epochs.Add(epoch);
        }
    }

    [GeneratedRegex("epoch([0-9a-f]{16})")]
    private static partial Regex EpochRow();

    [GeneratedRegex("anchor([0-9]{1,19}:[0-9a-f]{64})")]
    private static partial Regex AnchorRow();

    /// <summary>Before the texts stand their types: "acknowledged" has 12 letters, so 37, which is a '%'.</summary>
    [GeneratedRegex("%([\\x0f-\\x33])acknowledged([0-9]+)", RegexOptions.Singleline)]
    private static partial Regex CursorRow();
}
