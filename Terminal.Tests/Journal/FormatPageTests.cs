using System.Text.Json;
using System.Text.RegularExpressions;
using Terminal.Journal;
using Terminal.Journal.Upkeep;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Payments.Charges;
using Terminal.Payments.Orders;
using Terminal.Tests.Tidy;

namespace Terminal.Tests.Journal;

/// <summary>The page from which others read a journal names what the codec writes, and nothing else.</summary>
public sealed partial class FormatPageTests
{
    static readonly string Page = File.ReadAllText(Repository.PathOf("Terminal/Journal/README.md"));

    [Fact]
    public void Every_kind_has_a_row_with_all_fields_of_its_body()
    {
        var written = FactCodecTests.Lines.Select(l => FactCodec.Encode(l.Fact)).Concat(Notes())
            .SelectMany(e => Names(e.Body).Append("").Select(field => (e.Kind, field)));

        var told = Rows().Matches(Section("## Kinds"))
            .SelectMany(row => Ticked(row.Groups[1].Value).SelectMany(
                kind => Ticked(row.Groups[2].Value).Append("").Select(field => (kind, field))));

        Assert.Equal(written.Distinct().Order(), told.Order());
    }

    [Fact]
    public void Every_reason_and_every_cause_is_listed()
    {
        Assert.Equal(Enum.GetNames<NotPaidReason>(), Listed("A `reason` is one of "));
        Assert.Equal(Enum.GetNames<CancelCause>(), Listed("A `cause` is one of "));
        Assert.All(Enum.GetNames<ReturnKind>(), kind => Assert.Contains($"{kind}:", Section("## Kinds")));
    }

    [Fact]
    public void A_record_begins_as_the_page_says()
    {
        var beginnings = FactCodecTests.Lines.Where(l => Recovery.Apply(null, l.Fact) is not null)
            .Select(l => FactCodec.Encode(l.Fact).Kind).Distinct().Order();

        Assert.Equal(beginnings, Ticked(Page.Split("the first entry is ")[1].Split(".\n5. ")[0]).Order());
    }

    static IEnumerable<(string Kind, byte[] Body)> Notes()
    {
        yield return EpochNotes.Began("", new CarryOver(null), 0);
        yield return EpochNotes.Evidence(default(Damage) with { Verdict = "" });
        yield return EpochNotes.Carried([1]);
    }

    static List<string> Names(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        return [.. json.RootElement.EnumerateObject().Select(p => p.Name)];
    }

    static string Section(string title)
    {
        var rest = Page[(Page.IndexOf(title, StringComparison.Ordinal) + title.Length)..];
        return rest.Split("\n## ")[0];
    }

    static string[] Listed(string begin) =>
        Page.Split(begin)[1].Split(['.', ';'])[0].Split([',', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    static IEnumerable<string> Ticked(string text) => Ticks().Matches(text).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"^\| (`.*?) \|(.*?)\|", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Ticks();
}
