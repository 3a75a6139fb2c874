using System.Text.RegularExpressions;
using Sandbox;
using Sandbox.Demo;
using Terminal.Tests.Tidy;

namespace Terminal.Tests;

/// <summary>Every verb of the sandbox explains itself.</summary>
public sealed partial class VerbTests
{
    public static TheoryData<string> Names => [.. Verb.All.Select(v => v.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Help_tells_usage_options_example_and_last_line(string name)
    {
        var (status, said, _) = await CallAsync(name, "--help");
        Assert.Equal(0, status);
        Assert.StartsWith($"{name}: ", said);
        Assert.Contains($"\nusage: sandbox {name} ", said);
        Assert.Contains($"\nexample:   sandbox {name} ", said);
        Assert.Contains("\nlast line: ", said);
        Assert.Contains($"\n  {name} ", Verb.Overview);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_wrong_option_is_answered_with_usage_and_next_step(string name)
    {
        var (status, said, problem) = await CallAsync(name, "--no-such-option");
        Assert.Equal((64, ""), (status, said));
        Assert.StartsWith($"usage: sandbox {name} ", problem);
        Assert.EndsWith($"\nnext step: sandbox {name} --help\n", problem);
    }

    /// <summary>The options that a verb reads are those that its help names.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Help_names_every_option_and_no_other(string name)
    {
        var file = Repository.Sources.Single(f => f.Path.StartsWith("Terminal.Tests/Sandbox/")
            && Regex.IsMatch(f.Text, $$"""Verb Verb \{ get; \} = new\(\s*"{{name}}","""));
        var code = file.Text[file.Text.IndexOf("LastLine =", StringComparison.Ordinal)..]
            + Repository.Sources.SingleOrDefault(f => f.Path == file.Path.Replace("Verb.cs", "Options.cs"))?.Text;
        var (_, said, _) = await CallAsync(name, "--help");

        string[] common = Verb.All.Single(v => v.Name == name).JudgesTheService ? [JudgedProgram.Option] : [];
        Assert.Equal(
            Quoted().Matches(code).Select(m => m.Groups[1].Value).Concat(common).Distinct().Order(),
            Explained().Matches(said).Select(m => m.Groups[1].Value).Order());
    }

    static async Task<(int Status, string Said, string Problem)> CallAsync(string name, string word)
    {
        var (said, problem) = (new StringWriter(), new StringWriter());
        var status = await Verb.All.Single(v => v.Name == name).CallAsync([word], said, problem);
        return (status, said.ToString(), problem.ToString());
    }

    [GeneratedRegex(@"""(--[a-z-]+)""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^  (--[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex Explained();
}
