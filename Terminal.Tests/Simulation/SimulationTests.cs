using Sandbox.Simulation;

namespace Terminal.Tests.Simulation;

public sealed class SimulationTests
{
    [Fact]
    public void Twenty_thousand_payments_among_faults_keep_every_promise()
    {
        var total = Campaign.Run(seed: 1, payments: 20_000, () => Plant.None, threads: 2);
        Assert.Null(total.First);
        Assert.True(total.Payments >= 20_000);
        // A campaign in which little goes wrong proves little.
        Assert.True(total.Faults > total.Payments);
        Assert.True(total.PowerCuts > 500);
    }

    [Fact]
    public void The_same_seed_is_the_same_run()
    {
        Assert.Equal(Tell(7), Tell(7));
        Assert.NotEqual(Tell(7), Tell(8));
    }

    [Fact]
    public void A_world_without_faults_has_no_doubtful_delivery()
    {
        var calm = Enumerable.Range(1, 100).Select(seed => new World((ulong)seed, Plant.None).Run())
            .Where(o => o.Faults == 0).ToList();
        Assert.NotEmpty(calm);
        Assert.All(calm, o => Assert.Equal((0, null), (o.Doubtful, o.Violation)));
    }

    static string Tell(ulong seed)
    {
        var world = new World(seed, Plant.None, trace: true);
        world.Run();
        var text = new StringWriter();
        world.Trace!.Print(text);
        return text.ToString();
    }
}
