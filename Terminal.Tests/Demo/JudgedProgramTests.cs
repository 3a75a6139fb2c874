using Sandbox;
using Sandbox.Demo;
using Terminal.Tests.Tidy;

namespace Terminal.Tests.Demo;

/// <summary>What ships is what is judged.</summary>
public sealed class JudgedProgramTests
{
    [Fact]
    public void The_native_program_of_this_commit_is_judged() =>
        Assert.Null(JudgedProgram.Objection($"0.1.0 {Build.Commit} native linux-arm64"));

    [Theory]
    [InlineData("0.1.0 {0} managed linux-x64", "the managed one")]
    [InlineData("0.1.0 0123abc native linux-x64", "of commit 0123abc, but the sandbox is of")]
    [InlineData("0.1.0", "no terminal of this commit")]
    [InlineData("", "no terminal of this commit")]
    public void Another_one_is_not(string version, string why) =>
        Assert.Contains(why, JudgedProgram.Objection(version.Replace("{0}", Build.Commit)));

    [Fact]
    public void The_tests_start_the_managed_program_of_this_commit() =>
        Assert.Equal($"{Build.Version} {Build.Commit} managed {JudgedProgram.Platform}", JudgedProgram.Describe());

    [Fact]
    public void The_commit_is_known_in_a_clone() => Assert.Matches(
        Path.Exists(Repository.PathOf(".git")) ? "^[0-9a-f]{40}$" : "^unknown$", Build.Commit);

    /// <summary>A verb that asks for the native program never takes the managed one instead.</summary>
    [Fact]
    public async Task A_verb_takes_no_other_program_than_the_native_one()
    {
        var verb = new Verb("judge", "starts the service", _ => Task.FromResult(JudgedProgram.Describe().Length))
        {
            JudgesTheService = true,
            Example = "",
            LastLine = "none",
        };
        var problem = new StringWriter();
        var status = await verb.CallAsync([], TextWriter.Null, problem);
        if (status == 1)
        {
            Assert.Matches("^error: .*/Terminal is (not there|of commit |no terminal )", problem.ToString());
            Assert.Contains("\nnext step: dotnet publish Terminal -c Release -r linux-", problem.ToString());
        }
        else
        {
            Assert.Equal($"{Build.Version} {Build.Commit} native {JudgedProgram.Platform}".Length, status);
        }
        Assert.Equal(JudgedProgram.Describe().Length, await verb.CallAsync(["--managed"], TextWriter.Null, problem));
    }
}
