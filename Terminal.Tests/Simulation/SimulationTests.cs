using Sandbox.Simulation;
using Sandbox.Simulation.Bugs;
using Xunit.Abstractions;

namespace Terminal.Tests.Simulation;

[Trait("kind", "instrument")]
public sealed class SimulationTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 150_000, false)]
    [InlineData(0, 130_000, false)]
    [InlineData(1, 12_000, true)]
    [InlineData(0, 10_000, true)]
    public void Payments_among_faults_keep_every_promise(ulong seed, int payments, bool bytes)
    {
        seed = seed > 0 ? seed : CommitSeed.Value;
        output.WriteLine($"commit {CommitSeed.Commit}, seed {seed}");
        var total = Campaign.Run(seed, payments, () => Plant.None, threads: 2, bytes: bytes);
        output.WriteLine(total.ToString());
        var first = total.First;
        Assert.True(first is null, $"world {first?.Seed}{(bytes ? " --bytes" : "")}: {first?.Violation}");
        Assert.True(total.Payments >= payments);
        // A campaign in which little goes wrong proves little.
        Assert.True(total.Faults > total.Payments);
        Assert.True(total.PowerCuts > payments / 40);
    }

    [Fact]
    public void The_same_seed_is_the_same_run()
    {
        Assert.Equal(Tell(7), Tell(7));
        Assert.NotEqual(Tell(7), Tell(8));
    }

    [Fact]
    public void The_same_seed_is_the_same_run_byte_for_byte()
    {
        var runs = Enumerable.Range(1, 12).SelectMany(seed => new[] { Digest(seed), Digest(seed) }).ToList();
        Assert.All(runs.Chunk(2), pair => Assert.Equal(pair[0], pair[1]));
        Assert.Equal(12, runs.Distinct().Count());
        Assert.Equal(Tell(3, bytes: true), Tell(3, bytes: true));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_world_without_faults_has_no_doubtful_delivery(bool bytes)
    {
        var calm = Enumerable.Range(1, 100).Select(seed => new World((ulong)seed, Plant.None, bytes: bytes).Run())
            .Where(o => o.Faults == 0).ToList();
        Assert.NotEmpty(calm);
        Assert.All(calm, o => Assert.Equal((0, null), (o.Doubtful, o.Violation)));
    }

    static ulong Digest(int seed) => new World((ulong)seed, Plant.None, bytes: true).Run().Digest;

    static string Tell(ulong seed, bool bytes = false)
    {
        var world = new World(seed, Plant.None, trace: true, bytes);
        world.Run();
        var text = new StringWriter();
        world.Trace!.Print(text);
        return text.ToString();
    }
}
