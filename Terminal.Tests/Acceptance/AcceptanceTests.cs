using Sandbox.Acceptance;

namespace Terminal.Tests.Acceptance;

/// <summary>The scenarios that take no more than a second or two, against the real service.</summary>
[Trait("kind", "instrument")]
public sealed class AcceptanceTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("acceptance-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(Lines.Serial)]
    [InlineData(Lines.Tcp)]
    public async Task The_quick_scenarios_pass(Lines line)
    {
        var said = new StringWriter();
        var chosen = Scenario.All.Where(s => s.IsQuick && s.Lines.HasFlag(line)).ToList();
        var trial = new AcceptanceTrial(said, folder, line == Lines.Tcp);

        await trial.RunAsync(chosen);

        Assert.True(trial.Failed == 0, said.ToString());
        Assert.Equal(chosen.Count, trial.Passed);
    }

    [Fact]
    public async Task A_scenario_that_does_not_come_out_fails()
    {
        var said = new StringWriter();
        var trial = new AcceptanceTrial(said, folder, isTcp: true);
        var wrong = new Scenario("wrong", Lines.Tcp, "nothing that is so", async rig =>
        {
            await rig.PayAsync(550, rig.NextCode());
            Rig.Must(rig.Booked > 0, "a declined payment is booked");
        });

        await trial.RunAsync([wrong]);

        Assert.Equal((0, 1), (trial.Passed, trial.Failed));
        Assert.Contains("not so: a declined payment is booked", said.ToString());
    }

    [Theory]
    [InlineData("--case", "no-such-case")]
    [InlineData("--slowly")]
    public async Task A_wrong_command_line_is_64(params string[] args) =>
        Assert.Equal(64, await AcceptanceVerb.RunAsync(args));
}
