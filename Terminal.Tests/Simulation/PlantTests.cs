using System.Text.RegularExpressions;
using Sandbox.Simulation;
using Terminal.Tests.Tidy;

namespace Terminal.Tests.Simulation;

public sealed partial class PlantTests
{
    /// <summary>From seed 1 on, about three times what the slowest of the others needs.</summary>
    const int Easy = 1_200;

    /// <summary>Those that take a rare meeting of faults, with three times what they need.</summary>
    static readonly Dictionary<string, int> Hard = new()
    {
        ["ack-trusted-without-hash"] = 150_000,
        ["amount-not-compared"] = 2_000,
        ["currency-not-compared"] = 2_000,
        ["refund-above-the-rest"] = 3_000,
        ["return-over-with-its-acknowledgement"] = 3_200,
        ["return-repeated-is-another"] = 3_200,
        ["returned-although-refused"] = 76_000,
        ["sale-charged-after-its-return"] = 4_500,
        ["duplicate-ecr-block-executed-twice"] = 3_000,
        ["frame-crc-ignored"] = 7_000,
        ["held-for-ever"] = 3_000,
        ["mirrored-number-unread"] = 4_500,
        ["outbox-drops-when-full"] = 6_000,
        ["refunds-beside-cancel"] = 3_000,
        ["return-forgotten-at-restart"] = 12_000,
        ["reversal-without-withdrawal"] = 60_000,
        ["sale-denied-while-refunding"] = 200_000,
    };

    public static TheoryData<string> Names => [.. Plants.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_planted_bug_is_found(string name)
    {
        var limit = Hard.GetValueOrDefault(name, Easy);
        var total = Campaign.Run(
            1, limit, Plants.Named(name), 1, stopAtFirst: true, bytes: Plants.OfBytes.ContainsKey(name));
        Assert.True(total.Violations > 0, $"not found within {total.Payments} payments");
    }

    [Fact]
    public void There_are_plants_for_every_promise_about_money()
    {
        var broken = Plants.Names
            .Select(name => Campaign.Run(
                1, Easy, Plants.Named(name), 1, stopAtFirst: true, bytes: Plants.OfBytes.ContainsKey(name)))
            .Select(total => total.First?.Violation?.Promise)
            .ToHashSet();
        Assert.Superset(
            new HashSet<string?>
            {
                "M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M11", "M12", "M13", "totals",
            },
            broken);
    }

    [Fact]
    public void The_page_about_the_tests_has_a_row_for_every_plant()
    {
        var page = File.ReadAllText(Repository.PathOf("Terminal.Tests/README.md"));

        var rows = Row().Matches(page).Select(m => m.Groups[1].Value);

        Assert.Equal(Plants.Names.Order(), rows.Order());
        Assert.DoesNotContain('@', page);
    }

    /// <summary>A plant's name, how many payments it took, and a promise.</summary>
    [GeneratedRegex(@"^\| ([a-z0-9-]+) \| \d+ \| [^|]+ \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
