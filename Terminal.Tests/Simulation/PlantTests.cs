using Sandbox.Simulation;

namespace Terminal.Tests.Simulation;

public sealed class PlantTests
{
    /// <summary>From seed 1 on, about three times what the slowest of the others needs.</summary>
    const int Easy = 1_200;

    /// <summary>Those that take a rare meeting of faults, with three times what they need.</summary>
    static readonly Dictionary<string, int> Hard = new()
    {
        ["held-for-ever"] = 3_000,
        ["sale-denied-while-refunding"] = 6_000,
    };

    public static TheoryData<string> Names => [.. Plants.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_planted_bug_is_found(string name)
    {
        var limit = Hard.GetValueOrDefault(name, Easy);
        var total = Campaign.Run(seed: 1, limit, Plants.All[name], threads: 1, stopAtFirst: true);
        Assert.True(total.Violations > 0, $"not found within {total.Payments} payments");
    }

    [Fact]
    public void There_are_plants_for_every_promise_about_money()
    {
        var broken = Plants.All.Values
            .Select(plant => Campaign.Run(seed: 1, Easy, plant, threads: 1, stopAtFirst: true))
            .Select(total => total.First?.Violation?.Promise)
            .ToHashSet();
        Assert.Superset(new HashSet<string?> { "M2", "M3", "M4", "M5", "M6", "M7", "M11", "M12", "M13" }, broken);
    }
}
