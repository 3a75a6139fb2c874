using System.Text.RegularExpressions;
using Terminal.Ecr.Commands;
using Terminal.Ecr.Messages;
using Terminal.Payments;
using Terminal.Payments.Answers;
using Terminal.Tests.Tidy;

namespace Terminal.Tests.Conform;

/// <summary>The integrators' protocol page names every result and every command of the product, and no other.</summary>
public sealed partial class ProtocolPageTests
{
    static readonly string Page = File.ReadAllText(Repository.PathOf("deploy/ecr-kit/protocol.md"));

    [Fact]
    public void Every_result_has_a_row_and_every_row_a_result()
    {
        var told = Enum.GetValues<NotPaidReason>().Select(r => ResultCode.Of(new Outcome.Rejected(new(r))))
            .Concat(Enum.GetValues<RefusalReason>().Select(r => ResultCode.Of(new Refusal(r), new())))
            .Append(ResultCode.Of(new Outcome.Approved("G")))
            .Append(ResultCode.Of(new Outcome.NotConfirmed()))
            .Append(InstructionText.Standing(null))
            .Select(v => $"{v.Code:X2} {(v.Own.Length == 0 ? "–" : v.Own)}");

        var rows = Results().Matches(Page).Select(m => $"{m.Groups[1]} {m.Groups[2]}");
        Assert.Equal(told.Distinct().Order(), rows.Order());
    }

    [Fact]
    public void Every_command_has_a_row_and_every_row_a_command()
    {
        var table = Page[Page.IndexOf("## Commands", StringComparison.Ordinal)..];
        table = table[..table.IndexOf("## Messages", StringComparison.Ordinal)];
        var rows = table.Split('\n').Where(l => l.StartsWith("| 0", StringComparison.Ordinal))
            .Select(l => l.Split('|')[1]);

        Assert.Equal(
            CommandTable.Rows.Select(r => $"{r.Command >> 8:X2} {r.Command & 0xFF:X2}").Order(),
            rows.SelectMany(r => Commands().Matches(r).Select(m => m.Value)).Order());
    }

    [GeneratedRegex(@"^\| ([0-9A-F]{2}) \| ([A-Z]{2}|–) \|", RegexOptions.Multiline)]
    private static partial Regex Results();

    [GeneratedRegex(@"\b0[0-9A-F] [0-9A-F]{2}\b")]
    private static partial Regex Commands();
}
