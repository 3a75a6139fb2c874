using System.Globalization;
using System.Text.RegularExpressions;
using Sandbox.Simulation;
using Sandbox.Simulation.Bugs;
using Terminal.Tests.Tidy;

namespace Terminal.Tests.Simulation;

/// <summary>
/// Every planted bug is found, and the table in the page about the tests says after how many payments. APPROVE=1 writes
/// the table anew.
/// </summary>
[Trait("kind", "instrument")]
public sealed partial class PlantTests
{
    const int LeastLimit = 1_000;
    const int Enough = 200_000;

    static readonly string Page = Repository.PathOf("Terminal.Tests/README.md");
    static readonly bool IsApproving = Environment.GetEnvironmentVariable("APPROVE") == "1";

    public static TheoryData<string> Names => [.. Plants.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_planted_bug_is_found(string name)
    {
        var row = Rows().Single(r => r.Groups["name"].Value == name);
        var recorded = int.Parse(row.Groups["payments"].Value, CultureInfo.InvariantCulture);
        var limit = IsApproving ? Enough : Math.Min(Enough, Math.Max(LeastLimit, 3 * recorded));

        var total = Campaign.Run(
            1, limit, Plants.Named(name), 1, stopAtFirst: true, bytes: Plants.OfBytes.ContainsKey(name));

        Assert.True(total.Violations > 0, $"not found within {total.Payments} payments");
        var found = $"| {name} | {total.Payments} | {total.First!.Violation!.Promise} |";
        if (IsApproving)
        {
            File.WriteAllText(Page, File.ReadAllText(Page).Replace(row.Value, found, StringComparison.Ordinal));
            return;
        }
        Assert.Equal(row.Value, found);
    }

    [Fact]
    public void There_are_plants_for_every_promise_about_money() => Assert.Superset(
        new HashSet<string> { "M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M11", "M12", "M13", "totals" },
        Rows().Select(row => row.Groups["promise"].Value).ToHashSet());

    [Fact]
    public void The_page_about_the_tests_has_a_row_for_every_plant()
    {
        Assert.Equal(Plants.Names.Order(), Rows().Select(row => row.Groups["name"].Value).Order());
        Assert.DoesNotContain('@', File.ReadAllText(Page));
    }

    static MatchCollection Rows() => Row().Matches(File.ReadAllText(Page));

    [GeneratedRegex(@"^\| (?<name>[a-z0-9-]+) \| (?<payments>\d+) \| (?<promise>[^| ]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
