using Sandbox.Conform;

namespace Terminal.Tests.Conform;

/// <summary>A share of the conformance cases on our own service; <c>conform --self</c> plays them all.</summary>
[Trait("kind", "instrument")]
public sealed class OwnTerminalTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("conform-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Its pauses are real ones, which a busy machine stretches beyond T1; the command plays it.</summary>
    const string Paced = "line: a block may come byte by byte";

    /// <summary>Each waits until nothing has followed the refusal; the command plays them.</summary>
    const string Silent = " is refused";

    [Theory]
    [InlineData(false, "line")]
    [InlineData(true, "tcp", "busy", "recovery", "partial", "order", "repeat")]
    public async Task The_cases_that_wait_for_no_timer_pass(bool isTcp, params string[] families)
    {
        var said = new StringWriter();
        await using var terminal = await OwnTerminal.StartAsync(folder, isTcp);
        var cases = Catalogue.All.Where(c => c.Name != Paced && families.Contains(c.Name.Split(':')[0]) &&
            !c.Name.EndsWith(Silent, StringComparison.Ordinal) && !c.Needs.HasFlag(Needs.Time) &&
            ConformVerb.IsPlayed(c, isTcp)).ToList();

        var score = new Runner(said).Play(cases, terminal.Surroundings);

        Assert.True(score == new Score(cases.Count, 0, 0) && cases.Count > 0, said.ToString());
    }
}
