using Sandbox.Ecr;
using Sandbox.KillTest;

namespace Terminal.Tests.KillTest;

[Trait("kind", "instrument")]
public sealed class KillTestTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("killtest-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(BookingModel.OnStatus)]
    [InlineData(BookingModel.OnCompletion)]
    public async Task Killed_at_each_aimed_moment_the_books_agree_after_the_restart(BookingModel model)
    {
        var said = new StringWriter();
        var trial = new KillTrial(said, model, seed: 1);

        await trial.RunAsync(folder, rounds: 7);

        Assert.True(trial.Disagreements == 0, said.ToString());
        Assert.Equal(7, trial.Rounds);
        // Those that the till itself sees cannot be missed.
        Assert.Equal((1, 1), (trial.Hits[Aim.StatusSent], trial.Hits[Aim.CompletionSent]));
    }

    [Theory]
    [InlineData]
    [InlineData("--rounds", "0")]
    [InlineData("--rounds", "3", "--gently")]
    public async Task A_wrong_command_line_is_64(params string[] args) =>
        Assert.Equal(64, await KillTestVerb.RunAsync(args));
}
