using System.Text.RegularExpressions;
using Sandbox.Simulation;
using Sandbox.Simulation.Bugs;

namespace Terminal.Tests.Simulation;

/// <summary>The verb writes to a writer that it is given, so that tests need not share the console.</summary>
public sealed class SimulateVerbTests
{
    const string LastLine =
        @"^simulated \d+ payments, \d+ worlds, \d+ faults, \d+ power cuts, \d+ doubtful deliveries: (\d+) violations$";

    [Fact]
    public void It_ends_with_one_line_of_figures()
    {
        var (status, lines) = Run("--payments", "200", "--seed", "3");
        Assert.Equal(0, status);
        Assert.Equal("0", Regex.Match(lines[^1], LastLine).Groups[1].Value);
    }

    [Fact]
    public void A_broken_promise_is_shown_as_a_timeline_and_fails()
    {
        var (status, lines) = Run("--payments", "200", "--plant", "progress-after-23s", "--threads", "1");
        Assert.Equal(1, status);
        Assert.Contains(lines, l => l.Contains("till | terminal | gateway | journal"));
        Assert.Contains(lines, l => l.StartsWith("world 1: M5 broken", StringComparison.Ordinal));
        Assert.NotEqual("0", Regex.Match(lines[^1], LastLine).Groups[1].Value);
    }

    [Fact]
    public void A_world_is_replayed_by_its_own_seed()
    {
        var (status, lines) = Run("--world", "5", "--trace");
        Assert.Equal(0, status);
        Assert.Contains(lines, l => l.Contains("-> pay EUR"));
        Assert.Contains(", 1 worlds, ", lines[^1]);
    }

    [Fact]
    public void Plants_are_listed_one_a_line()
    {
        var (status, lines) = Run("--list-plants");
        Assert.Equal(0, status);
        Assert.Equal(Plants.Names, lines);
    }

    [Theory]
    [InlineData("--payments")]
    [InlineData("--payments", "many")]
    [InlineData("--plant", "none-such")]
    [InlineData("--unheard-of")]
    [InlineData("--payments", "200", "--trace")]
    public void What_is_not_understood_ends_with_64(params string[] args)
    {
        Assert.Equal(64, Run(args).Status);
    }

    static (int Status, string[] Lines) Run(params string[] args)
    {
        var text = new StringWriter();
        var status = SimulateVerb.Run(args, text);
        return (status, text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
