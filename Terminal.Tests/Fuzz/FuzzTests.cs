using System.Text.RegularExpressions;
using Sandbox.Fuzz;

namespace Terminal.Tests.Fuzz;

/// <summary>Hostile input of every kind, for a few seconds; <c>fuzz --inputs 10000000</c> is the long run.</summary>
[Trait("kind", "instrument")]
public sealed partial class FuzzTests
{
    public static TheoryData<string> Parts => [.. Targets.All.Select(NameOf)];

    public static TheoryData<string> Plants => [.. FuzzPlants.All.Keys];

    [Theory]
    [MemberData(nameof(Parts))]
    public void Inputs_that_hurt_once_are_borne(string part)
    {
        using var target = Targets.All.Single(make => NameOf(make) == part)();
        var seeds = Seeds.Of(part);
        Assert.NotEmpty(seeds);
        Fuzzer.Try(target, seeds[0]);
        Assert.All(seeds, seed => Assert.Equal((null, ""), Harm(Fuzzer.Try(target, seed))));
        Assert.True(target.Deep > 0, "no seed gets past the first checks");
    }

    [Fact]
    public void Nothing_that_comes_in_stops_the_terminal_or_moves_money()
    {
        var (status, text) = Run("--inputs", "400000", "--seed", "20261121");

        Assert.True(status == 0, text);
        Assert.Matches(@"fuzz: 4000\d\d inputs, 15 targets, 0 crashes, 0 over memory, 0 stuck, seed \d+\n$", text);
        Assert.Equal(Targets.All.Count, DeepLine().Count(text));
    }

    [Theory]
    [MemberData(nameof(Plants))]
    public void A_planted_bug_is_found_and_can_be_replayed(string plant)
    {
        var (make, harm) = FuzzPlants.All[plant];

        var tally = new Fuzzer(make, seed: 1).Run(20_000, threads: 1);

        Assert.True(tally.First is { } first && first.Harm == harm, $"{plant}: {tally}");
        using var target = make();
        Fuzzer.Try(target, []);
        Assert.Equal(harm, Fuzzer.Try(target, tally.First.Input).Harm);
        Assert.Equal(1, Run([make], "--inputs", "20000").Status);
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_on_any_number_of_threads()
    {
        var fuzzer = new Fuzzer(FuzzPlants.All["throws-on-a-rare-pair"].Make, seed: 5);

        var (one, three) = (fuzzer.Run(10_000, threads: 1), fuzzer.Run(10_000, threads: 3));

        Assert.True(one.Harmful > 0);
        Assert.Equal((one.Inputs, one.Deep, one.Crashes), (three.Inputs, three.Deep, three.Crashes));
        Assert.Equal(one.First!.Input, three.First!.Input);
    }

    [Fact]
    public void An_input_is_replayed_from_its_hex()
    {
        var (status, text) = Run("--target", "frame", "--hex", "100205010310036E1F");

        Assert.Equal((0, true), (status, text.StartsWith("frame: borne", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("--target", "roses")]
    [InlineData("--inputs", "0")]
    [InlineData("--inputs")]
    [InlineData("--hex", "00")]
    [InlineData("--target", "frame", "--hex", "0")]
    [InlineData("--colour", "red")]
    public void A_wrong_command_line_is_64(params string[] args) => Assert.Equal(64, Run(args).Status);

    static (int Status, string Text) Run(params string[] args) => Run(Targets.All, args);

    static (int Status, string Text) Run(IReadOnlyList<Func<FuzzTarget>> targets, params string[] args)
    {
        var text = new StringWriter();
        return (FuzzVerb.Run(args, text, targets), text.ToString());
    }

    static (FuzzHarm?, string) Harm((FuzzHarm? Harm, string What, long) tried) => (tried.Harm, tried.What);

    static string NameOf(Func<FuzzTarget> make)
    {
        using var target = make();
        return target.Name;
    }

    /// <summary>A row of the table with something in its third column.</summary>
    [GeneratedRegex(@"^[a-z-]+ +\d+ +[1-9]\d* ", RegexOptions.Multiline)]
    private static partial Regex DeepLine();
}
